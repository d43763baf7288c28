import { ProblemReport, type ScenarioProblem } from './problem';

/** Lists and objects of a document may be nested this deep. */
export const MAX_DEPTH = 100;
/** One object may have this many keys. */
export const MAX_KEYS = 10_000;
/** A document may hold this many values, lists and objects. */
export const MAX_VALUES = 500_000;

/**
 * A copy of a value that holds only what JSON can: from programs that build documents. Keys without a value (undefined) are left out.
 */
export function copyJsonValue(value: unknown): { value: unknown } | { problems: ScenarioProblem[] } {
  const report = new ProblemReport();
  const copies = new Map<object, unknown>();
  let values = 0;

  function copy(from: unknown, path: (string | number)[]): unknown {
    if (from === null || typeof from === 'string' || typeof from === 'boolean') return from;
    if (typeof from === 'number') {
      if (!Number.isFinite(from)) report.error(path, `${from} is not a number that JSON can hold`, 'a finite number');
      return withoutNegativeZero(from);
    }
    if (typeof from !== 'object') {
      const message = from === undefined ? 'there is no value here' : `a ${typeof from} cannot be part of a document`;
      report.error(path, message, 'a text, a number, true, false, null, a list or an object');
      return null;
    }
    return copyObject(from, path);
  }

  function copyObject(from: object, path: (string | number)[]): unknown {
    const known = copies.get(from);
    if (known !== undefined) return known;
    const target: unknown[] | Record<string, unknown> = Array.isArray(from) ? [] : {};
    copies.set(from, target);
    if (path.length >= MAX_DEPTH) {
      report.error(path.slice(0, 5), `lists and objects are nested more than ${MAX_DEPTH} deep`, 'a flatter document');
      return target;
    }
    const entries = Object.entries(from);
    if (!Array.isArray(from) && entries.length > MAX_KEYS) {
      report.error(path, `there are more than ${MAX_KEYS} keys in this object`, 'fewer keys');
      return target;
    }
    for (const [key, entry] of entries) {
      if (entry === undefined && !Array.isArray(from)) continue;
      if (++values > MAX_VALUES) break;
      const at = Array.isArray(from) ? Number(key) : key;
      path.push(at);
      if (key === '__proto__') report.error(path, 'the key "__proto__" is not allowed', 'another name');
      else Object.assign(target, { [key]: copy(entry, path) });
      path.pop();
    }
    return target;
  }

  const result = copy(value, []);
  if (values > MAX_VALUES) report.error([], `there are more than ${MAX_VALUES} values`, 'fewer: long lists belong in a CSV file');
  return report.errors.length > 0 ? { problems: report.finish() } : { value: result };
}

/** JSON can be read with a -0, but is never written with one. */
export function withoutNegativeZero(number: number): number {
  return number === 0 ? 0 : number;
}
