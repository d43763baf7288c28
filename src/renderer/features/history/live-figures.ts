import type { HistoryRow, RunSnapshot } from '../../../shared/api/types';

/**
 * The history with the figures of the run that is on as they are now: what is read from the store is as of when the list was read. As in the list,
 * rate and p95 are of the steady phase once there is one, the counts of the whole run.
 */
export function withLiveFigures(rows: readonly HistoryRow[], snapshot: RunSnapshot | null): readonly HistoryRow[] {
  if (snapshot?.record.status !== 'running') return rows;
  const { record, report, elapsedSeconds } = snapshot;
  const steady = report.steady?.total ?? report.total;
  return rows.map((row) =>
    row.id === record.id && row.status === 'running'
      ? {
          ...row,
          durationSeconds: elapsedSeconds,
          requests: report.total.requests,
          failures: report.total.failures,
          requestsPerSecond: steady.rps,
          p95Ms: steady.p95,
          invalidSeconds: report.generator.invalidSeconds,
        }
      : row,
  );
}
