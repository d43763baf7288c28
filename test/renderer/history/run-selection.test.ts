import { describe, expect, it } from 'vitest';
import {
  extendedTo,
  NOTHING_SELECTED,
  type RunSelection,
  toggled,
  toggledAll,
  withinSight,
} from '../../../src/renderer/features/history/run-selection';

const order = [9, 7, 5, 3, 1];
const ids = (selection: RunSelection) => [...selection.ids].sort((a, b) => a - b);

describe('choosing runs', () => {
  it('toggles one at a time', () => {
    const two = toggled(toggled(NOTHING_SELECTED, 9), 5);
    expect(ids(two)).toEqual([5, 9]);
    expect(ids(toggled(two, 9))).toEqual([5]);
  });

  it('extends a range from where it began, in either direction, in the order shown', () => {
    const begun = toggled(NOTHING_SELECTED, 7);
    expect(ids(extendedTo(begun, 3, order))).toEqual([3, 5, 7]);
    expect(ids(extendedTo(begun, 9, order))).toEqual([7, 9]);
    expect(ids(extendedTo(extendedTo(begun, 3, order), 1, order))).toEqual([1, 3, 5, 7]);
  });

  it('begins at the run itself when there is no anchor in sight', () => {
    expect(extendedTo(NOTHING_SELECTED, 5, order)).toEqual({ ids: new Set([5]), anchor: 5 });
    expect(ids(extendedTo(toggled(NOTHING_SELECTED, 42), 5, order))).toEqual([5, 42]);
  });

  it('chooses all and drops all', () => {
    const all = toggledAll(toggled(NOTHING_SELECTED, 3), order);
    expect(ids(all)).toEqual([1, 3, 5, 7, 9]);
    expect(ids(toggledAll(all, order))).toEqual([]);
  });

  it('keeps nothing chosen that is out of sight', () => {
    const selection = extendedTo(toggled(NOTHING_SELECTED, 9), 5, order);
    expect(withinSight(selection, order)).toBe(selection);
    expect(withinSight(selection, [7, 5])).toEqual({ ids: new Set([7, 5]), anchor: null });
  });
});
