import { describe, expect, it } from 'vitest';
import type { RunState } from '../../../src/renderer/app/run-store';
import { generatorHealth, runStatusWord, stripFigures } from '../../../src/renderer/app/run-strip-figures';
import type { RunSnapshot } from '../../../src/shared/api/types';
import { buildReport } from '../../../src/shared/stats/report';
import { makeRun } from '../../support/run-data';

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

it('shows a run that has ended by its steady phase, and its failures as a whole', () => {
  const { data } = makeRun({ durationSeconds: 30, failureRate: 0.1 });
  const report = buildReport(data);
  const { total, steady } = report;
  const rates = { requestsPerSecond: 7, failuresPerSecond: 1 };
  const snapshot = { report, current: { total: rates, series: [] } } as unknown as RunSnapshot;
  const failedShare = total.failures / total.requests;
  expect(steady?.total.p95).not.toBe(total.p95);
  expect(stripFigures({ running: true }, snapshot)).toEqual({ requestsPerSecond: 7, failedShare, p95Ms: total.p95 });
  expect(stripFigures({ running: false }, snapshot)).toEqual({
    requestsPerSecond: steady?.total.rps,
    failedShare,
    p95Ms: steady?.total.p95,
  });
  const short = { ...snapshot, current: null, report: { ...report, steady: null } };
  expect(stripFigures({ running: true }, short).requestsPerSecond).toBe(total.rps);
  expect(stripFigures({ running: false }, short).p95Ms).toBe(total.p95);
});
