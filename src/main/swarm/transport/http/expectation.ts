import { isDeepStrictEqual } from 'node:util';
import { compileJsonPath, type JsonPath, JsonPathError } from '../../../../shared/scenario/json-path';
import type { Expect } from '../../../../shared/scenario/schema';
import { type ErrorName, UNEXPECTED } from './error-names';
import { type HttpExchange, isSuccessOrRedirect } from './http-exchange';
import type { ResponseContent } from './response-content';
import type { SecretMask } from './secret-mask';

/** What was not as expected: a stable name and one sentence, expected against got. */
export interface Violation {
  error: ErrorName;
  detail: string;
}

/** One expectation on an answer, compiled; null when it is met. Throws `ContentError` when the body cannot be read. */
export type Check = (content: ResponseContent) => Violation | null;

/** Longest piece of an answer quoted in a sentence. */
const QUOTED_CHARACTERS = 200;

/** Compiles a list of codes (`204`), classes (`2xx`) and ranges (`200-299`); 2xx and 3xx when there is none. */
export function compileStatusExpectation(expected: Expect['status']): (status: number) => boolean {
  if (!expected) return isSuccessOrRedirect;
  const accepted = new Uint8Array(600);
  for (const entry of expected) {
    const [first, last] = statusRange(entry);
    accepted.fill(1, first, last + 1);
  }
  return (status) => accepted[status] === 1;
}

function statusRange(entry: number | string): [number, number] {
  if (typeof entry === 'number') return [entry, entry];
  if (entry.endsWith('xx')) return [Number(entry[0]) * 100, Number(entry[0]) * 100 + 99];
  const [first, last] = entry.split('-');
  return [Number(first), Number(last)];
}

/** A status that was not expected, as `HTTP <code>`. */
export function unexpectedStatus(status: number, expected: Expect['status']): Violation {
  return { error: UNEXPECTED.status(status), detail: `expected status ${expected?.join(' or ') ?? '2xx or 3xx'}, got ${status}` };
}

/** The exchange took longer than it may. */
export function checkLatency(exchange: HttpExchange, maxLatencyUs: number): Violation | null {
  const latencyUs = exchange.doneUs - exchange.sentUs;
  if (latencyUs <= maxLatencyUs) return null;
  return { error: UNEXPECTED.latency, detail: `expected at most ${maxLatencyUs / 1000} ms, took ${latencyUs / 1000} ms` };
}

/**
 * Compiles what is expected of headers and body, in the order in which they are judged; what they quote is masked. Throws an Error naming a
 * wrong JSON path.
 */
export function compileContentChecks(expect: Expect, mask: SecretMask): Check[] {
  const quoter = new Quoter(mask);
  const checks: Check[] = [];
  for (const { name, equals, contains } of expect.headers ?? []) {
    checks.push((content) => checkHeader(content, quoter, { name, equals, contains }));
  }
  const { bodyContains } = expect;
  if (bodyContains !== undefined) checks.push((content) => checkBodyContains(content, quoter, bodyContains));
  for (const { path, equals } of expect.bodyJson ?? []) checks.push(jsonCheck(path, equals, quoter));
  return checks;
}

function checkHeader(
  content: ResponseContent,
  quoter: Quoter,
  { name, equals, contains }: { name: string; equals?: string; contains?: string },
): Violation | null {
  const value = content.header(name);
  const met =
    value !== null && (equals === undefined || value === equals) && (contains === undefined || value.includes(contains));
  if (met) return null;
  const wanted = [
    equals === undefined ? null : `equal to ${quoter.text(equals)}`,
    contains === undefined ? null : `containing ${quoter.text(contains)}`,
  ].filter((part) => part !== null);
  const expected = ['expected header', name, wanted.join(' and ')].join(' ').trim();
  return { error: UNEXPECTED.header(name), detail: `${expected}, got ${value === null ? 'none' : quoter.text(value)}` };
}

function checkBodyContains(content: ResponseContent, quoter: Quoter, wanted: string): Violation | null {
  const text = content.text();
  if (text.includes(wanted)) return null;
  return {
    error: UNEXPECTED.bodyContains,
    detail: `expected a body containing ${quoter.text(wanted)}, got ${quoter.text(text)}`,
  };
}

function jsonCheck(path: string, equals: unknown, quoter: Quoter): Check {
  const query = compileJsonPath(path);
  const error = UNEXPECTED.bodyJson(path);
  const expected = `expected ${path} to be ${quoter.value(equals)}`;
  return (content) => {
    const json = content.json();
    if ('problem' in json) return { error, detail: `${expected}, but ${json.problem}` };
    const found = firstOf(query, json.value);
    if ('problem' in found) return { error, detail: `${expected}, but ${found.problem}` };
    if (!('value' in found)) return { error, detail: `${expected}, but there is nothing at that path` };
    if (isDeepStrictEqual(found.value, equals)) return null;
    return { error, detail: `${expected}, got ${quoter.value(found.value)}` };
  };
}

function firstOf(query: JsonPath, document: unknown): { value?: unknown } | { problem: string } {
  try {
    return query.first(document);
  } catch (error) {
    if (error instanceof JsonPathError) return { problem: `the path cannot be applied: ${error.message}` };
    throw error;
  }
}

/** An answer can be nested deeper than it can be written. */
function shownJson(value: unknown): string {
  try {
    return JSON.stringify(value);
  } catch (error) {
    if (error instanceof RangeError) return Array.isArray(value) ? '[…]' : '{…}';
    throw error;
  }
}

/** Quotes pieces of an answer. */
class Quoter {
  constructor(private readonly mask: SecretMask) {}

  text(text: string): string {
    return `"${this.mask.maskAndShorten(text, QUOTED_CHARACTERS)}"`;
  }

  value(value: unknown): string {
    return this.mask.maskAndShorten(shownJson(value), QUOTED_CHARACTERS);
  }
}
