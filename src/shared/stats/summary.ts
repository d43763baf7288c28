import type { SeriesKey } from '../scenario/series';
import type { RunSecond, SeriesDelta } from './frame';
import { Histogram, mergeAll, type SparseHistogram, sparsePercentile } from './histogram';
import type { SeriesTotals } from './totals';

/** Key of the row that adds up all series. */
export const AGGREGATED: SeriesKey = { method: '', name: 'Aggregated' };

/** Percentiles of the files and of the final summary, as in their columns `50%` to `100%`. */
export const PERCENTILES = [50, 66, 75, 80, 90, 95, 98, 99, 99.9, 99.99, 100] as const;

/** Full seconds that current rates are the mean of. */
export const CURRENT_RATE_SECONDS = 10;

const ROW_PERCENTILES = [50, 90, 95, 99, 99.9];

/** A row of the statistics table. Times in ms, whole microseconds; null where nothing was recorded. */
export interface StatisticsRow {
  method: string;
  name: string;
  /** Completed and failed; aborted ones stand apart. */
  requests: number;
  failures: number;
  missed: number;
  aborted: number;
  /** Latency, as all down to `max`. */
  median: number | null;
  p90: number | null;
  p95: number | null;
  p99: number | null;
  p999: number | null;
  average: number | null;
  min: number | null;
  max: number | null;
  /** Bytes of a response body, before decompression. */
  averageBytes: number | null;
  /** Requests a second over the seconds the row stands for; 0 when there are none. */
  rps: number;
  failuresPerSecond: number;
  responseFromSchedule: {
    median: number | null;
    p90: number | null;
    p95: number | null;
    p99: number | null;
    p999: number | null;
    max: number | null;
  };
  /** Connect plus TLS, of the requests that opened a connection. */
  connect: { median: number | null; p99: number | null };
}

/** The row of one series (or of `AGGREGATED`), of what its parts add up to, over `seconds` of the run's clock. */
export function statisticsRow(key: SeriesKey, parts: readonly Readonly<SeriesTotals>[], seconds: number): StatisticsRow {
  const sum = (counter: 'requests' | 'failed' | 'missed' | 'aborted' | 'bodyBytes') =>
    parts.reduce((total, part) => total + part[counter], 0);
  const times = (of: 'latency' | 'responseFromSchedule' | 'connect', percentiles: readonly number[]) =>
    Histogram.percentilesOf(
      parts.map((part) => part[of]),
      percentiles,
    ).map(milliseconds);
  const latencies = parts.map(({ latency }) => latency).filter(({ count }) => count > 0);
  const latencySum = latencies.reduce((total, latency) => total + latency.sum, 0);
  const latencyCount = latencies.reduce((total, latency) => total + latency.count, 0);
  const [requests, failures] = [sum('requests'), sum('failed')];
  const [median = null, p90 = null, p95 = null, p99 = null, p999 = null] = times('latency', ROW_PERCENTILES);
  const fromSchedule = times('responseFromSchedule', [...ROW_PERCENTILES, 100]);
  const [connectMedian = null, connectP99 = null] = times('connect', [50, 99]);
  return {
    method: key.method,
    name: key.name,
    requests,
    failures,
    missed: sum('missed'),
    aborted: sum('aborted'),
    median,
    p90,
    p95,
    p99,
    p999,
    average: milliseconds(latencySum / latencyCount),
    min: latencyCount === 0 ? null : milliseconds(Math.min(...latencies.map((latency) => latency.min))),
    max: latencyCount === 0 ? null : milliseconds(Math.max(...latencies.map((latency) => latency.max))),
    averageBytes: requests === 0 ? null : sum('bodyBytes') / requests,
    rps: perSecond(requests, seconds),
    failuresPerSecond: perSecond(failures, seconds),
    responseFromSchedule: {
      median: fromSchedule[0] ?? null,
      p90: fromSchedule[1] ?? null,
      p95: fromSchedule[2] ?? null,
      p99: fromSchedule[3] ?? null,
      p999: fromSchedule[4] ?? null,
      max: fromSchedule[5] ?? null,
    },
    connect: { median: connectMedian, p99: connectP99 },
  };
}

/** The given percentiles, ascending, in ms; all null when the histogram is empty. */
export function percentileList(histogram: Histogram, percentiles: readonly number[] = PERCENTILES): (number | null)[] {
  return Histogram.percentilesOf([histogram], percentiles).map(milliseconds);
}

/** Percentile `p` (0 to 100) in ms, whole microseconds; null when the histogram is empty. */
export function percentileMs(histogram: Histogram, p: number): number | null {
  return milliseconds(histogram.percentile(p));
}

/** ms, rounded to whole microseconds, of a time in us; null for NaN. */
export function milliseconds(us: number): number | null {
  return Number.isNaN(us) ? null : Math.round(us) / 1000;
}

/**
 * How many values it takes to speak of percentile `p`: three of them are to lie beyond it. 60 for the 95 %ile, 300 for the 99 %ile, 3,000 for
 * the 99.9 %ile; the 100 %ile is the maximum itself and needs one.
 */
export function minimumSamples(p: number): number {
  return p >= 100 ? 1 : Math.round(300 / (100 - p));
}

/** Whether percentile `p` of `count` values is worth showing in full colour, and worth comparing. */
export function isReliable(p: number, count: number): boolean {
  return count >= minimumSamples(p);
}

/** What current figures are made of: a finished second without what else it holds. Ten of them are held while a run is on, and of a thousand series that is a lot. */
export interface RecentSecond
  extends Pick<RunSecond, 'second' | 'lengthSeconds' | 'phase' | 'nodes' | 'plannedNodes' | 'health'> {
  /** For each of its deltas series, completed and failed. */
  outcomes: Float64Array;
  /** Of all series together. */
  latency: SparseHistogram;
}

/** What stays of a second for current figures. */
export function recentSecond({ second, lengthSeconds, phase, nodes, plannedNodes, health, series }: RunSecond): RecentSecond {
  const outcomes = new Float64Array(series.length * OUTCOME);
  for (const [place, delta] of series.entries()) {
    outcomes[place * OUTCOME] = delta.series;
    outcomes[place * OUTCOME + 1] = delta.completed;
    outcomes[place * OUTCOME + 2] = delta.failed;
  }
  const latency = mergeAll(series.map((delta) => delta.latency));
  return { second, lengthSeconds, phase, nodes, plannedNodes, health, outcomes, latency };
}

/** Numbers of a delta in `outcomes`. */
const OUTCOME = 3;

/** Rates shown while a run is on. */
export interface CurrentRates {
  requestsPerSecond: number;
  failuresPerSecond: number;
}

/**
 * Current rates of all series together and of each: the mean over the last 10 full seconds of the run's clock, or over all there were so far. A
 * second in which nothing was reported counts with zero, so the rates fall to zero when traffic stops.
 *
 * @param seconds finished seconds in ascending order, at least the last 10 (more do no harm)
 */
export function currentRates(seconds: readonly RecentSecond[]): { total: CurrentRates; of(series: number): CurrentRates } {
  const current = currentSeconds(seconds);
  const last = current[current.length - 1]?.second ?? -1;
  const counts = new Map<number, { requests: number; failures: number }>();
  const total = { requests: 0, failures: 0 };
  for (const { outcomes } of current) {
    for (let at = 0; at < outcomes.length; at += OUTCOME) {
      const [series, completed, failed] = [outcomes[at], outcomes[at + 1], outcomes[at + 2]] as [number, number, number];
      let count = counts.get(series);
      if (!count) {
        count = { requests: 0, failures: 0 };
        counts.set(series, count);
      }
      count.requests += completed + failed;
      count.failures += failed;
      total.requests += completed + failed;
      total.failures += failed;
    }
  }
  const length = Math.min(CURRENT_RATE_SECONDS, last + 1);
  const ratesOf = ({ requests, failures }: { requests: number; failures: number }) => ({
    requestsPerSecond: perSecond(requests, length),
    failuresPerSecond: perSecond(failures, length),
  });
  return { total: ratesOf(total), of: (series) => ratesOf(counts.get(series) ?? { requests: 0, failures: 0 }) };
}

/** Response times of all series together shown while a run is on, ms; null without requests. */
export type CurrentTimes = Pick<StatisticsRow, 'median' | 'p95' | 'p99'>;

/** Current response times: over the seconds that `currentRates` are of. */
export function currentTimes(seconds: readonly RecentSecond[]): CurrentTimes {
  const latency = new Histogram();
  for (const second of currentSeconds(seconds)) latency.add(second.latency);
  const [median = null, p95 = null, p99 = null] = percentileList(latency, [50, 95, 99]);
  return { median, p95, p99 };
}

/** The last 10 full seconds of the run's clock, as far as something was reported in them. */
function currentSeconds(seconds: readonly RecentSecond[]): RecentSecond[] {
  const full = seconds.filter(({ lengthSeconds }) => lengthSeconds >= 1);
  const last = full[full.length - 1]?.second ?? -1;
  return full.filter(({ second }) => second > last - CURRENT_RATE_SECONDS);
}

/** What a chart shows of one second. Times in ms, of the second's own requests; null where there were none. */
export interface SecondPercentiles {
  requests: number;
  failures: number;
  p50: number | null;
  p90: number | null;
  p95: number | null;
  p99: number | null;
  max: number | null;
}

/** Chart values of what happened in a second: of one series, or of several together. */
export function secondPercentiles(deltas: readonly SeriesDelta[]): SecondPercentiles {
  const latency = mergeAll(deltas.map((delta) => delta.latency));
  const percentile = (p: number) => milliseconds(sparsePercentile(latency, p));
  let requests = 0;
  let failures = 0;
  for (const { completed, failed } of deltas) {
    requests += completed + failed;
    failures += failed;
  }
  return {
    requests,
    failures,
    p50: percentile(50),
    p90: percentile(90),
    p95: percentile(95),
    p99: percentile(99),
    max: percentile(100),
  };
}

function perSecond(count: number, seconds: number): number {
  return seconds > 0 ? count / seconds : 0;
}
