import type { SeriesDelta } from '../../shared/stats/frame';
import { Histogram, type SparseHistogram } from '../../shared/stats/histogram';

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
  const lag = new Histogram();
  lag.add(scheduleLag);
  return lag.count === 0 ? null : lag.percentile(99);
}

function percentilesOf(deltas: readonly SeriesDelta[]): Percentiles {
  const latency = new Histogram();
  for (const delta of deltas) latency.add(delta.latency);
  if (latency.count === 0) return [null, null, null, null, null];
  return [latency.percentile(50), latency.percentile(90), latency.percentile(95), latency.percentile(99), latency.max];
}
