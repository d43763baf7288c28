import { RE2JS } from 're2js';
import { errorMessage } from '../text/error-text';

/** Instructions that an expression may compile to: many more than any that a person writes. `x{1000}` takes a thousand. */
const MAX_REGEX_INSTRUCTIONS = 1000;
/** Instructions times characters of the text: a search that would take more (some seconds) is refused instead. */
const MAX_SEARCH_STEPS = 50_000_000;

/** An expression cannot be compiled, or a text is too long for it. The message fits behind "regular expression …: ". */
export class RegexError extends Error {
  override name = 'RegexError';
}

/**
 * A regular expression of a document. All of them go through here: RE2 takes time linear in the text whatever the expression is, where
 * JavaScript's own can take longer than anyone lives. Size and text are bounded as well, so that linear is not long either.
 */
export class RegularExpression {
  private constructor(
    private readonly pattern: RE2JS,
    private readonly instructions: number,
  ) {}

  /** Throws `RegexError`. */
  static compile(text: string): RegularExpression {
    if (estimateInstructions(text) > MAX_REGEX_INSTRUCTIONS) throw tooLarge();
    let pattern: RE2JS;
    try {
      pattern = RE2JS.compile(text);
    } catch (error) {
      if (error instanceof RangeError) throw new RegexError('it is nested too deep');
      const reason = errorMessage(error);
      throw new RegexError(reason.replace(/^error parsing regexp: /, '').replace(/`/g, '"'));
    }
    const instructions = pattern.programSize();
    if (instructions > 3 * MAX_REGEX_INSTRUCTIONS) throw tooLarge();
    return new RegularExpression(pattern, instructions);
  }

  get groupCount(): number {
    return this.pattern.groupCount();
  }

  /** The groups of the first match, 0 being all of it; null where it does not match. Throws `RegexError` for a text that is too long. */
  search(text: string): { group(index: number): string | null } | null {
    this.mustBeShort(text);
    const matcher = this.pattern.matcher(text);
    return matcher.find() ? { group: (index) => matcher.group(index) } : null;
  }

  /** Whether it matches all of a text. Throws `RegexError` for a text that is too long. */
  matchesAll(text: string): boolean {
    this.mustBeShort(text);
    return this.pattern.matcher(text).matches();
  }

  private mustBeShort(text: string): void {
    if (text.length * this.instructions > MAX_SEARCH_STEPS) {
      throw new RegexError(`it is too large for a text of ${text.length} characters`);
    }
  }
}

function tooLarge(): RegexError {
  return new RegexError('it is too large: counted repetitions such as x{1000} stand for as many copies');
}

/** About how many instructions an expression compiles to, told from its text: to compile a large one takes seconds. */
export function estimateInstructions(text: string): number {
  const outer: number[] = [];
  let total = 0;
  let atom = 0;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (character === '(') {
      outer.push(total + atom);
      total = 0;
      atom = 0;
    } else if (character === ')') {
      atom += total + 2;
      total = outer.pop() ?? 0;
    } else if (character === '{') {
      const count = COUNT.exec(text.slice(at, at + LONGEST_COUNT));
      if (!count) continue;
      atom *= Math.max(1, Number(count[1]), Number(count[2] || 0));
      at += count[0].length - 1;
    } else {
      total += atom;
      atom = 1;
      at = endOfAtom(text, at);
    }
  }
  return outer.reduce((sum, size) => sum + size, total + atom);
}

const COUNT = /^\{(\d+)(?:,(\d*))?\}/;
const LONGEST_COUNT = 24;

/** Where what begins at an offset ends: a class, an escape, a character. */
function endOfAtom(text: string, at: number): number {
  if (text[at] === '\\') return endOfEscape(text, at);
  if (text[at] !== '[') return at;
  let end = text[at + 1] === '^' ? at + 2 : at + 1;
  // A bracket that comes first stands for itself.
  if (text[end] === ']') end++;
  while (end < text.length && text[end] !== ']') {
    if (text[end] === '\\') end++;
    else if (text.startsWith('[:', end)) end = Math.max(end, text.indexOf(':]', end) + 1);
    end++;
  }
  return end;
}

function endOfEscape(text: string, at: number): number {
  if (!/[pPx]/.test(text[at + 1] ?? '') || text[at + 2] !== '{') return at + 1;
  const close = text.indexOf('}', at);
  return close === -1 ? at + 1 : close;
}
