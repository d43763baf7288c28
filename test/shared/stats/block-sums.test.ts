import { describe, expect, it } from 'vitest';
import { BlockSums } from '../../../src/shared/stats/block-sums';
import { blocksOf, resample } from '../../../src/shared/stats/bootstrap';
import { Histogram, percentileRank } from '../../../src/shared/stats/histogram';
import { SeededRandom } from '../../../src/shared/stats/seeded-random';
import { SeriesHistory } from '../../../src/shared/stats/series-history';
import { delta } from './simulated-run';

const SECONDS = 60;
const random = new SeededRandom('block sums');
/** Seconds of two series; some empty, some beyond the layout, with failures. */
const perSecond = Array.from({ length: SECONDS }, (_, at) =>
  [0, 1].map((series) => {
    const values = Array.from({ length: at % 7 === 0 ? 0 : random.below(30) }, () => Math.floor(10 ** (2 + 5 * random.float())));
    return delta(series, at === 20 ? [...values, 6e9] : values, { failed: Math.min(values.length, random.below(3)) });
  }),
);
const history = new SeriesHistory(perSecond);

function mergedOver(starts: Int32Array, length: number): { latency: Histogram; requests: number; failures: number } {
  const latency = new Histogram();
  let requests = 0;
  let failures = 0;
  for (const start of starts) {
    for (let i = 0; i < length; i++) {
      for (const entry of perSecond[(start + i) % SECONDS] ?? []) {
        latency.add(entry.latency);
        requests += entry.completed + entry.failed;
        failures += entry.failed;
      }
    }
  }
  return { latency, requests, failures };
}

function valuesUpTo(latency: Histogram, bucket: number): number {
  const { indexes, counts } = latency.toSparse();
  return counts.reduce((sum, count, at) => sum + ((indexes[at] as number) <= bucket ? count : 0), 0);
}

describe('a series history', () => {
  it('adds all seconds up as a merged histogram does', () => {
    const { latency, requests, failures } = mergedOver(Int32Array.of(0), SECONDS);
    expect([history.requests, history.failures, history.values]).toEqual([requests, failures, latency.count]);
    for (const p of [0, 1, 50, 95, 99, 100]) expect(history.valueOf(history.percentileBucket(p))).toBe(latency.percentile(p));
  });

  it('has no mean where a second is empty', () => {
    expect(history.meansUs[0]).toBeNaN();
    const first = mergedOver(Int32Array.of(1), 1).latency;
    expect(history.meansUs[1]).toBe(first.mean());
  });
});

describe('block sums', () => {
  it.each([1, 7, 10, SECONDS])(
    'of blocks of %d s give what merging their seconds gives, wherever the search begins',
    (length) => {
      const sums = new BlockSums(history, length);
      for (let round = 0; round < 8; round++) {
        const starts = new Int32Array(1 + random.below(8));
        random.fillBelow(SECONDS, starts);
        const { latency, requests, failures } = mergedOver(starts, length);
        if (requests === 0) expect(sums.errorRate(starts)).toBeNaN();
        else expect(sums.errorRate(starts)).toBe(failures / requests);
        expect(sums.valueCount(starts)).toBe(latency.count);
        if (latency.count === 0) continue;
        for (const p of [1, 50, 95, 99, 100]) {
          // The history's min and max are those of all seconds, so buckets are compared, not values.
          const { indexes } = latency.toSparse();
          const expected = indexes.find((bucket) => valuesUpTo(latency, bucket) >= percentileRank(p, latency.count));
          for (const near of [history.percentileBucket(p), 0, 6399]) {
            expect(sums.percentileBucket(p, starts, latency.count, near)).toBe(expected);
          }
        }
      }
    },
  );
});

describe('resampling', () => {
  it('gives the same figures for the same seed, others for another', () => {
    const blocks = blocksOf(history, 1);
    const sums = new BlockSums(history, blocks.steps);
    const draw = (seed: string) => resample(history, blocks, sums, [50, 95], { resamples: 20, random: new SeededRandom(seed) });
    expect(draw('one')).toEqual(draw('one'));
    expect(draw('one')).not.toEqual(draw('two'));
  });

  it('spreads the mean of independent seconds by sigma / sqrt(n)', () => {
    const seconds = 400;
    const source = new SeededRandom('independent');
    // One request a second that fails every other time: the error rate's standard error is 0.5 / sqrt(400).
    const flips = new SeriesHistory(Array.from({ length: seconds }, () => [delta(0, [1000], { failed: source.below(2) })]));
    const blocks = blocksOf(flips, 1);
    expect([blocks.steps, blocks.count]).toEqual([10, 40]);
    const sums = new BlockSums(flips, blocks.steps);
    const { errorRates } = resample(flips, blocks, sums, [50], { resamples: 4000, random: new SeededRandom('spread') });
    const mean = errorRates.reduce((sum, rate) => sum + rate, 0) / errorRates.length;
    const variance = errorRates.reduce((sum, rate) => sum + (rate - mean) ** 2, 0) / errorRates.length;
    expect(mean).toBeCloseTo(flips.failures / seconds, 2);
    expect(Math.sqrt(variance * blocks.varianceFactor) / (0.5 / Math.sqrt(seconds))).toBeGreaterThan(0.75);
    expect(Math.sqrt(variance * blocks.varianceFactor) / (0.5 / Math.sqrt(seconds))).toBeLessThan(1.25);
  });
});
