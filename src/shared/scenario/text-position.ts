/** Where in a text an offset is, for messages: `line 2, column 5`, or `character 14` in a text of one line. All count from 1. */
export function positionInText(text: string, offset: number): string {
  return text.includes('\n') ? lineAndColumn(text, offset) : `character ${offset + 1}`;
}

/** `line 2, column 5`; columns are UTF-16 code units. */
export function lineAndColumn(text: string, offset: number): string {
  let line = 1;
  let lineStart = 0;
  for (let at = text.indexOf('\n'); at !== -1 && at < offset; at = text.indexOf('\n', at + 1)) {
    line++;
    lineStart = at + 1;
  }
  return `line ${line}, column ${offset - lineStart + 1}`;
}
