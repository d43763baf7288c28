import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bucketIndex, EMPTY_HISTOGRAM, Histogram, type SparseHistogram } from '../../../src/shared/stats/histogram';
import { SeededRandom } from '../../../src/shared/stats/seeded-random';
import { decodeHistogram, encodeHistogram } from '../../../src/shared/stats/sparse-codec';
import { gaussian } from './simulated-run';

function sparse(values: Iterable<number>): SparseHistogram {
  const histogram = new Histogram();
  for (const value of values) histogram.record(value);
  return histogram.toSparse();
}

/** Buckets of any count, as a merged histogram may have them. */
const repeatedValues = fc.array(
  fc.record({
    value: fc.oneof(fc.integer({ min: 0, max: 2000 }), fc.integer({ min: 0, max: 6e9 })),
    times: fc.integer({ min: 1, max: 2 ** 31 }),
  }),
  { maxLength: 200 },
);

function sparseOf(repeated: readonly { value: number; times: number }[]): SparseHistogram {
  const histogram = new Histogram();
  const total = new Histogram();
  const counts = new Map<number, number>();
  for (const { value, times } of repeated) {
    histogram.record(value);
    counts.set(bucketIndex(value), (counts.get(bucketIndex(value)) ?? 0) + times);
    const one = sparse([value]);
    total.add({ ...one, count: times, sum: value * times, counts: Uint32Array.of(times) });
  }
  // More than a bucket or a sum holds exactly is no histogram of a second.
  return [...counts.values()].some((count) => count > 2 ** 32 - 1) || total.sum > 2 ** 53
    ? histogram.toSparse()
    : total.toSparse();
}

function lognormal(count: number, sigma: number): SparseHistogram {
  const random = new SeededRandom(`lognormal ${count} ${sigma}`);
  return sparse(Array.from({ length: count }, () => Math.round(50_000 * Math.exp(sigma * gaussian(random)))));
}

describe('the stored form of a histogram', () => {
  it('loses nothing', () => {
    fc.assert(
      fc.property(repeatedValues, (repeated) => {
        const histogram = sparseOf(repeated);
        expect(decodeHistogram(encodeHistogram(histogram))).toEqual(histogram);
      }),
      { numRuns: 300, seed: 3 },
    );
  });

  it.each([
    ['nothing', []],
    ['zero', [0]],
    ['the largest', [2 ** 32 - 1]],
    ['values beyond the layout', [2 ** 33, 2 ** 40]],
    ['the whole width', [0, 2 ** 32 - 1]],
  ])('holds %s', (_, values) => {
    const histogram = sparse(values);
    expect(decodeHistogram(encodeHistogram(histogram))).toEqual(histogram);
  });

  it('takes a byte for an empty one and few for what a second usually holds', () => {
    expect(encodeHistogram(EMPTY_HISTOGRAM)).toEqual(Uint8Array.of(0));
    expect(encodeHistogram(lognormal(1, 0.5)).length).toBeLessThanOrEqual(8);
    expect(encodeHistogram(lognormal(20, 0.5)).length).toBeLessThanOrEqual(34);
    const thousand = lognormal(1000, 0.5);
    // Half a byte for each gap and each count would take one byte a bucket.
    expect(encodeHistogram(thousand).length).toBeLessThanOrEqual(0.55 * thousand.indexes.length);
  });

  it('refuses bytes that were cut off or lengthened', () => {
    const bytes = encodeHistogram(lognormal(100, 0.5));
    for (let length = 0; length < bytes.length; length++) {
      expect(() => decodeHistogram(bytes.subarray(0, length))).toThrow(/^A stored histogram cannot be read: /);
    }
    expect(() => decodeHistogram(Uint8Array.of(...bytes, 0))).toThrow(/^A stored histogram cannot be read: /);
    expect(() => decodeHistogram(Uint8Array.of(0, 0))).toThrow(/^A stored histogram cannot be read: /);
  });

  it('makes of any bytes either a consistent histogram or a clear error', () => {
    let refused = 0;
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        let histogram: SparseHistogram;
        try {
          histogram = decodeHistogram(bytes);
        } catch (error) {
          expect((error as Error).message).toMatch(/^A stored histogram cannot be read: /);
          refused++;
          return;
        }
        expect(histogram.counts.reduce((sum, count) => sum + count, 0)).toBe(histogram.count);
      }),
      { numRuns: 2000, seed: 4 },
    );
    expect(refused).toBeGreaterThan(1000);
  });

  it.each<[string, Partial<SparseHistogram>]>([
    ['a count that is not the sum', { count: 4 }],
    ['buckets out of order', { indexes: Uint16Array.of(300, 200, 400) }],
    ['an empty bucket', { counts: Uint32Array.of(0, 2, 1) }],
    ['a min of another bucket', { min: 100 }],
    ['a max of another bucket', { max: 5000 }],
    ['a sum below what min allows', { sum: 10 }],
    ['a fraction', { sum: 900.5 }],
  ])('does not pack %s', (_, change) => {
    const histogram = sparse([200, 300, 400]);
    expect(() => encodeHistogram({ ...histogram, ...change })).toThrow(/contradicts itself/);
  });
});
