import { describe, expect, it } from 'vitest';
import type { RunState } from '../../../src/renderer/app/run-store';
import { runStatusWord, stripFigures, stripHealth } from '../../../src/renderer/app/run-strip-figures';
import { explainHealth } from '../../../src/renderer/features/live/model/explained-health';
import { RunColumns } from '../../../src/renderer/features/live/model/run-columns';
import type { RunSnapshot } from '../../../src/shared/api/types';
import { buildReport, type RunReport } from '../../../src/shared/stats/report';
import { makeRun } from '../../support/run-data';
import { secondFixture, snapshotFixture } from '../live/run-fixture';

function run(change: Partial<RunState> & { status?: string; degraded?: boolean; historyBehind?: string }): RunState {
  const { status = 'running', degraded = false, historyBehind = null, ...rest } = change;
  const snapshot = { record: { status, degraded }, historyBehind };
  return {
    snapshot: snapshot as unknown as RunState['snapshot'],
    running: status === 'running',
    stopping: false,
    latest: { second: 99, nodes: 1, plannedNodes: 1 },
    lastLimited: null,
    ...rest,
  };
}

describe('the health of the generator', () => {
  const { report } = snapshotFixture();
  const limited = snapshotFixture({}, { invalidSeconds: [19] }).report;
  const health = (of: RunReport, change: Partial<RunState>) => stripHealth(run(change), { report: of } as RunSnapshot);

  it('is healthy while every second was in time, and unknown before the first', () => {
    expect(health(report, {})).toMatchObject({ tone: 'ok', word: 'healthy' });
    expect(health(report, { latest: null })).toMatchObject({ tone: 'neutral', word: 'starting' });
  });

  it('is overloaded for ten seconds after one that was not, with the reason', () => {
    const lastLimited = { second: 19, reasons: ['the event loop was busy'] };
    const at = (second: number) => health(limited, { latest: { second, nodes: 1, plannedNodes: 1 }, lastLimited });
    expect(at(28)).toMatchObject({ tone: 'bad', word: 'overloaded' });
    expect(at(28).reason).toMatch(/^In 1 second the generator, .* The event loop was busy\.$/);
    expect(at(29)).toMatchObject({ tone: 'warn', word: 'was overloaded for 1 s' });
    expect(at(29).reason).not.toContain('event loop');
  });

  it('has the words of the live view', () => {
    const columns = new RunColumns();
    for (let second = 0; second < 30; second++)
      columns.putSecond(secondFixture(second, { valid: second !== 19, reasons: ['the generator sent late'] }));
    const lastLimited = { second: 19, reasons: ['the generator sent late'] };
    const { tone, word, reason } = health(limited, { running: false, lastLimited });
    expect(explainHealth(columns, limited, false)).toMatchObject({ tone, word, sentence: reason });
  });
});

it.each([
  [{}, 'Running'],
  [{ degraded: true }, 'Running, degraded'],
  [{ historyBehind: 'history is behind' }, 'Running, history behind'],
  [{ stopping: true }, 'Stopping'],
  [{ stopping: true, historyBehind: 'history is behind' }, 'Stopping, history behind'],
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
