import type { HistoryRow, RunSnapshot } from '../../../shared/api/types';

/**
 * The history with the figures of the run that is on as they are now: what is read from the store is as of when the list was read. As in the list,
 * figures are of the steady phase once there is one.
 */
export function withLiveFigures(rows: readonly HistoryRow[], snapshot: RunSnapshot | null): readonly HistoryRow[] {
  if (snapshot?.record.status !== 'running') return rows;
  const { record, report, elapsedSeconds } = snapshot;
  const { total } = report.steady ?? report;
  return rows.map((row) =>
    row.id === record.id && row.status === 'running'
      ? {
          ...row,
          durationSeconds: elapsedSeconds,
          requests: total.requests,
          failures: total.failures,
          requestsPerSecond: total.rps,
          p95Ms: total.p95,
          invalidSeconds: report.generator.invalidSeconds,
        }
      : row,
  );
}
