import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { numberText } from '../../../../../src/main/swarm/template/encoding/number-text';
import { TaskException } from '../../../../../src/main/swarm/template/task-exception';

function expectSameAsEngine(value: number): void {
  expect(numberText(value, '{{v}}')).toBe(String(value));
}

describe('numberText', () => {
  it.each([
    0,
    -0,
    1,
    -1,
    0.5,
    -0.5,
    0.001,
    -0.001,
    0.0005,
    0.1 + 0.2,
    1.005,
    99.999,
    1e9 - 0.001,
    1e9 + 0.001,
    1e21,
    1e-7,
    5e-324,
  ])('writes %d as JavaScript does', expectSameAsEngine);

  it('writes any number as JavaScript does', () => {
    fc.assert(fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), expectSameAsEngine), { seed: 1, numRuns: 3000 });
    fc.assert(fc.property(fc.double({ min: -2e9, max: 2e9, noNaN: true }), expectSameAsEngine), { seed: 2, numRuns: 3000 });
  });

  it('writes numbers of few decimals as JavaScript does', () => {
    const decimals = fc.tuple(fc.integer({ min: -2_000_000_000, max: 2_000_000_000 }), fc.integer({ min: 0, max: 12 }));
    fc.assert(
      fc.property(decimals, ([digits, places]) => expectSameAsEngine(digits / 10 ** places)),
      { seed: 3, numRuns: 5000 },
    );
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10 ** 12 }), (thousandths) => {
        for (const neighbour of [thousandths / 1000, (thousandths / 1000) * (1 + 2 ** -52), -thousandths / 1000])
          expectSameAsEngine(neighbour);
      }),
      { seed: 4, numRuns: 5000 },
    );
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])('refuses %d', (value) => {
    expect(() => numberText(value, '{{v}}')).toThrow(new TaskException('{{v}} is not a finite number'));
  });
});
