import { MAX_DEPTH, MAX_KEYS, MAX_VALUES, withoutNegativeZero } from './json-value';
import { type DocumentPath, ProblemReport, quote, type ScenarioProblem } from './problem';
import { LinePlaces, lineAndColumn } from './text-position';

/** A document of more text than this (UTF-16 code units) is refused. */
export const MAX_TEXT_LENGTH = 50_000_000;

/** A mistake in JSON text. `offset` counts UTF-16 code units. */
export class JsonSyntaxError extends Error {
  override name = 'JsonSyntaxError';
  readonly offset: number;
  readonly expected: string;

  constructor(message: string, expected: string, offset: number) {
    super(message);
    this.expected = expected;
    this.offset = offset;
  }
}

/**
 * Reads a document from JSON text. Stricter than `JSON.parse`: duplicate keys and `__proto__` are problems, size and depth are bounded;
 * and the place of a mistake is told by line and column.
 */
export function readJsonDocument(text: string): { value: unknown } | { problems: ScenarioProblem[] } {
  const report = new ProblemReport();
  if (text.length > MAX_TEXT_LENGTH) {
    report.error([], 'the document is larger than 50 MB', 'a smaller document: long lists of values belong in a CSV file');
    return { problems: report.finish() };
  }
  // Counted as part of the first line by no editor.
  const json = text.startsWith('\ufeff') ? text.slice(1) : text;
  try {
    const places = new LinePlaces(json);
    const value = new JsonReader(json, (path, message, expected, offset) => {
      report.error(path, report.isFull ? message : `${message} (${places.at(offset)})`, expected);
    }).readAll();
    return report.errors.length > 0 ? { problems: report.finish() } : { value };
  } catch (error) {
    if (!(error instanceof JsonSyntaxError)) throw error;
    report.error([], `${error.message} at ${lineAndColumn(json, error.offset)}`, error.expected);
    return { problems: report.finish() };
  }
}

/** Throws `JsonSyntaxError` unless the text is JSON. Duplicate keys are fine: they are legal, and a backend may be sent some. */
export function checkJsonSyntax(text: string): void {
  new JsonReader(text, () => {}).readAll();
}

type Complain = (path: DocumentPath, message: string, expected: string, offset: number) => void;

const WHITE_SPACE = /[ \t\n\r]*/y;
/** What may stand in a text as it is: all but control characters below U+0020, quotes and backslashes. */
const PLAIN_CHARACTERS = /[ !#-[\]-\u{10ffff}]*/uy;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const WORD = /[\w.+-]+/y;
const ESCAPES: Record<string, string> = { '"': '"', '\\': '\\', '/': '/', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

class JsonReader {
  private readonly text: string;
  private readonly complain: Complain;
  private readonly path: (string | number)[] = [];
  private at = 0;
  private values = 0;

  constructor(text: string, complain: Complain) {
    this.text = text;
    this.complain = complain;
  }

  readAll(): unknown {
    this.skipWhiteSpace();
    if (this.at === this.text.length) this.fail('there is no JSON here: the text is empty', 'a JSON value');
    const value = this.readValue();
    this.skipWhiteSpace();
    if (this.at < this.text.length) this.fail(`there is ${this.found()} after the end`, 'nothing more');
    return value;
  }

  private readValue(): unknown {
    if (++this.values > MAX_VALUES) {
      this.fail(`there are more than ${MAX_VALUES} values`, 'fewer: long lists of values belong in a CSV file');
    }
    switch (this.text[this.at]) {
      case '{':
        return this.readObject();
      case '[':
        return this.readList();
      case '"':
        return this.readString();
      default:
        return this.readWord();
    }
  }

  private readObject(): Record<string, unknown> {
    this.enter();
    const object: Record<string, unknown> = {};
    if (this.take('}')) return object;
    for (let keys = 0; ; keys++) {
      if (keys >= MAX_KEYS) this.fail(`there are more than ${MAX_KEYS} keys in one object`, 'fewer keys');
      const keyAt = this.at;
      if (this.text[this.at] !== '"') this.failAtKey();
      const key = this.readString();
      this.path.push(key);
      if (key === '__proto__') {
        this.complain(this.path, 'the key "__proto__" is not allowed', 'another name', keyAt);
      } else if (Object.hasOwn(object, key)) {
        this.complain(this.path, `the key ${quote(key)} appears twice`, 'each key once', keyAt);
      }
      this.skipWhiteSpace();
      if (!this.take(':')) this.fail(`there is ${this.found()} after the key ${quote(key)}`, 'a colon');
      const value = this.readValue();
      if (key !== '__proto__') object[key] = value;
      this.path.pop();
      if (this.closes('}')) return object;
    }
  }

  private readList(): unknown[] {
    this.enter();
    const list: unknown[] = [];
    if (this.take(']')) return list;
    for (;;) {
      this.path.push(list.length);
      list.push(this.readValue());
      this.path.pop();
      if (this.closes(']')) return list;
    }
  }

  private enter(): void {
    if (this.path.length >= MAX_DEPTH)
      this.fail(`lists and objects are nested more than ${MAX_DEPTH} deep`, 'a flatter document');
    this.at++;
    this.skipWhiteSpace();
  }

  /** After an entry of a list or object: true at its end, false when another entry follows. */
  private closes(bracket: '}' | ']'): boolean {
    this.skipWhiteSpace();
    if (this.take(bracket)) return true;
    if (!this.take(',')) this.fail(`there is ${this.found()} after a value`, `a comma or ${bracket}`);
    if (this.text[this.at] === bracket)
      this.fail(`there is a comma before the closing ${bracket}`, 'no comma after the last entry');
    return false;
  }

  private failAtKey(): never {
    const quoted = this.text[this.at] === "'";
    this.fail(
      `there is ${this.found()} where a key should be`,
      quoted ? 'double quotes around the key' : 'a key in double quotes',
    );
  }

  private readString(): string {
    const start = this.at++;
    let value = this.match(PLAIN_CHARACTERS);
    while (this.text[this.at] !== '"') {
      if (this.text[this.at] === '\\') value += this.readEscape();
      else if (this.at >= this.text.length) {
        this.at = start;
        this.fail('a text is never closed', 'a double quote at its end');
      } else this.fail('there is a line break or control character within a text', 'an escape such as \\n');
      if (this.text[this.at] !== '\\') value += this.match(PLAIN_CHARACTERS);
    }
    this.at++;
    return value;
  }

  private readEscape(): string {
    const letter = this.text[this.at + 1] ?? '';
    const simple = ESCAPES[letter];
    if (simple !== undefined) {
      this.at += 2;
      return simple;
    }
    const hex = this.text.slice(this.at + 2, this.at + 6);
    if (letter !== 'u' || !/^[0-9A-Fa-f]{4}$/.test(hex)) {
      this.fail(`${quote(`\\${letter}`)} is not an escape`, '\\" \\\\ \\/ \\b \\f \\n \\r \\t or \\u and four hex digits');
    }
    this.at += 6;
    return String.fromCharCode(Number.parseInt(hex, 16));
  }

  private readWord(): unknown {
    const start = this.at;
    const digits = this.match(NUMBER);
    this.at = start;
    const word = this.match(WORD);
    if (word === 'true') return true;
    if (word === 'false') return false;
    if (word === 'null') return null;
    if (digits !== '' && digits === word) {
      const number = withoutNegativeZero(Number(digits));
      if (Number.isFinite(number)) return number;
    }
    this.at = start;
    if (word === '') return this.failAtValue();
    if (digits !== '' && digits === word) return this.fail(`the number ${quote(word)} is too large`, 'a number below 1.8e308');
    if (/^[+\-.\d]/.test(word)) return this.fail(`${quote(word)} is not a number`, 'a number such as 1, -0.5 or 2e3');
    return this.fail(`there is the word ${quote(word)}`, 'a value: true, false, null, a number, or a text in double quotes');
  }

  private failAtValue(): never {
    const { text, at } = this;
    if (text.startsWith('//', at) || text.startsWith('/*', at)) this.fail('there is a comment', 'JSON without comments');
    if (text[at] === "'") this.fail('there is a single quote', 'double quotes around a text');
    this.fail(`there is ${this.found()} where a value should be`, 'a value');
  }

  private skipWhiteSpace(): void {
    const code = this.text.charCodeAt(this.at);
    if (code <= 32) this.match(WHITE_SPACE);
  }

  private match(pattern: RegExp): string {
    pattern.lastIndex = this.at;
    const match = pattern.exec(this.text);
    if (match === null) return '';
    this.at = pattern.lastIndex;
    return match[0];
  }

  /** Takes a token and the white space behind it. */
  private take(token: string): boolean {
    if (this.text[this.at] !== token) return false;
    this.at++;
    this.skipWhiteSpace();
    return true;
  }

  private found(): string {
    const code = this.text.codePointAt(this.at);
    return code === undefined ? 'the end of the text' : quote(String.fromCodePoint(code));
  }

  private fail(message: string, expected: string): never {
    throw new JsonSyntaxError(message, expected, this.at);
  }
}
