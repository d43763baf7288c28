import { describe, expect, it } from 'vitest';
import { percentileAtPlace, spectrumPlace, spectrumValue } from '../../../src/renderer/charts/spectrum-scale';

describe('the 1 - p axis', () => {
  it('gives every nine the same room', () => {
    expect(spectrumPlace(0)).toBeCloseTo(0, 12);
    expect(spectrumPlace(90)).toBeCloseTo(1, 9);
    expect(spectrumPlace(99)).toBeCloseTo(2, 9);
    expect(spectrumPlace(99.9)).toBeCloseTo(3, 9);
    for (const p of [0, 50, 95, 99.99]) expect(percentileAtPlace(spectrumPlace(p))).toBeCloseTo(p, 9);
  });

  it('reads the time that a share of the requests took at most', () => {
    const points = [
      { percentile: 50, ms: 10 },
      { percentile: 99, ms: 40 },
    ];
    expect(spectrumValue(points, 50)).toBe(10);
    expect(spectrumValue(points, 75)).toBe(40);
    expect(spectrumValue(points, 99.9)).toBeNaN();
  });
});
