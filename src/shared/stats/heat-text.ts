/** Stands between the columns; none of them has it in it. */
const BETWEEN = ';';

/**
 * Heat columns of many seconds as one text, each column as JSON. So they are stored, and so they travel: a day has a million small arrays, which take a
 * second to make, and nobody needs them.
 */
export function heatText(columns: readonly string[]): string {
  return columns.join(BETWEEN);
}

/** Reads a text of columns without making them: what is in each cell that is not empty, column by column. */
export function readHeatText(text: string, take: (column: number, row: number, requests: number) => void): void {
  const [zero, nine, between] = ['0'.charCodeAt(0), '9'.charCodeAt(0), BETWEEN.charCodeAt(0)];
  let column = 0;
  let row = -1;
  /** -1: not within a number. */
  let number = -1;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code >= zero && code <= nine) {
      number = Math.max(0, number) * 10 + code - zero;
      continue;
    }
    if (code === between) column++;
    if (number === -1) continue;
    if (row === -1) row = number;
    else {
      take(column, row, number);
      row = -1;
    }
    number = -1;
  }
}
