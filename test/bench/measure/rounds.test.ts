import { describe, expect, test } from 'vitest';
import { alternate, median, pairedRatios, spreadOf } from './rounds';

describe('rounds', () => {
  test('the median of odd, even and no figures', () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(median([4, 1, 3, 2])).toBe(2.5);
    expect(median([])).toBeNaN();
  });

  test('the spread leaves out rounds without a figure', () => {
    expect(spreadOf([5, null, 1, 3])).toEqual({ median: 3, low: 1, high: 5, count: 3 });
    expect(spreadOf([null])).toBeNull();
    expect(spreadOf([0])).toEqual({ median: 0, low: 0, high: 0, count: 1 });
  });

  test('ratios are taken round by round, so a drift that meets both drops out', () => {
    const speed = [1, 0.5, 2, 0.25, 1];
    const ratios = pairedRatios(
      speed.map((factor) => 90 * factor),
      speed.map((factor) => 100 * factor),
    );
    expect(ratios).toEqual([0.9, 0.9, 0.9, 0.9, 0.9]);
  });

  test('a round in which one is missing has no ratio', () => {
    expect(pairedRatios([10, null, 30, 40], [5, 5, null])).toEqual([2, null, null, null]);
    expect(pairedRatios([1], [0])).toEqual([null]);
  });

  test('contenders go forwards and backwards in turn', async () => {
    const order: string[] = [];
    const contender = (name: string) => ({
      name,
      measure: async () => order.push(name),
    });
    const told: string[] = [];
    const figures = await alternate(['a', 'b', 'c'].map(contender), 3, {
      measured: (round, name, figure) => told.push(`${round} ${name} ${figure}`),
      failed: () => {},
    });
    expect(order.join('')).toBe('abccbaabc');
    expect(figures.get('b')).toEqual([2, 5, 8]);
    expect(told.slice(0, 4)).toEqual(['0 a 1', '0 b 2', '0 c 3', '1 c 4']);
  });

  test('one that fails is told and left out from then on; its rounds stay aligned', async () => {
    let calls = 0;
    const failed: string[] = [];
    const flaky = {
      name: 'flaky',
      measure: async () => {
        calls++;
        if (calls === 2) throw new Error('it fell over');
        return 7;
      },
    };
    const figures = await alternate([flaky, { name: 'steady', measure: async () => 14 }], 4, {
      measured: () => {},
      failed: (name, why) => failed.push(`${name}: ${why}`),
    });
    expect(calls).toBe(2);
    expect(failed).toEqual(['flaky: it fell over']);
    expect(figures.get('flaky')).toEqual([7, null, null, null]);
    expect(pairedRatios(figures.get('flaky') ?? [], figures.get('steady') ?? [])).toEqual([0.5, null, null, null]);
  });
});
