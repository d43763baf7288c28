import { type SeriesKey, seriesIdentity } from '../scenario/series';
import { BlockSums } from './block-sums';
import { type Blocks, blocksOf, type Resamples, resample, standardDeviation } from './bootstrap';
import type { RunSecond, SeriesDelta } from './frame';
import { SeededRandom } from './seeded-random';
import { SeriesHistory } from './series-history';
import { AGGREGATED } from './summary';
import type { Measure } from './verdict';

/** Fewest blocks that a run must have. */
export const MIN_BLOCKS = 10;
const RESAMPLES = 1000;
export const PERCENTILE_OF: Record<Exclude<Measure, 'errorRate'>, number> = { median: 50, p95: 95, p99: 99 };
const PERCENTILES = Object.values(PERCENTILE_OF);

/** One value for each of the two runs of a comparison. */
export interface Both<T> {
  a: T;
  b: T;
}

/** What one measure of one series comes to in a run. */
export interface MeasureSample {
  /** us for a percentile, part of 1 for the error rate; null without requests. */
  value: number | null;
  /** Requests behind an error rate, values behind a percentile. */
  observations: number;
  /**
   * Standard deviation over the resamples, with the known biases taken out: of the logarithm of us, or of the error rate. One for each place that the run
   * may take in a comparison, each from resamples of its own; null without enough blocks.
   */
  standardErrors: Partial<Both<number>> | null;
}

/** What one series, or all together, has to say in a comparison. */
export interface SeriesSample {
  /** Seconds compared. */
  seconds: number;
  requests: number;
  /** Length of the blocks that were resampled. */
  blockSeconds: number;
  blocks: number;
  measures: Record<Measure, MeasureSample>;
}

/** What a run has to say in a comparison: plain data without a histogram, so that it can be kept beside the run. */
export interface RunSample {
  /** Steady, valid seconds. */
  seconds: number;
  /** Steady seconds left out because the generator could not keep up. */
  invalidSeconds: number;
  /** In the run's order. */
  series: SeriesSample[];
  aggregated: SeriesSample;
}

export interface SampleOptions {
  /** The same seed gives the same intervals. */
  seed?: number;
  /** 1000 unless told. */
  resamples?: number;
}

/** Draws the samples of a run for the places it is to take in a comparison (docs/statistics.md, Comparing runs, 1 to 5). */
export function sampleRun(
  { series, seconds }: { series: readonly SeriesKey[]; seconds: readonly RunSecond[] },
  places: readonly (keyof Both<unknown>)[],
  options: SampleOptions = {},
): RunSample {
  const steady = seconds.filter(isSteady);
  const compared = steady.filter(({ health }) => health.valid);
  // Within a steady second, what was intended before it was steady is left out.
  const all = compared.map((second) => second.series.filter(({ phase }) => phase === 'steady'));
  const bySeries = series.map(() => compared.map((): SeriesDelta[] => []));
  all.forEach((deltas, second) => {
    for (const delta of deltas) bySeries[delta.series]?.[second]?.push(delta);
  });
  const sampled = (key: SeriesKey, perSecond: readonly (readonly SeriesDelta[])[]) =>
    sampleSeries(key, new SeriesHistory(perSecond), places, options);
  return {
    seconds: compared.length,
    invalidSeconds: steady.length - compared.length,
    series: series.map((key, index) => sampled(key, bySeries[index] ?? [])),
    aggregated: sampled(AGGREGATED, all),
  };
}

/** Only full, steady seconds in which the generator kept up are compared. */
function isSteady({ phase, lengthSeconds }: RunSecond): boolean {
  return phase === 'steady' && lengthSeconds >= 1;
}

function sampleSeries(
  key: SeriesKey,
  history: SeriesHistory,
  places: readonly (keyof Both<unknown>)[],
  { seed = 1, resamples = RESAMPLES }: SampleOptions,
): SeriesSample {
  const blocks = blocksOf(history);
  const drawn = new Map<keyof Both<unknown>, Resamples>();
  if (blocks.count >= MIN_BLOCKS && history.requests > 0) {
    const near = PERCENTILES.map((p) => history.percentileBucket(p));
    const sums = new BlockSums(history, blocks.seconds, near);
    for (const place of places) {
      const random = new SeededRandom(`${seed} ${seriesIdentity(key)} ${place.toUpperCase()}`);
      drawn.set(place, resample(history, blocks, sums, PERCENTILES, { resamples, random }));
    }
  }
  const standardErrors = (of: (resamples: Resamples) => Float64Array) => {
    if (drawn.size === 0) return null;
    return Object.fromEntries([...drawn].map(([place, values]) => [place, standardError(of(values), blocks)]));
  };
  const percentile = (p: number): MeasureSample => ({
    value: history.values === 0 ? null : history.valueOf(history.percentileBucket(p)),
    observations: history.values,
    standardErrors: standardErrors(({ percentilesUs }) => (percentilesUs[PERCENTILES.indexOf(p)] as Float64Array).map(logUs)),
  });
  return {
    seconds: history.seconds,
    requests: history.requests,
    blockSeconds: blocks.seconds,
    blocks: blocks.count,
    measures: {
      median: percentile(PERCENTILE_OF.median),
      p95: percentile(PERCENTILE_OF.p95),
      p99: percentile(PERCENTILE_OF.p99),
      errorRate: {
        value: history.requests === 0 ? null : history.failures / history.requests,
        observations: history.requests,
        standardErrors: standardErrors(({ errorRates }) => errorRates),
      },
    },
  };
}

function standardError(resampled: Float64Array, { varianceFactor }: Blocks): number {
  return standardDeviation(resampled) * Math.sqrt(varianceFactor);
}

/** A latency below the clock's resolution counts as 1 us, because zero has no logarithm. */
export function logUs(us: number): number {
  return Math.log(Math.max(1, us));
}
