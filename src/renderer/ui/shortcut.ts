/** Whether the platform's keyboards have a Command key. */
export function isApple(platform: string = navigator.platform): boolean {
  return /mac|iphone|ipad/i.test(platform);
}

/** The parts of a shortcut as printed on the keys: `Mod+Shift+Z` is Ctrl, Shift, Z or ⌘, ⇧, Z. */
export function shortcutKeys(shortcut: string, apple: boolean): string[] {
  const names: Record<string, string> = apple
    ? { Mod: '⌘', Shift: '⇧', Alt: '⌥', Enter: '↩', Escape: 'esc' }
    : { Mod: 'Ctrl', Escape: 'Esc' };
  return shortcut.split('+').map((key) => names[key] ?? key);
}

/** What `matchesShortcut` looks at of a keyboard event. */
export type KeyPress = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>;

/** Whether a key press is the shortcut. Letters and digits go by the character, or by the place of the key on layouts without Latin letters. */
export function matchesShortcut(press: KeyPress, shortcut: string, apple: boolean): boolean {
  const parts = shortcut.split('+');
  const key = parts[parts.length - 1] ?? '';
  const mod = apple ? press.metaKey : press.ctrlKey;
  const otherMod = apple ? press.ctrlKey : press.metaKey;
  if (mod !== parts.includes('Mod') || otherMod) return false;
  if (press.altKey !== parts.includes('Alt')) return false;
  // A sign such as "?" is typed with Shift on some layouts and without on others.
  const isSign = key.length === 1 && !/[a-z0-9]/i.test(key);
  if (!isSign && press.shiftKey !== parts.includes('Shift')) return false;
  if (press.key.toLowerCase() === key.toLowerCase()) return true;
  const isForeign = press.key.length === 1 && press.key.charCodeAt(0) > 127;
  return (isForeign && press.code === `Key${key.toUpperCase()}`) || (/^\d$/.test(key) && press.code === `Digit${key}`);
}
