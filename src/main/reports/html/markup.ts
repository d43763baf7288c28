import { visibleText } from '../../../shared/text/visible-text';

/** Text that is HTML already. Made by `html` and `trusted` only. */
export class Markup {
  constructor(readonly text: string) {}
}

export type Insert = Markup | string | number | null | Insert[];

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/**
 * Builds HTML. Whatever is inserted is text and comes out as text, in element content and in quoted attributes alike, unless it is `Markup`
 * itself. Null inserts nothing, a list its elements.
 */
export function html(strings: TemplateStringsArray, ...inserts: Insert[]): Markup {
  return new Markup(strings.reduce((text, piece, i) => text + insertText(inserts[i - 1] ?? null) + piece));
}

/** Takes text of our own (style, script) as it is. Never for anything that came from a scenario or a backend. */
export function trusted(text: string): Markup {
  return new Markup(text);
}

/**
 * JSON that can stand in a script element: nothing in it can end the element or begin a comment.
 */
export function embeddedJson(value: unknown): Markup {
  const escaped = JSON.stringify(value).replace(/[<>&\u2028\u2029]/g, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
  return new Markup(escaped);
}

function insertText(insert: Insert): string {
  if (insert === null) return '';
  if (insert instanceof Markup) return insert.text;
  if (Array.isArray(insert)) return insert.map(insertText).join('');
  return visibleText(String(insert)).replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}
