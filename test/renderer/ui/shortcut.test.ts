import { expect, it } from 'vitest';
import { type KeyPress, matchesShortcut, shortcutKeys } from '../../../src/renderer/ui/shortcut';

const press = (key: string, parts: Partial<KeyPress> = {}): KeyPress => ({
  key,
  code: '',
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  ...parts,
});

it('takes Ctrl for Mod, Command on Apple, and no other key beside', () => {
  expect(matchesShortcut(press('z', { ctrlKey: true }), 'Mod+Z', false)).toBe(true);
  expect(matchesShortcut(press('z', { metaKey: true }), 'Mod+Z', false)).toBe(false);
  expect(matchesShortcut(press('z', { metaKey: true }), 'Mod+Z', true)).toBe(true);
  expect(matchesShortcut(press('z', { ctrlKey: true, metaKey: true }), 'Mod+Z', false)).toBe(false);
  expect(matchesShortcut(press('Z', { ctrlKey: true, shiftKey: true }), 'Mod+Z', false)).toBe(false);
  expect(matchesShortcut(press('Z', { ctrlKey: true, shiftKey: true }), 'Mod+Shift+Z', false)).toBe(true);
  expect(matchesShortcut(press('z', { ctrlKey: true, altKey: true }), 'Mod+Z', false)).toBe(false);
});

it('takes signs with or without Shift, as layouts have them', () => {
  expect(matchesShortcut(press('/', { ctrlKey: true, shiftKey: true }), 'Mod+/', false)).toBe(true);
  expect(matchesShortcut(press('/', { ctrlKey: true }), 'Mod+/', false)).toBe(true);
});

it('takes the place of the key where the layout has no Latin letters, and for digits', () => {
  expect(matchesShortcut(press('я', { ctrlKey: true, code: 'KeyZ' }), 'Mod+Z', false)).toBe(true);
  expect(matchesShortcut(press('y', { ctrlKey: true, code: 'KeyZ' }), 'Mod+Z', false)).toBe(false);
  expect(matchesShortcut(press('&', { ctrlKey: true, code: 'Digit1' }), 'Mod+1', false)).toBe(true);
});

it('prints keys as they are called on the platform', () => {
  expect(shortcutKeys('Mod+Shift+Z', false)).toEqual(['Ctrl', 'Shift', 'Z']);
  expect(shortcutKeys('Mod+Shift+Z', true)).toEqual(['⌘', '⇧', 'Z']);
});
