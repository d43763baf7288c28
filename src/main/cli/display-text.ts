import { stripVTControlCharacters } from 'node:util';
import stringWidth from 'string-width';
import { DECEPTIVE } from '../../shared/text/visible-text';

const graphemes = new Intl.Segmenter();

/** Tabs and line breaks, too: what is printed is one line. */
const RUNS_OF_DECEPTIVE = new RegExp(`(?:${DECEPTIVE.source}|[\\t\\n])+`, 'gu');

/**
 * Text from elsewhere (a backend's answer, a scenario's names) made safe for a terminal: no escape sequences, no control characters, one line.
 */
export function printable(text: string): string {
  return stripVTControlCharacters(text).replace(RUNS_OF_DECEPTIVE, ' ').trim();
}

/** Cuts `text` to `width` columns of a terminal; a cut is marked with an ellipsis. Wide characters count two. */
export function cut(text: string, width: number): string {
  if (stringWidth(text) <= width) return text;
  if (width <= 1) return width === 1 ? '…' : '';
  let kept = '';
  let used = 0;
  for (const { segment } of graphemes.segment(text)) {
    const next = stringWidth(segment);
    if (used + next > width - 1) break;
    kept += segment;
    used += next;
  }
  return `${kept}…`;
}

/** Fills `text` up to `width` columns of a terminal. */
export function pad(text: string, width: number, align: 'left' | 'right'): string {
  const fill = ' '.repeat(Math.max(0, width - stringWidth(text)));
  return align === 'left' ? text + fill : fill + text;
}

/** Columns of a terminal that `text` takes. */
export function displayWidth(text: string): number {
  return stringWidth(text);
}

/** Breaks a sentence into lines of at most `width` columns, at spaces where there are any. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && stringWidth(longer) > width) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return [...lines, line];
}
