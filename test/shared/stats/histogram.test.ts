import fc from 'fast-check';
import * as hdr from 'hdr-histogram-js';
import { describe, expect, it } from 'vitest';
import {
  BUCKET_COUNT,
  bucketIndex,
  bucketUpperEnd,
  EMPTY_HISTOGRAM,
  Histogram,
  mergeAll,
  mergeSparse,
  percentileRank,
  sparsePercentile,
} from '../../../src/shared/stats/histogram';
import { SeededRandom } from '../../../src/shared/stats/seeded-random';
import { gaussian } from './simulated-run';

const LARGEST = 2 ** 32 - 1;
const PERCENTILES = [0, 1, 10, 25, 50, 66, 75, 80, 90, 95, 98, 99, 99.9, 99.99, 99.999, 100];
const valueUs = fc.oneof(fc.integer({ min: 0, max: 600 }), fc.integer({ min: 0, max: 3_600_000_000 }), fc.nat());
const valuesUs = fc.array(valueUs, { maxLength: 300 });

function histogramOf(values: Iterable<number>): Histogram {
  const histogram = new Histogram();
  for (const value of values) histogram.record(value);
  return histogram;
}

/** The definition, by sorting: the smallest value with at least p % of the values at or below it. `p` in thousandths, to count in whole numbers. */
function exactPercentile(sorted: readonly number[], thousandths: number): number {
  return sorted.find((_, index) => (index + 1) * 100_000 >= thousandths * sorted.length) as number;
}

describe('the bucket layout', () => {
  /** One more than the largest value of the bucket before. */
  const lowerEnd = (index: number) => (index === 0 ? 0 : bucketUpperEnd(index - 1) + 1);

  it('covers every value once: a bucket begins where the one before ends, and both of its ends lie in it', () => {
    for (let index = 0; index < BUCKET_COUNT; index++) {
      expect(bucketIndex(lowerEnd(index))).toBe(index);
      expect(bucketIndex(bucketUpperEnd(index))).toBe(index);
    }
    expect(bucketUpperEnd(BUCKET_COUNT - 1)).toBe(LARGEST);
  });

  it('knows a value within 0.4 %', () => {
    for (let index = 1; index < BUCKET_COUNT; index++) {
      expect(bucketUpperEnd(index) - lowerEnd(index)).toBeLessThanOrEqual(lowerEnd(index) / 256);
    }
  });

  it.each([
    [0, 0],
    [255, 255],
    [256, 256],
    [511, 511],
    [512, 512],
    [513, 512],
    [514, 513],
    [LARGEST, BUCKET_COUNT - 1],
    [LARGEST + 1, BUCKET_COUNT - 1],
    [1e15, BUCKET_COUNT - 1],
    [-1, 0],
  ])('counts %d us in bucket %d', (value, index) => {
    expect(bucketIndex(value)).toBe(index);
  });

  it('keeps min, max, mean and the top percentile of values beyond its range', () => {
    const histogram = histogramOf([300, 5e9, 7e9]);
    expect([histogram.min, histogram.max, histogram.mean()]).toEqual([300, 7e9, 12_000_000_300 / 3]);
    expect([histogram.percentile(33), histogram.percentile(100)]).toEqual([300, 7e9]);
    expect(sparsePercentile(histogram.toSparse(), 100)).toBe(7e9);
  });
});

describe('percentiles', () => {
  it('are the smallest value with at least p % at or below it, to the bucket', () => {
    fc.assert(
      fc.property(
        fc.array(valueUs, { minLength: 1, maxLength: 300 }),
        fc.integer({ min: 0, max: 100_000 }),
        (values, thousandths) => {
          const histogram = histogramOf(values);
          const exact = exactPercentile(
            [...values].sort((a, b) => a - b),
            thousandths,
          );
          const reported = histogram.percentile(thousandths / 1000);
          expect(bucketIndex(reported)).toBe(bucketIndex(exact));
          expect(reported).toBeGreaterThanOrEqual(exact);
          expect(reported).toBeLessThanOrEqual(histogram.max);
          expect(sparsePercentile(histogram.toSparse(), thousandths / 1000)).toBe(reported);
        },
      ),
      { numRuns: 300, seed: 1 },
    );
  });

  it.each([
    [99.9, 1000, 999],
    [99.99, 10_000, 9999],
    [99.9, 1e9, 999_000_000],
    [95, 20, 19],
    [95, 21, 20],
    [0, 5, 1],
    [100, 5, 5],
  ])('p%d of %d values is the one of rank %d, in spite of binary fractions', (p, count, rank) => {
    expect(percentileRank(p, count)).toBe(rank);
  });

  it('of what several add up to are those of their sum, however far apart they lie', () => {
    const random = new SeededRandom('parts');
    for (let round = 0; round < 50; round++) {
      const parts = Array.from({ length: 1 + random.below(4) }, () => new Histogram());
      const sum = new Histogram();
      for (const part of parts) {
        const decade = 7 * random.float();
        for (let left = random.below(200); left > 0; left--) {
          const value = round === 0 ? 6e9 : Math.floor(10 ** (decade + 2.5 * random.float()));
          part.record(value);
          sum.record(value);
        }
      }
      const ascending = [0, 1, 50, 95, 99, 99.9, 100];
      expect(Histogram.percentilesOf(parts, ascending)).toEqual(ascending.map((p) => sum.percentile(p)));
    }
    expect(Histogram.percentilesOf([], [50, 100])).toEqual([Number.NaN, Number.NaN]);
  });

  it('do not exist without values', () => {
    expect(new Histogram().percentile(50)).toBeNaN();
    expect(new Histogram().mean()).toBeNaN();
    expect(sparsePercentile(EMPTY_HISTOGRAM, 50)).toBeNaN();
  });
});

describe('merging', () => {
  it('is the same as recording all values in one histogram, in any order', () => {
    fc.assert(
      fc.property(valuesUs, valuesUs, (left, right) => {
        const together = histogramOf([...left, ...right]).toSparse();
        const a = histogramOf(left);
        const b = histogramOf(right);
        const viaSparse = new Histogram();
        viaSparse.add(b.toSparse());
        viaSparse.add(a.toSparse());
        const viaHistogram = new Histogram();
        viaHistogram.addHistogram(a);
        viaHistogram.addHistogram(b);
        expect(viaSparse.toSparse()).toEqual(together);
        expect(viaHistogram.toSparse()).toEqual(together);
        expect(mergeSparse(a.toSparse(), b.toSparse())).toEqual(together);
      }),
      { numRuns: 150, seed: 2 },
    );
  });

  it('of any number at once is the same too, one merge after the other', () => {
    fc.assert(
      fc.property(fc.array(valuesUs, { maxLength: 6 }), (parts) => {
        const sparse = parts.map((values) => histogramOf(values).toSparse());
        expect(mergeAll(sparse)).toEqual(histogramOf(parts.flat()).toSparse());
      }),
      { numRuns: 100, seed: 3 },
    );
  });
});

describe('what is held', () => {
  const bytesHeld = (histogram: Histogram) =>
    Object.values(histogram).reduce((bytes, value) => bytes + (ArrayBuffer.isView(value) ? value.byteLength : 0), 0);

  it('grows with the stretches that something was counted in, not with how far they lie apart', () => {
    const near = histogramOf([1000, 1001, 1002]);
    const before = bytesHeld(near);
    near.record(3_600_000_000);
    near.record(0);
    expect(bytesHeld(near)).toBe(before);
    const everywhere = new Histogram();
    for (let index = 0; index < BUCKET_COUNT; index++) everywhere.record(bucketUpperEnd(index));
    expect(bytesHeld(everywhere)).toBeLessThan(BUCKET_COUNT * 8.5);
    expect(before).toBeLessThan(bytesHeld(everywhere) / 20);
  });

  it('is its own after it was added to an empty one', () => {
    const from = histogramOf([5, 70, 5_000_000]);
    const sum = new Histogram();
    sum.addHistogram(from);
    from.record(6);
    sum.record(80_000);
    expect(sum.toSparse()).toEqual(histogramOf([5, 70, 5_000_000, 80_000]).toSparse());
    expect(from.toSparse()).toEqual(histogramOf([5, 6, 70, 5_000_000]).toSparse());
  });
});

describe('a million values, held against hdr-histogram-js', () => {
  const random = new SeededRandom('million');
  const distributions: Record<string, () => number> = {
    'uniform 0 to 1 s': () => random.float() * 1e6,
    'lognormal around 20 ms': () => 20_000 * Math.exp(0.5 * gaussian(random)),
    'exponential around 3 ms': () => -3000 * Math.log(1 - random.float()),
    'Pareto from 0.1 ms on': () => 100 / (1 - random.float()) ** 0.7,
    'two peaks, 2 ms and 30 s': () => (random.float() < 0.97 ? 2000 : 30_000_000) * (1 + 0.1 * random.float()),
  };

  it.each(Object.entries(distributions))('%s', (_, draw) => {
    const ours = new Histogram();
    const theirs = hdr.build({
      lowestDiscernibleValue: 1,
      highestTrackableValue: 2 ** 40,
      numberOfSignificantValueDigits: 4,
      bitBucketSize: 32,
    });
    let sum = 0;
    let min = Number.POSITIVE_INFINITY;
    let max = 0;
    for (let i = 0; i < 1_000_000; i++) {
      const value = Math.min(3_600_000_000, Math.floor(draw()));
      ours.record(value);
      theirs.recordValue(value);
      sum += value;
      min = Math.min(min, value);
      max = Math.max(max, value);
    }
    expect([ours.count, ours.min, ours.max, ours.mean()]).toEqual([1_000_000, min, max, sum / 1_000_000]);
    expect(ours.count).toBe(theirs.totalCount);
    expect(ours.toSparse().counts.reduce((total, count) => total + count, 0)).toBe(1_000_000);
    for (const p of PERCENTILES.slice(1)) {
      // They know the value within 0.01 %, we within 1/256, and both report the upper end.
      const expected = theirs.getValueAtPercentile(p);
      expect(Math.abs(ours.percentile(p) - expected)).toBeLessThanOrEqual(1 + expected * (1 / 256 + 0.0001));
    }
  });
});
