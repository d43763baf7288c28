import { describe, expect, it } from 'vitest';
import { Random } from '../../../../src/main/swarm/random';
import { createWaitPolicy, type WaitState } from '../../../../src/main/swarm/schedule/wait-policy';
import { type Wait, waitSchema } from '../../../../src/shared/scenario/schema';

const SECOND = 1e6;

function policyOf(wait: unknown, wallClockAtStartUs = 0) {
  return createWaitPolicy(waitSchema.parse(wait) as Wait, { wallClockAtStartUs });
}

function stateOf(spawnUs = 0, node = 0): WaitState {
  return { random: new Random(7, node, 'waits'), spawnUs, gridOriginUs: 0, slot: 0, missedSlots: 0 };
}

/** Intended starts of `count` tasks, the k-th of which takes `taskUs(k)` from when it could start. */
function starts(wait: unknown, count: number, taskUs: (k: number) => number, state = stateOf()): number[] {
  const policy = policyOf(wait);
  const intended = [policy.first(state, state.spawnUs)];
  let freeUs = state.spawnUs;
  for (let k = 0; k + 1 < count; k++) {
    freeUs = Math.max(freeUs, intended[k] as number) + taskUs(k);
    intended.push(policy.next(state, freeUs));
  }
  return intended;
}

describe('waits after the task', () => {
  it('constant: so long after the end', () => {
    expect(starts({ kind: 'constant', seconds: 2 }, 3, () => SECOND)).toEqual([0, 3 * SECOND, 6 * SECOND]);
  });

  it('between: uniform in its bounds', () => {
    const intended = starts({ kind: 'between', minSeconds: 1, maxSeconds: 3 }, 20_001, () => 0);
    const gaps = intended.slice(1).map((at, k) => at - (intended[k] as number));
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(SECOND);
    expect(Math.max(...gaps)).toBeLessThanOrEqual(3 * SECOND);
    const tenths = Array.from(
      { length: 10 },
      (_, i) => gaps.filter((gap) => Math.min(9, Math.floor((gap / SECOND - 1) * 5)) === i).length,
    );
    const chiSquare = tenths.reduce((sum, seen) => sum + (seen - 2000) ** 2 / 2000, 0);
    expect(chiSquare).toBeLessThan(27.9); // 9 degrees of freedom, p = 0.001
  });

  it('exponential: mean and memorylessness', () => {
    const intended = starts({ kind: 'exponential', meanSeconds: 0.5 }, 20_001, () => 0);
    const gaps = intended.slice(1).map((at, k) => (at - (intended[k] as number)) / SECOND);
    expect(gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length).toBeCloseTo(0.5, 1);
    expect(gaps.filter((gap) => gap > 0.5).length / gaps.length).toBeCloseTo(Math.exp(-1), 1);
  });
});

describe('waits on a grid', () => {
  it('pacing: starts on s_0 + k P whatever the task takes', () => {
    const state = stateOf(300_000);
    expect(starts({ kind: 'pacing', seconds: 5 }, 4, (k) => k * SECOND, state)).toEqual(
      [0.3, 5.3, 10.3, 15.3].map((s) => s * SECOND),
    );
    expect(state.missedSlots).toBe(0);
  });

  it('throughput: the reciprocal, without drift of a period that is no whole number of us', () => {
    const intended = starts({ kind: 'throughput', perSecond: 3 }, 30_001, () => 0);
    expect(intended[30_000]).toBe(10_000 * SECOND);
  });

  it('skip: passed slots are missed, the node stays on its grid', () => {
    const state = stateOf();
    const intended = starts({ kind: 'pacing', seconds: 1 }, 3, (k) => (k === 0 ? 3.5 * SECOND : 0), state);
    expect(intended).toEqual([0, 4 * SECOND, 5 * SECOND]);
    expect(state.missedSlots).toBe(3);
  });

  it('skip: a task that ends right on a slot misses nothing', () => {
    const state = stateOf();
    expect(starts({ kind: 'pacing', seconds: 1 }, 2, () => SECOND, state)).toEqual([0, SECOND]);
    expect(state.missedSlots).toBe(0);
  });

  it('queue: missed slots are made up for back to back', () => {
    const intended = starts(
      { kind: 'pacing', seconds: 1, onOverrun: 'queue' },
      6,
      (k) => (k === 0 ? 3.5 * SECOND : 0),
      stateOf(),
    );
    expect(intended).toEqual([0, 1, 2, 3, 4, 5].map((s) => s * SECOND));
  });

  it('shift: the next starts at once and the grid moves', () => {
    const state = stateOf();
    const intended = starts({ kind: 'pacing', seconds: 1, onOverrun: 'shift' }, 4, (k) => (k === 0 ? 3.5 * SECOND : 0), state);
    expect(intended).toEqual([0, 3.5, 4.5, 5.5].map((s) => s * SECOND));
    expect(state.missedSlots).toBe(0);
  });

  it('at stop: the slots that passed during the last task are missed, with skip and queue alike', () => {
    for (const onOverrun of ['skip', 'queue'] as const) {
      const policy = policyOf({ kind: 'pacing', seconds: 1, onOverrun });
      const state = stateOf();
      policy.first(state, 0);
      expect(policy.missedAtStop(state, 0.5 * SECOND)).toBe(0);
      expect(policy.missedAtStop(state, 3.5 * SECOND)).toBe(3);
    }
    const shift = policyOf({ kind: 'pacing', seconds: 1, onOverrun: 'shift' });
    expect(shift.missedAtStop(stateOf(), 3.5 * SECOND)).toBe(0);
  });

  it('jitter displaces starts, not the grid', () => {
    const intended = starts({ kind: 'pacing', seconds: 1, jitterSeconds: 0.2 }, 2000, () => 0);
    const offsets = intended.map((at, k) => at / SECOND - k);
    expect(Math.min(...offsets)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...offsets)).toBeLessThan(0.2);
    expect(offsets.reduce((sum, offset) => sum + offset, 0) / offsets.length).toBeCloseTo(0.1, 2);
  });

  it('align random: phases are spread evenly over the period', () => {
    const policy = policyOf({ kind: 'pacing', seconds: 1, align: 'random' });
    const phases = Array.from({ length: 4000 }, (_, node) => policy.first(stateOf(0, node), 0) / SECOND);
    expect(Math.max(...phases)).toBeLessThan(1);
    const quarters = [0, 1, 2, 3].map((quarter) => phases.filter((phase) => Math.floor(phase * 4) === quarter).length);
    for (const seen of quarters) expect(Math.abs(seen - 1000)).toBeLessThan(110);
  });

  it('align clock: starts on multiples of the period of the wall clock', () => {
    const wallClockAtStartUs = 1_700_000_003_250_000;
    const policy = policyOf({ kind: 'pacing', seconds: 10, align: 'clock' }, wallClockAtStartUs);
    const state = stateOf(100_000);
    const first = policy.first(state, 100_000);
    expect((wallClockAtStartUs + first) % (10 * SECOND)).toBe(0);
    expect(first).toBe(6.75 * SECOND);
    expect(policy.next(state, first)).toBe(16.75 * SECOND);
  });

  it('a long onStart uses up slots without missing them, and the first task starts at once', () => {
    const policy = policyOf({ kind: 'pacing', seconds: 1 });
    const state = stateOf();
    expect(policy.first(state, 2.4 * SECOND)).toBe(2.4 * SECOND);
    expect(policy.next(state, 2.5 * SECOND)).toBe(3 * SECOND);
    expect(state.missedSlots).toBe(0);
  });

  it('signals are evaluated at the slot, so that values do not depend on how late a task ran', () => {
    const policy = policyOf({ kind: 'pacing', seconds: 1, onOverrun: 'queue' });
    const state = stateOf();
    policy.first(state, 0);
    const late = policy.next(state, 1.7 * SECOND);
    expect(policy.signalTimeUs(state, late)).toBe(SECOND);
  });
});
