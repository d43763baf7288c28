import { expect, it } from 'vitest';
import { isOffered, usableShortcut } from '../../../src/renderer/app/usable-shortcut';
import { ACTION_LIST, type ActionDescription } from '../../../src/shared/api/action-list';

it('is that of the list, but in a browser not the one by which it opens a window of its own, nor those of actions that it has not', () => {
  for (const action of ACTION_LIST) {
    expect(usableShortcut(action, { host: 'desktop' })).toBe(action.shortcut);
    expect(usableShortcut(action, { host: 'browser' })).toBe(
      action.id === 'document.new' || action.id === 'document.saveAs' ? null : action.shortcut,
    );
  }
});

it('has no "Save as…" in a browser, which saves every time anew', () => {
  const actions: readonly ActionDescription[] = ACTION_LIST;
  const offered = (host: 'desktop' | 'browser') => actions.filter((action) => isOffered(action, { host })).map(({ id }) => id);
  expect(offered('desktop')).toEqual(ACTION_LIST.map(({ id }) => id));
  expect(offered('browser')).toEqual(ACTION_LIST.map(({ id }) => id).filter((id) => id !== 'document.saveAs'));
});
