import type { SeriesDelta } from '../../shared/stats/frame';
import { type SparseHistogram, sparsePercentile, sparsePercentiles } from '../../shared/stats/histogram';

/** What is stored beside a second's histograms so that a chart need not read those: p50, p90, p95, p99 and max, us; null when empty. */
export type Percentiles = [p50: number | null, p90: number | null, p95: number | null, p99: number | null, max: number | null];

/** Requests and failures of all series together. */
export function outcomesOf(deltas: readonly SeriesDelta[]): [requests: number, failures: number] {
  let requests = 0;
  let failures = 0;
  for (const { completed, failed } of deltas) {
    requests += completed + failed;
    failures += failed;
  }
  return [requests, failures];
}

/** Percentiles of the latencies of a second. */
export function percentilesOf(latency: SparseHistogram): Percentiles {
  if (latency.count === 0) return [null, null, null, null, null];
  const [p50, p90, p95, p99] = sparsePercentiles(latency, CHARTED) as [number, number, number, number];
  return [p50, p90, p95, p99, latency.max];
}

const CHARTED = [50, 90, 95, 99];

/** Schedule lag p99 of a second over all shards, us; null when nothing was recorded. */
export function lagP99(scheduleLag: SparseHistogram): number | null {
  return scheduleLag.count === 0 ? null : sparsePercentile(scheduleLag, 99);
}
