import { describe, expect, it } from 'vitest';
import { cursorKey } from '../../../src/renderer/charts/cursor-keys';

const range = { from: 0, to: 100 };
const press = (
  key: string,
  cursor: number | null,
  options: { shift?: boolean; selection?: { from: number; to: number }; step?: number } = {},
) => cursorKey(key, options.shift ?? false, cursor, options.selection ?? null, range, options.step ?? 1);

describe('keys of a time chart', () => {
  it('moves by a point, by a tenth, to the ends', () => {
    expect(press('ArrowRight', 10)).toEqual({ kind: 'move', second: 11 });
    expect(press('ArrowLeft', 10, { step: 5 })).toEqual({ kind: 'move', second: 5 });
    expect(press('PageUp', 10)).toEqual({ kind: 'move', second: 20 });
    expect(press('Home', 10)).toEqual({ kind: 'move', second: 0 });
    expect(press('End', 10)).toEqual({ kind: 'move', second: 99 });
  });

  it('begins at the first second and stays within what is shown', () => {
    expect(press('ArrowRight', null)).toEqual({ kind: 'move', second: 0 });
    expect(press('ArrowLeft', 0)).toEqual({ kind: 'move', second: 0 });
    expect(press('ArrowRight', 99)).toEqual({ kind: 'move', second: 99 });
  });

  it('selects with Shift, from where the cursor was, in both directions', () => {
    expect(press('ArrowRight', 10, { shift: true })).toEqual({ kind: 'extend', selection: { from: 10, to: 11 }, second: 11 });
    expect(press('ArrowRight', 11, { shift: true, selection: { from: 10, to: 11 } })).toEqual({
      kind: 'extend',
      selection: { from: 10, to: 12 },
      second: 12,
    });
    expect(press('PageDown', 12, { shift: true, selection: { from: 10, to: 12 } })).toEqual({
      kind: 'extend',
      selection: { from: 10, to: 2 },
      second: 2,
    });
  });

  it('zooms to a selection and goes back', () => {
    expect(press('Enter', 10)).toBeNull();
    expect(press('Enter', 10, { selection: { from: 5, to: 10 } })).toEqual({ kind: 'zoom' });
    expect(press('Escape', 10)).toEqual({ kind: 'reset' });
    expect(press('a', 10)).toBeNull();
  });
});
