import { visibleText } from './visible-text';

/** A fragment (`connect ECONNREFUSED`) as a sentence: with a capital at its beginning and a full stop at its end. Nothing stays nothing. */
export function asSentence(text: string): string {
  const trimmed = text.trim();
  if (trimmed === '') return '';
  return `${trimmed.charAt(0).toUpperCase()}${trimmed.slice(1)}${/[.!?…]$/.test(trimmed) ? '' : '.'}`;
}

/** The same of a text that comes from elsewhere, with characters that deceive written out. */
export function visibleSentence(text: string): string {
  return asSentence(visibleText(text));
}
