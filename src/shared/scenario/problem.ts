/** Something wrong (or, as a warning, doubtful) in a scenario document. */
export interface ScenarioProblem {
  /** Place in the document, such as `nodeTypes[0].tasks[1].steps[0].request.path`; '' for the document itself. */
  path: string;
  /** What is wrong. */
  message: string;
  /** What would be right. */
  expected: string;
}

/** Keys and indexes from the document down to a value. */
export type DocumentPath = readonly (string | number)[];

/** Problems listed for one document; the rest is only counted. */
const MAX_PROBLEMS = 200;

/** Gathers what the rules find. */
export class ProblemReport {
  readonly errors: ScenarioProblem[] = [];
  readonly warnings: ScenarioProblem[] = [];
  private unlisted = 0;

  /** Whether a further error is only counted: what it takes to word it can be spared. */
  get isFull(): boolean {
    return this.errors.length >= MAX_PROBLEMS;
  }

  error(path: DocumentPath, message: string, expected: string): void {
    if (!this.isFull) this.errors.push({ path: formatPath(path), message, expected });
    else this.unlisted++;
  }

  /** Errors beyond those that are listed, where it was not worth while to word them. */
  countUnlisted(count: number): void {
    this.unlisted += count;
  }

  warn(path: DocumentPath, message: string, expected: string): void {
    if (this.warnings.length < MAX_PROBLEMS) this.warnings.push({ path: formatPath(path), message, expected });
  }

  /** All errors; what is beyond the first 200 is one line that counts it. */
  finish(): ScenarioProblem[] {
    if (this.unlisted === 0) return this.errors;
    const message = `${this.unlisted} more problems are not listed`;
    return [...this.errors, { path: '', message, expected: 'the problems above solved first' }];
  }
}

/** `nodeTypes[0].name`; keys that are no plain words are quoted: `target.headers["X-Id"]`. */
export function formatPath(path: DocumentPath): string {
  let text = '';
  for (const key of path) {
    if (typeof key === 'number') text += `[${key}]`;
    else if (/^[A-Za-z_$][\w$]*$/.test(key) && key.length <= MAX_QUOTED) text += text === '' ? key : `.${key}`;
    else text += `[${quote(key)}]`;
  }
  return text;
}

const PATH_PART = /([A-Za-z_$][\w$]*)|\[(\d+)\]|\[("(?:[^"\\]|\\.)*")\]|\./y;

/** Reads a place as problems write it (`nodeTypes[0].request.headers["X-Id"]`); what cannot be read ends it. */
export function parsePath(text: string): DocumentPath {
  const path: (string | number)[] = [];
  PATH_PART.lastIndex = 0;
  for (;;) {
    const match = PATH_PART.exec(text);
    if (match === null) return path;
    const [, word, index, quoted] = match;
    if (word !== undefined) path.push(word);
    else if (index !== undefined) path.push(Number(index));
    else if (quoted !== undefined) path.push(String(JSON.parse(quoted)));
  }
}

/** One line a problem, for terminals; after `limit` lines the rest is counted. */
export function formatProblems(problems: readonly ScenarioProblem[], limit = 20): string {
  const lines = problems.slice(0, limit).map(({ path, message, expected }) => {
    const place = path === '' ? '' : `${path}: `;
    return `${place}${message}${message.endsWith('?') ? '' : '.'} Expected: ${expected}.`.replace(NOT_PRINTABLE, escapeCharacter);
  });
  if (problems.length > limit) lines.push(`… and ${problems.length - limit} more.`);
  return lines.join('\n');
}

const MAX_QUOTED = 60;
/** Control characters, and those that turn the direction of text. */
const NOT_PRINTABLE = /[\p{Cc}\p{Zl}\p{Zp}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** A text in quotes, cut to a readable length, with nothing in it that a terminal would act on. */
export function quote(text: string): string {
  const cut = text.length > MAX_QUOTED ? `${text.slice(0, MAX_QUOTED)}…` : text;
  return JSON.stringify(cut).replace(NOT_PRINTABLE, escapeCharacter);
}

function escapeCharacter(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** `1 character`, `2 characters` */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** `a`, `a or b`, `a, b or c` */
export function alternatives(items: readonly string[], word = 'or'): string {
  if (items.length < 2) return items.join('');
  return `${items.slice(0, -1).join(', ')} ${word} ${items[items.length - 1]}`;
}
