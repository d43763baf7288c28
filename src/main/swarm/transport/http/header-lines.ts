import { fromBinaryString } from './binary-string';

/*
 * Header lines are kept as one string, as they go over the wire: `host: h\r\naccept: *\/*\r\n`, Latin-1. The functions here are for the few
 * requests that need to look into it.
 */

/** Values of a header in an answer's head (status line first) or in request header lines, in order; names compare without case. */
export function headerValues(lines: string, name: string): string[] {
  const wanted = name.toLowerCase();
  const values: string[] = [];
  for (const line of lines.split('\r\n')) {
    const colon = line.indexOf(':');
    if (colon === wanted.length && line.slice(0, colon).toLowerCase() === wanted) {
      values.push(fromBinaryString(line.slice(colon + 1).trim()));
    }
  }
  return values;
}

/** Request header lines without the headers named (in lower case). */
export function withoutHeaders(lines: string, names: readonly string[]): string {
  let kept = '';
  for (const line of lines.split('\r\n')) {
    if (line === '') continue;
    if (!names.includes(line.slice(0, line.indexOf(':')).toLowerCase())) kept += `${line}\r\n`;
  }
  return kept;
}

/** Request header lines with every value replaced for which `replace` has another one. */
export function mapHeaderValues(lines: string, replace: (name: string, value: string) => string): string {
  return lines
    .split('\r\n')
    .map((line) => {
      const colon = line.indexOf(':');
      if (colon <= 0) return line;
      return `${line.slice(0, colon)}: ${replace(line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim())}`;
    })
    .join('\r\n');
}
