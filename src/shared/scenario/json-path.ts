import {
  type FilterFunction,
  FunctionExpressionType,
  JSONPathEnvironment,
  JSONPathError,
  JSONPathQuery,
  type JSONValue,
  jsonpath,
} from 'json-p3';
import { RegexError, RegularExpression } from './regular-expression';

const { expressions, JSONPathSegment, JSONPathSelector, selectors } = jsonpath;

/** Values that one evaluation may look at: some 100 ms. `$..*..*..*` looks at more than there are in any answer. */
const MAX_JSON_PATH_STEPS = 1_000_000;
/** How deep JSON may be nested: what looks into it goes down level by level, and must not run out of stack. */
export const MAX_JSON_LEVELS = 1000;
/** Expressions that an evaluation of `match()` or `search()` keeps compiled. */
const MAX_KEPT_EXPRESSIONS = 50;
/** Characters that a text of `match()` or `search()` counts as one step. */
const CHARACTERS_A_STEP = 10;

/** A path cannot be compiled, or not be applied to a document; the message is a sentence. */
export class JsonPathError extends Error {
  override name = 'JsonPathError';

  constructor(
    /** Why, in words that fit behind "… is not a JSON path: ". */
    readonly reason: string,
    message = reason,
  ) {
    super(message);
  }
}

/** A compiled JSON path (RFC 9535). */
export interface JsonPath {
  /** The first value that it selects, `{}` when there is none. Throws `JsonPathError` when the search for it takes too long. */
  first(document: unknown): { value?: unknown };
}

/** Compiles a JSON path. Throws `JsonPathError` when it is not one. */
export function compileJsonPath(path: string): JsonPath {
  // One level more than it will meet: it throws at its limit.
  const environment = new BoundedEnvironment({ maxRecursionDepth: MAX_JSON_LEVELS + 2 });
  const query = orJsonPathError(
    () => environment.compile(path),
    (reason) => `"${path}" is not a JSON path (RFC 9535), such as $.token: ${reason}`,
  );
  // One that selects a single value by names and indexes looks at no more than it has parts.
  if (!query.singularQuery()) environment.bound(query);
  return {
    first(document) {
      return orJsonPathError(() => {
        environment.begin();
        const node = query.match(document as JSONValue);
        return node ? { value: node.value } : {};
      });
    },
  };
}

function orJsonPathError<T>(attempt: () => T, sentence: (reason: string) => string = (reason) => reason): T {
  try {
    return attempt();
  } catch (error) {
    const reason = reasonOf(error);
    throw reason === null ? error : new JsonPathError(reason, sentence(reason));
  }
}

/** null for an error that nobody expected. */
function reasonOf(error: unknown): string | null {
  if (error instanceof JsonPathError) return error.reason;
  if (error instanceof RangeError) return 'it is nested too deep, or selects too much at once';
  if (error instanceof RegexError) return `in one of its regular expressions: ${error.message}`;
  // The parser repeats the path at the end of its message.
  return error instanceof JSONPathError ? error.message.replace(/\s*\('.*$/s, '') : null;
}

/**
 * Evaluates paths of strangers: counts the values that are looked at and gives up where they are too many, and takes regular expressions
 * to RE2, where the library takes them to JavaScript's own. One for each path, because it counts.
 */
class BoundedEnvironment extends JSONPathEnvironment {
  private steps = 0;

  begin(): void {
    this.steps = 0;
  }

  spend(steps: number): void {
    this.steps += steps;
    if (this.steps > MAX_JSON_PATH_STEPS) throw new JsonPathError('it takes too many steps in this document');
  }

  /** Has every selector of a query count, those of the queries in its filters too. */
  bound(part: unknown): void {
    if (Array.isArray(part)) for (const entry of part) this.bound(entry);
    else if (part instanceof JSONPathSelector) this.boundSelector(part);
    if (part instanceof selectors.FilterSelector) this.boundFilter(part.expression);
    if (isPart(part)) {
      for (const [key, value] of Object.entries(part)) if (key !== 'environment' && key !== 'token') this.bound(value);
    }
  }

  protected override setupFilterFunctions(): void {
    super.setupFilterFunctions();
    const spend = (text: string) => this.spend(1 + text.length / CHARACTERS_A_STEP);
    this.functionRegister.set('match', new RegexFunction(spend, (expression, text) => expression.matchesAll(text)));
    this.functionRegister.set('search', new RegexFunction(spend, (expression, text) => expression.search(text) !== null));
  }

  private boundSelector(selector: InstanceType<typeof JSONPathSelector>): void {
    const { resolve, lazyResolve } = selector;
    const spend = (steps: number) => this.spend(steps);
    selector.resolve = (node) => {
      spend(1);
      const nodes = resolve.call(selector, node);
      spend(nodes.length);
      return nodes;
    };
    selector.lazyResolve = function* (node) {
      spend(1);
      for (const found of lazyResolve.call(selector, node)) {
        spend(1);
        yield found;
      }
    };
  }

  /** A filter looks at all entries, also where it lets none through. */
  private boundFilter(expression: InstanceType<typeof expressions.FilterExpression>): void {
    const { evaluate } = expression;
    expression.evaluate = (context) => {
      this.spend(1);
      return evaluate.call(expression, context);
    };
  }
}

function isPart(value: unknown): value is object {
  return (
    value instanceof JSONPathQuery ||
    value instanceof JSONPathSegment ||
    value instanceof JSONPathSelector ||
    value instanceof expressions.FilterExpression
  );
}

/** `match()` and `search()` of RFC 9535; what is no expression matches nothing. */
class RegexFunction implements FilterFunction {
  readonly argTypes = [FunctionExpressionType.ValueType, FunctionExpressionType.ValueType];
  readonly returnType = FunctionExpressionType.LogicalType;
  private readonly compiled = new Map<string, RegularExpression | null>();

  constructor(
    private readonly spend: (text: string) => void,
    private readonly apply: (expression: RegularExpression, text: string) => boolean,
  ) {}

  call(text: unknown, pattern: unknown): boolean {
    if (typeof text !== 'string' || typeof pattern !== 'string') return false;
    this.spend(text);
    const expression = this.expressionOf(pattern);
    return expression !== null && this.apply(expression, text);
  }

  private expressionOf(pattern: string): RegularExpression | null {
    let expression = this.compiled.get(pattern);
    if (expression === undefined) {
      expression = compileOrNull(pattern);
      // Expressions can come from the answer, another one with each.
      if (this.compiled.size >= MAX_KEPT_EXPRESSIONS) this.compiled.clear();
      this.compiled.set(pattern, expression);
    }
    return expression;
  }
}

function compileOrNull(pattern: string): RegularExpression | null {
  try {
    return RegularExpression.compile(pattern);
  } catch {
    return null;
  }
}
