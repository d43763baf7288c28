import { expect, it } from 'vitest';
import { formatView, parseView, type View } from '../../../src/renderer/app/view-location';

it.each<[View, string]>([
  [{ name: 'welcome' }, '#/welcome'],
  [{ name: 'editor' }, '#/editor'],
  [{ name: 'live', runId: 'current' }, '#/live'],
  [{ name: 'live', runId: 12 }, '#/live/12'],
  [{ name: 'history' }, '#/history'],
  [{ name: 'compare', runIds: [] }, '#/compare'],
  [{ name: 'compare', runIds: [12, 14, 9] }, '#/compare/12,14,9'],
  [{ name: 'compare', runIds: [12, 14], window: { from: 30, to: 90 } }, '#/compare/12,14/30-90'],
  [{ name: 'settings' }, '#/settings'],
])('%j is %s and back', (view, fragment) => {
  expect(formatView(view)).toBe(fragment);
  expect(parseView(fragment)).toEqual(view);
});

it.each(
  [
    ['', '#', '#/', '#/nowhere', '#/live/0', '#/live/x', '#/live/1/2', '#/compare/1,x', '#/history/3', '#token=abc'],
    ['#/compare/1,2/30', '#/compare/1,2/90-30', '#/compare/1,2/30-90/1', '#/compare/1,2/a-b', '#/editor/x/30-90'],
  ].flat(),
)('%s names no view', (fragment) => {
  expect(parseView(fragment)).toBeNull();
});
