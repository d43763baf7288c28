import type { Wait } from '../../../../shared/scenario/schema';
import type { WaitContext, WaitPolicy, WaitState } from '../wait-policy';

type Pacing = Extract<Wait, { kind: 'pacing' }>;
type GridOptions = Pick<Pacing, 'onOverrun' | 'jitterSeconds' | 'align'>;

/** Tasks start on the node's grid, one each `seconds`. */
export function pacing(wait: Pacing, context: WaitContext): WaitPolicy {
  return new GridWait(wait.seconds * 1e6, wait, context);
}

/** `perSecond` tasks a second and node: pacing at the reciprocal. */
export function throughput(wait: Extract<Wait, { kind: 'throughput' }>, context: WaitContext): WaitPolicy {
  return new GridWait(1e6 / wait.perSecond, wait, context);
}

/**
 * Starts on the grid s_k = s_0 + k * P, computed from the plan and never from the last completion. Slot k is reckoned by
 * multiplication, so a period that is no whole number of microseconds does not drift.
 */
class GridWait implements WaitPolicy {
  private readonly jitterUs: number;

  constructor(
    private readonly periodUs: number,
    private readonly options: GridOptions,
    private readonly context: WaitContext,
  ) {
    this.jitterUs = options.jitterSeconds * 1e6;
  }

  first(state: WaitState, freeUs: number): number {
    if (this.options.align === 'spawn') {
      // The first task starts at once; a long onStart uses up the slots it covers without missing them.
      state.gridOriginUs = state.spawnUs;
      state.slot = Math.max(0, Math.floor((freeUs - state.spawnUs) / this.periodUs));
      return Math.round(Math.max(freeUs, state.spawnUs) + this.drawJitterUs(state));
    }
    state.gridOriginUs =
      this.options.align === 'random'
        ? state.spawnUs + state.random.float() * this.periodUs
        : -(this.context.wallClockAtStartUs % this.periodUs);
    state.slot = this.slotAtOrAfter(state, freeUs);
    return Math.round(this.slotUs(state, state.slot) + this.drawJitterUs(state));
  }

  next(state: WaitState, freeUs: number): number {
    state.slot++;
    const intendedUs = Math.round(this.slotUs(state, state.slot) + this.drawJitterUs(state));
    if (intendedUs >= freeUs) return intendedUs;
    switch (this.options.onOverrun) {
      case 'queue':
        return intendedUs;
      case 'shift':
        state.gridOriginUs = freeUs - state.slot * this.periodUs;
        return freeUs;
      case 'skip': {
        const usable = Math.max(state.slot + 1, this.slotAtOrAfter(state, freeUs));
        state.missedSlots += usable - state.slot;
        state.slot = usable;
        return Math.round(this.slotUs(state, usable) + this.drawJitterUs(state));
      }
    }
  }

  missedAtStop(state: WaitState, stopUs: number): number {
    if (this.options.onOverrun === 'shift') return 0;
    return Math.max(0, this.slotAtOrAfter(state, stopUs) - state.slot - 1);
  }

  signalTimeUs(state: WaitState): number {
    return this.slotUs(state, state.slot);
  }

  private slotUs(state: WaitState, slot: number): number {
    return state.gridOriginUs + slot * this.periodUs;
  }

  private slotAtOrAfter(state: WaitState, timeUs: number): number {
    // Rounded to a tenth of a microsecond: a slot that falls on `timeUs` is not lost to binary fractions.
    return Math.max(0, Math.ceil((timeUs - state.gridOriginUs) / this.periodUs - 0.1 / this.periodUs));
  }

  private drawJitterUs(state: WaitState): number {
    return this.jitterUs === 0 ? 0 : state.random.float() * this.jitterUs;
  }
}
