import { describe, expect, it } from 'vitest';
import { withLiveFigures } from '../../../src/renderer/features/history/live-figures';
import { statusOf } from '../../../src/renderer/features/history/run-status';
import type { RunSnapshot } from '../../../src/shared/api/types';
import { historyRow } from './history-rows';

describe('the status of a run', () => {
  it('says in words when a shard was lost or the generator could not keep up', () => {
    expect(statusOf(historyRow(1))).toMatchObject({ word: 'Finished', tone: 'ok' });
    expect(statusOf(historyRow(1, { status: 'stopped', degraded: true })).word).toBe('Stopped, degraded');
    expect(statusOf(historyRow(1, { degraded: true }))).toMatchObject({ word: 'Degraded', tone: 'warn' });
    const limited = statusOf(historyRow(1, { invalidSeconds: 3 }));
    expect(limited.tone).toBe('warn');
    expect(limited.reason).toContain('In 3 s the generator could not keep up');
  });

  it('never makes a failed run look better than failed', () => {
    expect(statusOf(historyRow(1, { status: 'failed', degraded: true }))).toMatchObject({
      word: 'Failed, degraded',
      tone: 'bad',
    });
  });
});

describe('the run that is on', () => {
  const rows = [historyRow(2, { status: 'running', requests: 5, p95Ms: null }), historyRow(1)];
  const total = { requests: 900, failures: 9, rps: 30, p95: 12 };
  const snapshotOf = (id: number, status: string) =>
    ({
      record: { id, status },
      report: { total: { requests: 1000, failures: 20, rps: 25, p95: 40 }, steady: { total }, generator: { invalidSeconds: 2 } },
      elapsedSeconds: 33,
    }) as unknown as RunSnapshot;

  it('shows its figures as they are now, counts of the whole run, rate and p95 of the steady phase', () => {
    const [live, stored] = withLiveFigures(rows, snapshotOf(2, 'running'));
    expect(live).toMatchObject({
      durationSeconds: 33,
      requests: 1000,
      failures: 20,
      requestsPerSecond: 30,
      p95Ms: 12,
      invalidSeconds: 2,
    });
    expect(stored).toBe(rows[1]);
  });

  it('leaves the list alone once it has ended', () => {
    expect(withLiveFigures(rows, snapshotOf(2, 'finished'))).toBe(rows);
    expect(withLiveFigures(rows, null)).toBe(rows);
  });
});
