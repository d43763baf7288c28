import type { MenuItemConstructorOptions } from 'electron';
import { describe, expect, it, vi } from 'vitest';
import { type MenuContext, menuTemplate } from '../../../src/main/desktop/menu-template';
import { ACTION_LIST, type ActionDescription } from '../../../src/shared/api/action-list';

const CONTEXT: MenuContext = { platform: 'linux', appName: 'Nodeswarm', running: false, packaged: true, onAction: () => {} };

function itemsOf(template: MenuItemConstructorOptions[]): MenuItemConstructorOptions[] {
  return template.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? itemsOf(item.submenu) : [])]);
}

describe('the action list', () => {
  const actions: readonly ActionDescription[] = ACTION_LIST;

  it('names every action once and gives no shortcut twice', () => {
    const ids = actions.map(({ id }) => id);
    const shortcuts = actions.flatMap(({ shortcut }) => (shortcut === null ? [] : [shortcut]));
    expect(new Set(ids).size).toBe(ids.length);
    expect(new Set(shortcuts).size).toBe(shortcuts.length);
  });
});

describe('the menu bar', () => {
  it.each(['linux', 'win32', 'darwin'] as const)('holds every action once on %s', (platform) => {
    const ids = itemsOf(menuTemplate({ ...CONTEXT, platform })).flatMap(({ id }) => (id === undefined ? [] : [id]));
    expect(ids.toSorted()).toEqual(ACTION_LIST.map(({ id }) => id as string).toSorted());
  });

  it('shows shortcuts without taking the keys from the page', () => {
    const save = itemsOf(menuTemplate(CONTEXT)).find(({ id }) => id === 'document.save');
    expect(save).toMatchObject({ accelerator: 'CmdOrCtrl+S', registerAccelerator: false });
  });

  it.each([
    [false, true, false],
    [true, false, true],
  ])('offers what fits while a run is on: %s', (running, canStart, canStop) => {
    const items = itemsOf(menuTemplate({ ...CONTEXT, running }));
    expect(items.find(({ id }) => id === 'run.start')?.enabled).toBe(canStart);
    expect(items.find(({ id }) => id === 'run.stop')?.enabled).toBe(canStop);
  });

  it('carries an action out by its id', () => {
    const onAction = vi.fn();
    const item = itemsOf(menuTemplate({ ...CONTEXT, onAction })).find(({ id }) => id === 'view.history');
    const click = item?.click as (() => void) | undefined;
    click?.();
    expect(onAction).toHaveBeenCalledExactlyOnceWith('view.history');
  });

  it('keeps the developer tools out of what users get', () => {
    const roles = (packaged: boolean) => itemsOf(menuTemplate({ ...CONTEXT, packaged })).map(({ role }) => role);
    expect(roles(true)).not.toContain('toggleDevTools');
    expect(roles(false)).toContain('toggleDevTools');
  });
});
