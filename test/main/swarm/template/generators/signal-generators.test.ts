import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { kolmogorovSmirnov, normalDistribution } from '../../../../support/goodness-of-fit';
import { programOf, renderAt } from '../program-fixture';

/** The value of an inline generator at each of the hours, for a node that was born at `bornHours`. */
function signal(call: string, hours: number[], bornHours = 0): number[] {
  const program = programOf();
  const template = program.compile(`{{${call}}}`, 'text');
  const scope = program.createScope(0);
  scope.beginTask(bornHours * 3_600_000_000);
  return hours.map((hour) => renderAt(template, scope, hour));
}

describe('sine', () => {
  it('is mean + amplitude * sin(2π (t / period + phase))', () => {
    const quarter = 0.25 / 60; // of a period of one minute, in hours
    const found = signal('sine(60, 5, 20)', [0, quarter, 2 * quarter, 3 * quarter, 4 * quarter]);
    [20, 25, 20, 15, 20].forEach((value, index) => {
      expect(found[index]).toBeCloseTo(value, 9);
    });
    expect(signal('sine(60, 5, 20, 0.25)', [0])[0]).toBeCloseTo(25, 9);
    expect(signal('sine(60, 5, 20, 0.25, 0, 1)', [0.1 / 60])[0]).toBe(24);
  });

  it('depends on the time of the run, not on when the node was born or how often it was asked', () => {
    expect(signal('sine(3600, 5)', [7.3], 7)).toEqual(signal('sine(3600, 5)', [1, 2, 3.3, 7.3], 0).slice(3));
  });

  it('adds normal noise', () => {
    const program = programOf();
    const template = program.compile('{{sine(60, 0, 3, 0, 0.5)}}', 'text');
    const scope = program.createScope(0);
    const values = Array.from({ length: 10_000 }, (_, index) => renderAt(template, scope, index));
    expect(kolmogorovSmirnov(values, (value) => normalDistribution((value - 3) / 0.5))).toBeLessThan(1.95);
  });
});

describe('battery', () => {
  it('drains from full to empty, recharges to full, and so on', () => {
    // 100 to 0 in 20 h, back in 2 h.
    expect(signal('battery(5, 50)', [0, 1, 10, 20, 21, 22, 32, 42, 43, 44])).toEqual([100, 95, 50, 0, 50, 100, 50, 0, 50, 100]);
  });

  it('begins at start and lives between empty and full', () => {
    // 3.6 to 3 in 6 h, to 4.2 in 1.2 h, to 3 in 12 h.
    const found = signal('battery(0.1, 1, 4.2, 3, 3.6, 6)', [0, 3, 6, 6.6, 7.2, 13.2, 19.2, 19.8]);
    expect(found).toEqual([3.6, 3.3, 3, 3.6, 4.2, 3.6, 3, 3.6]);
  });

  it("counts from the node's birth", () => {
    expect(signal('battery(5, 50)', [8, 9, 18], 8)).toEqual([100, 95, 50]);
  });

  it('is a function of time alone: how often it was asked changes nothing, and years do not drift', () => {
    expect(signal('battery(5, 50)', [1, 2, 3, 4.5])[3]).toBe(signal('battery(5, 50)', [4.5])[0]);
    const [first, later] = signal('battery(5, 50)', [7, 7 + 22 * 1000]);
    expect(later).toBeCloseTo(first ?? 0, 6);
  });

  it('changes by the drain or the recharge and by nothing else', () => {
    const hour = fc.double({ min: 0, max: 500, noNaN: true });
    fc.assert(
      fc.property(hour, fc.double({ min: 0.001, max: 0.1, noNaN: true }), (at, step) => {
        const [before = 0, after = 0] = signal('battery(5, 50)', [at, at + step]);
        expect(after - before).toBeGreaterThanOrEqual(-5 * step - 1e-6);
        expect(after - before).toBeLessThanOrEqual(50 * step + 1e-6);
        expect(after >= 0 && after <= 100).toBe(true);
      }),
      { seed: 3, numRuns: 300 },
    );
  });
});
