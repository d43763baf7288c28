/**
 * Characters that are not seen but change what is seen, or that a page must not contain: controls, text-direction marks and overrides,
 * line and paragraph separators, zero-width spaces, tags, halves of surrogate pairs. (Joiners stay: emoji and several scripts need them.)
 */
export const DECEPTIVE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it is about.
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}\ud800-\udfff]/gu;

/** The text with such characters written out (`⟨U+202E⟩`), so that a reader sees what was really there. */
export function visibleText(text: string): string {
  return text
    .replaceAll('\r\n', '\n')
    .replace(DECEPTIVE, (character) => `⟨U+${codePoint(character).toString(16).toUpperCase().padStart(4, '0')}⟩`);
}

function codePoint(character: string): number {
  return character.codePointAt(0) ?? 0;
}
