import type { Scalar } from '../../../../shared/scenario/schema';

/**
 * What a text in a value field stands for: numbers, true, false and null are meant as such, a text in double quotes is that text (`"5"`
 * is the text 5), and everything else is a text as it is.
 */
export function scalarOf(text: string): Scalar {
  const trimmed = text.trim();
  if (/^(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|"(?:[^"\\]|\\.)*")$/.test(trimmed)) {
    const value = readJson(trimmed);
    if (typeof value !== 'number' || Number.isFinite(value)) return value;
  }
  return text;
}

/** How a value is written so that `scalarOf` reads the same value: a text that would be read as something else stands in quotes. */
export function scalarText(value: unknown): string {
  if (typeof value === 'string') return scalarOf(value) === value && value.trim() === value ? value : JSON.stringify(value);
  return value === undefined ? '' : JSON.stringify(value);
}

/** What kind of value a text stands for, in a word. */
export function scalarKind(value: unknown): string {
  if (value === null) return 'null';
  switch (typeof value) {
    case 'number':
      return 'number';
    case 'boolean':
      return 'true or false';
    case 'string':
      return 'text';
    default:
      return '';
  }
}

/** A malformed escape within quotes makes it a text as it is. */
function readJson(text: string): Scalar {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
