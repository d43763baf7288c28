/** A stretch of a text, UTF-16 code units. */
export interface TextRange {
  from: number;
  to: number;
}

/** Messages say where in a text a mistake is in the words of `positionInText`; the last such place counts. */
const PLACE = /(?:line (\d+), column (\d+)|character (\d+))(?!.*(?:line \d+, column \d+|character \d+))/s;

/** The stretch of a text that a problem's message speaks of: a whole placeholder, a word, or a character. null when it names no place. */
export function problemRange(message: string, text: string): TextRange | null {
  const match = PLACE.exec(message);
  if (!match) return null;
  const [, line, column, character] = match;
  const from = character === undefined ? offsetOf(text, Number(line), Number(column)) : Number(character) - 1;
  return from < 0 || from > text.length ? null : { from, to: endOf(text, from) };
}

function offsetOf(text: string, line: number, column: number): number {
  let start = 0;
  for (let at = 1; at < line; at++) {
    const end = text.indexOf('\n', start);
    if (end === -1) return text.length;
    start = end + 1;
  }
  return Math.min(start + column - 1, text.length);
}

function endOf(text: string, from: number): number {
  if (text.startsWith('{{', from)) {
    const close = text.indexOf('}}', from);
    const open = text.indexOf('{{', from + 2);
    if (close !== -1 && (open === -1 || close < open)) return close + 2;
    return from + 2;
  }
  const word = /^[\w.-]+/.exec(text.slice(from, from + 200))?.[0].length ?? 1;
  return Math.min(text.length, from + word);
}
