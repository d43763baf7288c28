import { describe, expect, it } from 'vitest';
import {
  added,
  comparableIds,
  MAX_COMPARED,
  removed,
  replaced,
  runColor,
  runLetter,
  swapped,
  withLetter,
} from '../../../src/renderer/features/compare/compared-runs';
import { comparedWindows, windowWithin } from '../../../src/renderer/features/compare/compared-window';

describe('the runs of a comparison', () => {
  it('have letters and colours of their own', () => {
    const places = Array.from({ length: MAX_COMPARED }, (_, place) => place);
    expect(places.map(runLetter).join('')).toBe('ABCDEF');
    expect(new Set(places.map(runColor)).size).toBe(MAX_COMPARED);
    expect(runColor(1)).toBe('var(--accent)');
  });

  it('are each there once and not more than can be told apart', () => {
    expect(comparableIds([3, 3, 1])).toEqual([3, 1]);
    expect(comparableIds([1, 2, 3, 4, 5, 6, 7, 8])).toHaveLength(MAX_COMPARED);
    expect(added([3, 1], 3)).toEqual([3, 1]);
  });

  it('keep their letter in sentences that know two runs only', () => {
    expect(withLetter('B has no request in a steady, valid second.', 'D')).toBe('D has no request in a steady, valid second.');
    expect(withLetter('A has 3 requests, it takes 60 B.', 'C')).toBe('A has 3 requests, it takes 60 B.');
  });

  it('change places', () => {
    expect(swapped([1, 2, 3])).toEqual([2, 1, 3]);
    expect(swapped([1])).toEqual([1]);
    expect(replaced([1, 2, 3], 1, 9)).toEqual([1, 9, 3]);
    expect(replaced([1, 2, 3], 0, 3)).toEqual([3, 2, 1]);
    expect(removed([1, 2, 3], 2)).toEqual([1, 3]);
  });
});

describe('the window of a comparison', () => {
  it('is cut to what a run has of it', () => {
    expect(windowWithin({ from: 10.4, to: 20.2 }, 60)).toEqual({ from: 10, to: 21 });
    expect(windowWithin({ from: 50, to: 90 }, 60)).toEqual({ from: 50, to: 60 });
    expect(windowWithin({ from: 60, to: 90 }, 60)).toBeNull();
  });

  it('holds for both runs, and compares nothing where one has nothing of it', () => {
    expect(comparedWindows(null, { a: 60, b: 90 })).toEqual({});
    expect(comparedWindows({ from: 30, to: 80 }, { a: 60, b: 90 })).toEqual({
      windowA: { from: 30, to: 60 },
      windowB: { from: 30, to: 80 },
    });
    expect(comparedWindows({ from: 70, to: 80 }, { a: 60, b: 90 })).toBeNull();
  });
});
