import { expect, it } from 'vitest';
import { sparklinePath } from '../../../src/renderer/ui/sparkline-path';

it('goes from the left to the right edge, zero at the bottom, the highest value on top', () => {
  expect(sparklinePath([0, 10, 5], 100, 22)).toBe('M0 21L50 1L100 11');
});

it('breaks where nothing is known, and draws a lone value as a dot', () => {
  expect(sparklinePath([1, null, 1, 1], 90, 12)).toBe('M0 1h0.01M60 1L90 1');
  expect(sparklinePath([null, null], 90, 12)).toBe('');
  expect(sparklinePath([], 90, 12)).toBe('');
});

it('stays within its height when all values are the same or below zero', () => {
  expect(sparklinePath([0, 0], 10, 10)).toBe('M0 9L10 9');
  expect(sparklinePath([-4, 4], 10, 10)).toBe('M0 9L10 1');
});
