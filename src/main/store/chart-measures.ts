import type { SeriesDelta } from '../../shared/stats/frame';
import { mergeAll, type SparseHistogram, sparsePercentile } from '../../shared/stats/histogram';

/** What is stored beside a second's histograms so that a chart need not read those: p50, p90, p95, p99 and max, us; null when empty. */
type Percentiles = [p50: number | null, p90: number | null, p95: number | null, p99: number | null, max: number | null];

/** Requests, failures and percentiles of latency of all series together. */
export function measuresOf(deltas: readonly SeriesDelta[]): [requests: number, failures: number, ...Percentiles] {
  let requests = 0;
  let failures = 0;
  for (const { completed, failed } of deltas) {
    requests += completed + failed;
    failures += failed;
  }
  return [requests, failures, ...percentilesOf(deltas)];
}

/** Percentiles of each series over the whole second, whatever phases its requests belong to. */
export function measuresBySeries(deltas: readonly SeriesDelta[]): Map<number, Percentiles> {
  return new Map([...Map.groupBy(deltas, ({ series }) => series)].map(([series, own]) => [series, percentilesOf(own)]));
}

/** Schedule lag p99 of a second over all shards, us; null when nothing was recorded. */
export function lagP99(scheduleLag: SparseHistogram): number | null {
  return scheduleLag.count === 0 ? null : sparsePercentile(scheduleLag, 99);
}

function percentilesOf(deltas: readonly SeriesDelta[]): Percentiles {
  const latency = mergeAll(deltas.map((delta) => delta.latency));
  if (latency.count === 0) return [null, null, null, null, null];
  const [p50, p90, p95, p99] = [50, 90, 95, 99].map((p) => sparsePercentile(latency, p)) as [number, number, number, number];
  return [p50, p90, p95, p99, latency.max];
}
