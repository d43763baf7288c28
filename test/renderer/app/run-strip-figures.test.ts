import { describe, expect, it } from 'vitest';
import type { RunState } from '../../../src/renderer/app/run-store';
import { generatorHealth, runStatusWord } from '../../../src/renderer/app/run-strip-figures';

function run(
  change: Partial<RunState> & { status?: string; degraded?: boolean; invalidSeconds?: number; elapsedSeconds?: number },
): RunState {
  const { status = 'running', degraded = false, invalidSeconds = 0, elapsedSeconds = 100, ...rest } = change;
  const snapshot = { record: { status, degraded }, report: { generator: { invalidSeconds } }, elapsedSeconds };
  return {
    snapshot: snapshot as unknown as RunState['snapshot'],
    running: status === 'running',
    stopping: false,
    latest: { second: 99, nodes: 1, plannedNodes: 1 },
    lastLimited: null,
    log: [],
    ...rest,
  };
}

describe('the health of the generator', () => {
  it('is healthy while every second was in time, and unknown before the first', () => {
    expect(generatorHealth(run({}))).toMatchObject({ tone: 'ok', word: 'healthy' });
    expect(generatorHealth(run({ latest: null }))).toMatchObject({ tone: 'neutral', word: 'starting' });
  });

  it('is overloaded for ten seconds after one that was not, with the reason', () => {
    const reasons = ['The event loop was busy.'];
    const limited = (second: number) => generatorHealth(run({ invalidSeconds: 1, lastLimited: { second, reasons } }));
    expect(limited(99)).toEqual({ tone: 'bad', word: 'overloaded', reason: 'The event loop was busy.' });
    expect(limited(89).word).toBe('overloaded');
    expect(limited(88)).toMatchObject({ tone: 'warn', word: 'was overloaded for 1 second' });
  });

  it('is bad when more than a tenth of the run was limited, also afterwards', () => {
    expect(generatorHealth(run({ status: 'finished', invalidSeconds: 11 })).tone).toBe('bad');
    expect(generatorHealth(run({ status: 'finished', invalidSeconds: 10 })).tone).toBe('warn');
  });
});

it.each([
  [{}, 'Running'],
  [{ degraded: true }, 'Running, degraded'],
  [{ stopping: true }, 'Stopping'],
  [{ status: 'finished' }, 'Finished'],
  [{ status: 'stopped' }, 'Stopped'],
  [{ status: 'interrupted' }, 'Interrupted'],
  [{ status: 'failed' }, 'Failed'],
])('says of %j: %s', (change, word) => {
  expect(runStatusWord(run(change)).word).toBe(word);
});
