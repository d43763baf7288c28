import type { RunTotals } from '../../shared/stats/totals';

/** What the history's list shows of a run's requests. */
export interface ListFigures {
  requests: number;
  failures: number;
  requestsPerSecond: number;
  p95Us: number | null;
  invalidSeconds: number;
}

/** Counts of the whole run; rate and percentile of the steady phase, of the whole run as long as there is none. */
export function listFigures(totals: RunTotals): ListFigures {
  const phases = totals.seconds(['steady']) > 0 ? (['steady'] as const) : undefined;
  const { requests, failed } = totals.select(null);
  const { requests: steadyRequests, latency } = totals.select(null, phases);
  const seconds = totals.seconds(phases);
  return {
    requests,
    failures: failed,
    requestsPerSecond: seconds > 0 ? steadyRequests / seconds : 0,
    p95Us: latency.count > 0 ? latency.percentile(95) : null,
    invalidSeconds: totals.invalidSeconds,
  };
}
