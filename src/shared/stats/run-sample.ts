import { type SeriesKey, seriesIdentity } from '../scenario/series';
import { BlockSums } from './block-sums';
import { type Blocks, blocksOf, type Resamples, resample, standardDeviation } from './bootstrap';
import type { ComparedStep, SeriesOutcomes } from './compared-step';
import { mergeAll } from './histogram';
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

/** The steps of a run, or of a part of it, for some of its series at a time, so that those of a run with many never lie in memory together. */
export interface SampledSteps {
  series: readonly SeriesKey[];
  /** Length of a step, s. */
  stepSeconds: number;
  /** Groups of neighbouring series, ascending, that make up all series: the same steps each time, with the outcomes of the group's series in them. */
  groups: Iterable<{ seriesCount: number; steps: readonly ComparedStep[] }>;
}

/** Draws the samples of a run for the places it is to take in a comparison (docs/statistics.md, Comparing runs, 1 to 5). */
export function sampleRun(
  { series, stepSeconds, groups }: SampledSteps,
  places: readonly (keyof Both<unknown>)[],
  options: SampleOptions = {},
): RunSample {
  const samples: SeriesSample[] = [];
  let clock = { seconds: 0, invalidSeconds: 0, stepSeconds };
  let together: SeriesOutcomes[] = [];
  const sampled = (key: SeriesKey, perStep: readonly (readonly SeriesOutcomes[])[]) =>
    sampleSeries(key, new SeriesHistory(perStep), clock, places, options);
  for (const { seriesCount, steps } of groups) {
    const compared = steps.filter(({ seconds }) => seconds > 0);
    clock = {
      ...clock,
      seconds: sum(steps.map(({ seconds }) => seconds)),
      invalidSeconds: sum(steps.map((step) => step.invalidSeconds)),
    };
    const first = samples.length;
    const bySeries = Array.from({ length: seriesCount }, () => compared.map((): SeriesOutcomes[] => []));
    compared.forEach((step, at) => {
      for (const outcomes of step.series) bySeries[outcomes.series - first]?.[at]?.push(outcomes);
    });
    together = compared.map((step, at) => addedUp([...(together[at] ? [together[at]] : []), ...step.series]));
    for (const perStep of bySeries) samples.push(sampled(series[samples.length] as SeriesKey, perStep));
  }
  return {
    seconds: clock.seconds,
    invalidSeconds: clock.invalidSeconds,
    series: samples,
    aggregated: sampled(
      AGGREGATED,
      together.map((outcomes) => [outcomes]),
    ),
  };
}

/** All series as one. */
function addedUp(outcomes: readonly SeriesOutcomes[]): SeriesOutcomes {
  return {
    series: 0,
    completed: sum(outcomes.map(({ completed }) => completed)),
    failed: sum(outcomes.map(({ failed }) => failed)),
    latency: mergeAll(outcomes.map(({ latency }) => latency)),
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

function sampleSeries(
  key: SeriesKey,
  history: SeriesHistory,
  { seconds, stepSeconds }: { seconds: number; stepSeconds: number },
  places: readonly (keyof Both<unknown>)[],
  { seed = 1, resamples = RESAMPLES }: SampleOptions,
): SeriesSample {
  const blocks = blocksOf(history, stepSeconds);
  const drawn = new Map<keyof Both<unknown>, Resamples>();
  if (blocks.count >= MIN_BLOCKS && history.requests > 0) {
    const near = PERCENTILES.map((p) => history.percentileBucket(p));
    const sums = new BlockSums(history, blocks.steps, near);
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
    seconds,
    requests: history.requests,
    blockSeconds: blocks.steps * stepSeconds,
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
