import { expect, it } from 'vitest';
import { usableShortcut } from '../../../src/renderer/app/usable-shortcut';
import { ACTION_LIST } from '../../../src/shared/api/action-list';

it('is that of the list, but for the one by which a browser opens a window of its own', () => {
  for (const action of ACTION_LIST) {
    expect(usableShortcut(action, { host: 'desktop' })).toBe(action.shortcut);
    expect(usableShortcut(action, { host: 'browser' })).toBe(action.id === 'document.new' ? null : action.shortcut);
  }
});
