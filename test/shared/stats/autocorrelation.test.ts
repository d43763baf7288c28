import { describe, expect, it } from 'vitest';
import { integratedAutocorrelationTime } from '../../../src/shared/stats/autocorrelation';
import { SeededRandom } from '../../../src/shared/stats/seeded-random';
import { gaussian } from './simulated-run';

function autoregressive(phi: number, length: number): Float64Array {
  const random = new SeededRandom(`AR(1) ${phi}`);
  const values = new Float64Array(length);
  for (let i = 1; i < length; i++) values[i] = phi * (values[i - 1] as number) + gaussian(random);
  return values;
}

describe('the integrated autocorrelation time', () => {
  it.each([0, 0.3, 0.5, 0.8, 0.9])('of an AR(1) process with phi = %d is (1 + phi) / (1 - phi)', (phi) => {
    const expected = (1 + phi) / (1 - phi);
    expect(Math.abs(integratedAutocorrelationTime(autoregressive(phi, 20_000)) / expected - 1)).toBeLessThan(0.15);
  });

  it('does not depend on level and scale', () => {
    const values = autoregressive(0.7, 2000);
    expect(integratedAutocorrelationTime(values.map((value) => 1000 + 3 * value))).toBeCloseTo(
      integratedAutocorrelationTime(values),
      8,
    );
  });

  it('is 1 where nothing varies, for alternating values, and without values', () => {
    expect(integratedAutocorrelationTime(new Float64Array(100).fill(0.1))).toBe(1);
    expect(integratedAutocorrelationTime(Array.from({ length: 100 }, (_, i) => i % 2))).toBe(1);
    expect(integratedAutocorrelationTime([])).toBe(1);
    expect(integratedAutocorrelationTime([Number.NaN, Number.NaN])).toBe(1);
  });

  it('leaves missing seconds out', () => {
    const values = autoregressive(0.8, 20_000).map((value, i) => (i % 10 === 3 ? Number.NaN : value));
    const tau = integratedAutocorrelationTime(values);
    expect(tau).toBeGreaterThan(6.5);
    expect(tau).toBeLessThan(9.5);
  });
});
