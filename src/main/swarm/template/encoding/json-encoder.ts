import { numberText } from './number-text';
import type { ValueEncoder } from './value-encoder';

/** What JSON must escape, and surrogates, which need a look at their partner. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON forbids exactly these in a string.
const NOT_PLAIN = /["\\\u0000-\u001f\ud800-\udfff]/;

/** A value as JSON: texts quoted and escaped, numbers, true, false and null as they are. */
export function jsonEncoder(label: string): ValueEncoder {
  return (value) => {
    if (typeof value === 'number') return numberText(value, label);
    return typeof value === 'string' ? `"${escapeJson(value)}"` : `${value}`;
  };
}

/** A value for the inside of a JSON string: escaped, without quotes. */
export function jsonStringEncoder(label: string): ValueEncoder {
  return (value) => {
    if (typeof value === 'number') return numberText(value, label);
    return typeof value === 'string' ? escapeJson(value) : `${value}`;
  };
}

function escapeJson(value: string): string {
  return NOT_PLAIN.test(value) ? JSON.stringify(value.toWellFormed()).slice(1, -1) : value;
}

/** Follows JSON text piece by piece and knows whether its end is inside a string. */
export class JsonStringTracker {
  insideString = false;
  private escaped = false;

  advance(text: string): void {
    for (const character of text) {
      if (this.escaped) this.escaped = false;
      else if (character === '"') this.insideString = !this.insideString;
      else if (character === '\\') this.escaped = this.insideString;
    }
  }
}
