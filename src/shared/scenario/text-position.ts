/** Where in a text an offset is, for messages: `line 2, column 5`, or `character 14` in a text of one line. All count from 1. */
export function positionInText(text: string, offset: number): string {
  return text.includes('\n') ? lineAndColumn(text, offset) : `character ${offset + 1}`;
}

/** `line 2, column 5`; columns are UTF-16 code units. */
export function lineAndColumn(text: string, offset: number): string {
  return new LinePlaces(text).at(offset);
}

/** Places in one text, asked for in ascending order: the text is gone through once, however many there are. */
export class LinePlaces {
  private line = 1;
  private lineStart = 0;

  constructor(private readonly text: string) {}

  /** `line 2, column 5` */
  at(offset: number): string {
    const { text } = this;
    for (let at = text.indexOf('\n', this.lineStart); at !== -1 && at < offset; at = text.indexOf('\n', at + 1)) {
      this.line++;
      this.lineStart = at + 1;
    }
    return `line ${this.line}, column ${offset - this.lineStart + 1}`;
  }
}
