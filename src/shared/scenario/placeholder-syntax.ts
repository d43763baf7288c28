import type { Scalar } from './schema';

/** What stands between `{{` and `}}`, before anyone asks whether the names exist. */
export type PlaceholderExpression =
  /** `a`, `a.b` */
  | { kind: 'name'; path: string[] }
  /** `a(1, "x")` */
  | { kind: 'call'; name: string; args: Scalar[] }
  /** `"text"` */
  | { kind: 'literal'; text: string };

/** A piece of a template. `start` and `end` are offsets into its text (UTF-16 code units); a placeholder's include the braces. */
export type TemplatePiece = { start: number; end: number } & (
  | { kind: 'text'; text: string }
  | { kind: 'placeholder'; expression: PlaceholderExpression }
  | { kind: 'broken'; message: string; expected: string }
);

const PLACEHOLDER_SHAPE = '{{name}} or {{generator(arguments)}}';
/** Of what cannot be read, this much is shown. */
const SHOWN_CHARACTERS = 20;
const WORD = /[A-Za-z_][A-Za-z0-9_-]*/y;
const WHITE_SPACE = /\s*/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.])/y;
const SIMPLE_ESCAPES: Record<string, string> = {
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  '"': '"',
  "'": "'",
  '\\': '\\',
  '/': '/',
};

/** Whether a name can be written as `{{name}}`: letters, digits, `_` and `-`, not beginning with a digit or `-`. */
export function isPlaceholderName(name: string): boolean {
  return /^[A-Za-z_][A-Za-z0-9_-]*$/.test(name);
}

/** Cuts a template into texts and placeholders. After a broken placeholder it goes on behind it, so that all mistakes are found at once. */
export function scanTemplate(text: string): TemplatePiece[] {
  const pieces: TemplatePiece[] = [];
  let at = 0;
  while (at < text.length) {
    const open = text.indexOf('{{', at);
    const textEnd = open === -1 ? text.length : open;
    if (textEnd > at) pieces.push({ kind: 'text', text: text.slice(at, textEnd), start: at, end: textEnd });
    if (open === -1) break;
    const piece = scanPlaceholder(text, open);
    pieces.push(piece);
    at = piece.end;
  }
  return pieces;
}

function scanPlaceholder(text: string, open: number): TemplatePiece {
  const reader = new ExpressionReader(text, open + 2);
  try {
    const expression = reader.readPlaceholder();
    return { kind: 'placeholder', expression, start: open, end: reader.offset };
  } catch (error) {
    if (!(error instanceof PlaceholderSyntaxError)) throw error;
    return broken(text, open, error);
  }
}

/** A placeholder that cannot be read: it ends at its `}}`; without one before the next `{{` it was never closed. */
function broken(text: string, open: number, error: PlaceholderSyntaxError): TemplatePiece {
  const next = text.indexOf('{{', open + 2);
  // Looked for up to the next placeholder only: a long text of unclosed ones must not be read to its end for each.
  const close = text.slice(open + 2, next === -1 ? undefined : next).indexOf('}}');
  if (close === -1) {
    return {
      kind: 'broken',
      message: 'this placeholder is never closed',
      expected: '}} after it; to send two braces as they are, write {{"{{"}}',
      start: open,
      end: next === -1 ? text.length : next,
    };
  }
  return { kind: 'broken', message: error.message, expected: error.expected, start: open, end: open + 2 + close + 2 };
}

class PlaceholderSyntaxError extends Error {
  readonly expected: string;

  constructor(message: string, expected: string) {
    super(message);
    this.expected = expected;
  }
}

/** Reads one placeholder from left to right. */
class ExpressionReader {
  private readonly text: string;
  offset: number;

  constructor(text: string, offset: number) {
    this.text = text;
    this.offset = offset;
  }

  readPlaceholder(): PlaceholderExpression {
    const expression = this.readExpression();
    this.skipWhiteSpace();
    if (!this.take('}}')) throw new PlaceholderSyntaxError(`cannot read ${this.found()} here`, `}} after ${written(expression)}`);
    return expression;
  }

  private readExpression(): PlaceholderExpression {
    this.skipWhiteSpace();
    if (this.text.startsWith('}}', this.offset)) throw new PlaceholderSyntaxError('this placeholder is empty', PLACEHOLDER_SHAPE);
    const quote = this.text[this.offset];
    if (quote === '"' || quote === "'") return { kind: 'literal', text: this.readString() };
    const first = this.match(WORD);
    if (first === null) throw new PlaceholderSyntaxError(`cannot read ${this.found()} as a name`, PLACEHOLDER_SHAPE);
    const path = [first];
    while (this.take('.')) {
      const next = this.match(WORD);
      if (next === null) throw new PlaceholderSyntaxError(`a name is missing after "${path.join('.')}."`, PLACEHOLDER_SHAPE);
      path.push(next);
    }
    this.skipWhiteSpace();
    if (!this.take('(')) return { kind: 'name', path };
    return { kind: 'call', name: path.join('.'), args: this.readArguments() };
  }

  private readArguments(): Scalar[] {
    const args: Scalar[] = [];
    this.skipWhiteSpace();
    if (this.take(')')) return args;
    for (;;) {
      this.skipWhiteSpace();
      args.push(this.readArgument());
      this.skipWhiteSpace();
      if (this.take(')')) return args;
      if (!this.take(',')) throw new PlaceholderSyntaxError(`cannot read ${this.found()} here`, 'a comma or ) after an argument');
    }
  }

  private readArgument(): Scalar {
    const quote = this.text[this.offset];
    if (quote === '"' || quote === "'") return this.readString();
    const digits = this.match(NUMBER);
    if (digits !== null) return Number(digits);
    const start = this.offset;
    const word = this.match(WORD);
    if (word === 'true') return true;
    if (word === 'false') return false;
    if (word === 'null') return null;
    this.offset = start;
    const found = word === null ? this.found() : `"${word}"`;
    throw new PlaceholderSyntaxError(`cannot read ${found} as an argument`, 'a number, a "text" in quotes, true, false or null');
  }

  private readString(): string {
    const quote = this.text[this.offset];
    let value = '';
    for (let at = this.offset + 1; at < this.text.length; at++) {
      const character = this.text[at];
      if (character === quote) {
        this.offset = at + 1;
        return value;
      }
      if (character !== '\\') {
        value += character;
        continue;
      }
      at++;
      const letter = this.text[at] ?? '';
      const simple = SIMPLE_ESCAPES[letter];
      const hex = this.text.slice(at + 1, at + 5);
      if (simple !== undefined) {
        value += simple;
      } else if (letter === 'u' && /^[0-9A-Fa-f]{4}$/.test(hex)) {
        value += String.fromCharCode(Number.parseInt(hex, 16));
        at += 4;
      } else {
        throw new PlaceholderSyntaxError(
          `"\\${letter}" is not an escape in a text`,
          '\\" \\\' \\\\ \\/ \\b \\f \\n \\r \\t or \\u and four hex digits',
        );
      }
    }
    throw new PlaceholderSyntaxError('a text is never closed', `${quote} at the end of the text`);
  }

  private skipWhiteSpace(): void {
    this.match(WHITE_SPACE);
  }

  private match(pattern: RegExp): string | null {
    pattern.lastIndex = this.offset;
    const match = pattern.exec(this.text);
    if (match === null) return null;
    this.offset = pattern.lastIndex;
    return match[0];
  }

  private take(token: string): boolean {
    if (!this.text.startsWith(token, this.offset)) return false;
    this.offset += token.length;
    return true;
  }

  /** The next few characters, for a message. */
  private found(): string {
    const [rest = ''] = this.text.slice(this.offset, this.offset + 3 * SHOWN_CHARACTERS).split('}}');
    const shown = rest.trim();
    if (shown === '') return 'the end';
    return `"${shown.length > SHOWN_CHARACTERS ? `${shown.slice(0, SHOWN_CHARACTERS)}…` : shown}"`;
  }
}

function written(expression: PlaceholderExpression): string {
  switch (expression.kind) {
    case 'name':
      return expression.path.join('.');
    case 'call':
      return `${expression.name}(…)`;
    case 'literal':
      return 'the text';
  }
}
