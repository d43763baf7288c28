import { describe, expect, it } from 'vitest';
import {
  chiSquare,
  countInto,
  deviate,
  kolmogorovSmirnov,
  normalDistribution,
  unevenness,
} from '../../../../support/goodness-of-fit';
import { drawNumbers, drawTexts, packed, programOf } from '../program-fixture';

describe('constant', () => {
  it('is part of the constant text', () => {
    expect(programOf().compile('a{{constant(1.50)}}{{constant("b")}}{{constant(null)}}', 'text').constant).toBe('a1.5bnull');
  });
});

describe('randomInteger', () => {
  it('is even over its range with both ends', () => {
    const values = drawNumbers('randomInteger(1, 100)', 50_000);
    expect(values.every((value) => Number.isInteger(value))).toBe(true);
    expect(Math.min(...values.slice(0, 5000))).toBe(1);
    expect(Math.max(...values.slice(0, 5000))).toBe(100);
    expect(Math.abs(unevenness(countInto(100, values, 0.5, 100.5)))).toBeLessThan(3.5);
  });

  it('takes negative and single values', () => {
    expect(new Set(drawNumbers('randomInteger(-1, 1)', 200))).toEqual(new Set([-1, 0, 1]));
    expect(new Set(drawNumbers('randomInteger(7, 7)', 20))).toEqual(new Set([7]));
  });
});

describe('randomNumber', () => {
  it('is uniform', () => {
    const values = drawNumbers('randomNumber(-5, 15)', 20_000);
    expect(kolmogorovSmirnov(values, (value) => (value + 5) / 20)).toBeLessThan(1.95);
  });

  it('rounds to decimals and stays within its range', () => {
    const texts = drawTexts('randomNumber(0, 100, 2)', 5000);
    expect(texts.every((text) => /^\d+(\.\d{1,2})?$/.test(text))).toBe(true);
    expect(texts.some((text) => /\.\d\d$/.test(text))).toBe(true);
    const narrow = drawNumbers('randomNumber(0.14, 0.16, 1)', 200);
    expect(narrow.every((value) => value >= 0.14 && value <= 0.16)).toBe(true);
    expect(new Set(drawNumbers('randomNumber(0, 3, 0)', 500))).toEqual(new Set([0, 1, 2, 3]));
  });

  it('leaves numbers that have no decimals left to round', () => {
    const values = drawNumbers('randomNumber(1e15, 2e15, 12)', 100);
    expect(values.every((value) => value >= 1e15 && value <= 2e15)).toBe(true);
    expect(new Set(values).size).toBe(100);
  });
});

describe('gaussian', () => {
  it('is normal', () => {
    const values = drawNumbers('gaussian(21, 1.5)', 20_000);
    expect(kolmogorovSmirnov(values, (value) => normalDistribution((value - 21) / 1.5))).toBeLessThan(1.95);
  });

  it('clamps to min and max', () => {
    const values = drawNumbers('gaussian(0, 1, -1, 0.5)', 20_000);
    expect(values.every((value) => value >= -1 && value <= 0.5)).toBe(true);
    const atMin = values.filter((value) => value === -1).length / values.length;
    const atMax = values.filter((value) => value === 0.5).length / values.length;
    expect(atMin).toBeCloseTo(normalDistribution(-1), 1);
    expect(atMax).toBeCloseTo(1 - normalDistribution(0.5), 1);
  });

  it('rounds', () => {
    expect(drawTexts('gaussian(21, 1.5, null, null, 1)', 500).every((text) => /^\d+(\.\d)?$/.test(text))).toBe(true);
  });
});

describe('choice', () => {
  it('is even without weights', () => {
    const values = drawNumbers('choice(0, 1, 2, 3, 4, 5, 6)', 20_000);
    expect(Math.abs(unevenness(countInto(7, values, -0.5, 6.5)))).toBeLessThan(3.5);
  });

  it('follows weights, and never takes a value of weight 0', () => {
    const weights = [5, 0, 1, 2.5, 0.5, 0];
    const program = programOf({
      variables: [{ name: 'x', generator: { kind: 'choice', values: [0, 1, 2, 3, 4, 5], weights }, refresh: 'use' }],
    });
    const scope = program.createScope(0);
    const slot = program.variableSlot('x');
    const draws = 45_000;
    const counts = countInto(
      6,
      Array.from({ length: draws }, () => Number(scope.get(slot))),
      -0.5,
      5.5,
    );
    expect([counts[1], counts[5]]).toEqual([0, 0]);
    const drawn = [0, 2, 3, 4];
    const statistic = chiSquare(
      drawn.map((value) => counts[value] ?? 0),
      drawn.map((value) => ((weights[value] ?? 0) / 9) * draws),
    );
    expect(Math.abs(deviate(statistic, 3))).toBeLessThan(3.5);
  });
});

describe('uuid', () => {
  it('is version 4 with evenly distributed digits', () => {
    const texts = drawTexts('uuid()', 5000);
    expect(texts.every((text) => /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(text))).toBe(true);
    expect(new Set(texts).size).toBe(5000);
    const digits = texts.flatMap((text) => [...text.replaceAll('-', '')].filter((_, index) => index !== 12 && index !== 16));
    const counts = countInto(
      16,
      digits.map((digit) => Number.parseInt(digit, 16)),
      -0.5,
      15.5,
    );
    expect(Math.abs(unevenness(counts))).toBeLessThan(3.5);
  });
});

describe('every generator of chance', () => {
  it.each([
    'randomInteger(1, 1000000)',
    'randomNumber(0, 1)',
    'gaussian(0, 1)',
    'choice(1,2,3,4,5,6,7,8,9)',
    'uuid()',
    'randomWalk(0, 1)',
    'sine(60, 1, 0, 0, 1)',
    'csvColumn("d.csv", "id", "random")',
  ])('%s repeats itself at the same seed and node, and at no other', (call) => {
    const csv = {
      'd.csv': packed(
        ['id'],
        Array.from({ length: 1000 }, (_, row) => [`${row}`]),
      ),
    };
    const draw = (seed: number, node: number) => drawTexts(call, 20, { node, context: { seed, csv } });
    expect(draw(1, 3)).toEqual(draw(1, 3));
    expect(draw(2, 3)).not.toEqual(draw(1, 3));
    expect(draw(1, 4)).not.toEqual(draw(1, 3));
  });
});
