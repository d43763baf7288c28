import { expect, it } from 'vitest';
import { rowAfterKey } from '../../../src/renderer/ui/row-keys';

it.each([
  ['ArrowDown', 3, 4],
  ['ArrowDown', 19, 19],
  ['ArrowUp', 0, 0],
  ['PageDown', 3, 13],
  ['PageDown', 15, 19],
  ['PageUp', 3, 0],
  ['Home', 7, 0],
  ['End', 7, 19],
  ['a', 7, null],
])('%s from row %d of 20 leads to %s', (key, from, to) => {
  expect(rowAfterKey(key, from, 20)).toBe(to);
});

it('leads nowhere in an empty table', () => {
  expect(rowAfterKey('End', 0, 0)).toBeNull();
});
