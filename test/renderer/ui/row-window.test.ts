import { describe, expect, it } from 'vitest';
import { rowWindow } from '../../../src/renderer/ui/row-window';

describe('the rows of a long list that are drawn', () => {
  it('are those in view and a few around them, and the heights add up to the whole list', () => {
    for (const scrollTop of [0, 1, 27, 28, 5000, 27_440, 99_999]) {
      const { from, to, above, below } = rowWindow({ count: 1000, rowHeight: 28, scrollTop, viewHeight: 560 });
      expect(above + (to - from) * 28 + below).toBe(28_000);
      expect(to - from).toBeLessThanOrEqual(20 + 2 * 12 + 1);
      const [first, last] = [Math.floor(scrollTop / 28), Math.min(999, Math.floor((scrollTop + 559) / 28))];
      if (first < 1000) {
        expect(from).toBeLessThanOrEqual(first);
        expect(to).toBeGreaterThan(last);
      }
    }
  });

  it('are none of an empty list and all of a short one', () => {
    expect(rowWindow({ count: 0, rowHeight: 28, scrollTop: 0, viewHeight: 560 })).toEqual({ from: 0, to: 0, above: 0, below: 0 });
    expect(rowWindow({ count: 5, rowHeight: 28, scrollTop: 0, viewHeight: 560 })).toEqual({ from: 0, to: 5, above: 0, below: 0 });
  });
});
