import { integratedAutocorrelationTime } from './autocorrelation';
import type { BlockSums } from './block-sums';
import type { SeededRandom } from './seeded-random';
import type { SeriesHistory } from './series-history';

/** Shortest block, seconds. */
const MIN_BLOCK_SECONDS = 10;
/** A block spans this many autocorrelation times, so that what depends on each other stays together. */
const BLOCK_TAUS = 3;

/** How a history is cut into blocks. */
export interface Blocks {
  /** Length of a block: max(10 s, 3 x integrated autocorrelation time of the mean latency by step). */
  steps: number;
  /** Whole blocks in the history. */
  count: number;
  /** What the variance over resamples is multiplied with to be that of the history; see `blocksOf`. */
  varianceFactor: number;
}

/**
 * The blocks of a history, and what the variance over their resamples is multiplied with. Three known biases of the circular block bootstrap are
 * taken out, all small: resamples hold whole blocks only (count x steps of the n steps); they vary about the history's own mean (a part
 * steps / n of the variance is lost); and dependence across the cuts is lost, which for correlation that decays
 * exponentially with autocorrelation time tau is the part (tau^2 - 1) / (2 tau steps) (from the bias of Kuensch, "The jackknife and the bootstrap for general stationary observations", 1989).
 */
export function blocksOf(history: SeriesHistory, stepSeconds: number): Blocks {
  const tau = integratedAutocorrelationTime(history.meansUs);
  const steps = Math.max(Math.ceil(MIN_BLOCK_SECONDS / stepSeconds), Math.ceil(BLOCK_TAUS * tau));
  const count = Math.floor(history.steps / steps);
  const lost = steps / history.steps + (tau * tau - 1) / (2 * tau * steps);
  return { steps, count, varianceFactor: (count * steps) / history.steps / (1 - lost) };
}

/** What each resample came to. */
export interface Resamples {
  /** For each percentile asked for, one value (us) a resample; NaN where a resample held no request. */
  percentilesUs: Float64Array[];
  /** Failures / requests of each resample; NaN where it held no request. */
  errorRates: Float64Array;
}

/**
 * Circular block bootstrap over steps (Politis and Romano, "A circular block-resampling procedure for stationary data", 1992): each
 * resample is made of randomly chosen blocks of consecutive steps, the last step followed by the first. All figures of a resample are
 * read from the same blocks. There must be at least one block.
 *
 * @param sums the history's, over blocks of this length
 */
export function resample(
  history: SeriesHistory,
  blocks: Blocks,
  sums: BlockSums,
  percentiles: readonly number[],
  options: { resamples: number; random: SeededRandom },
): Resamples {
  const percentilesUs = percentiles.map(() => new Float64Array(options.resamples));
  const errorRates = new Float64Array(options.resamples);
  const near = percentiles.map((p) => history.percentileBucket(p));
  const starts = new Int32Array(blocks.count);
  for (let i = 0; i < options.resamples; i++) {
    options.random.fillBelow(history.steps, starts);
    const count = sums.valueCount(starts);
    errorRates[i] = sums.errorRate(starts);
    for (let which = 0; which < percentiles.length; which++) {
      const us =
        count === 0
          ? Number.NaN
          : history.valueOf(sums.percentileBucket(percentiles[which] as number, starts, count, near[which] as number));
      (percentilesUs[which] as Float64Array)[i] = us;
    }
  }
  return { percentilesUs, errorRates };
}

/** Sample standard deviation of the values, NaN left out; 0 for fewer than two. */
export function standardDeviation(values: Float64Array): number {
  const known = values.filter((value) => !Number.isNaN(value));
  // Equal values differ from their mean by its rounding, which is no spread.
  if (known.every((value) => value === known[0])) return 0;
  const mean = known.reduce((sum, value) => sum + value, 0) / known.length;
  return Math.sqrt(known.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (known.length - 1));
}
