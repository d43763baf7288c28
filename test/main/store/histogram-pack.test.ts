import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { packHistograms, unpackHistograms } from '../../../src/main/store/histogram-pack';
import { EMPTY_HISTOGRAM } from '../../../src/shared/stats/histogram';
import { histogramOf } from '../../support/recorded-run';

describe('packHistograms', () => {
  it('gives back any list of histograms', () => {
    const values = fc.array(fc.integer({ min: 0, max: 4_000_000_000 }), { maxLength: 300 });
    fc.assert(
      fc.property(fc.array(values, { maxLength: 20 }), (lists) => {
        const histograms = lists.map(histogramOf);
        expect(unpackHistograms(packHistograms(histograms))).toEqual(histograms);
      }),
      { numRuns: 200, seed: 1 },
    );
  });

  it('makes little of many that are alike', () => {
    const alike = packHistograms(Array(500).fill(EMPTY_HISTOGRAM));
    expect(alike.length).toBeLessThan(50);
  });

  it('refuses other bytes', () => {
    const pack = packHistograms([histogramOf([1, 200, 30_000])]);
    expect(() => unpackHistograms(pack.subarray(0, pack.length - 2))).toThrow();
    expect(() => unpackHistograms(Uint8Array.of(1, 255, 255))).toThrow();
  });
});
