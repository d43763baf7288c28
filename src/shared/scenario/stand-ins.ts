import { z } from 'zod';
import { copyJsonValue } from './json-value';
import type { DocumentPath } from './problem';
import { lookUp } from './schema-tree';

/** What is tried where a single value does not fit, in this order. */
const VALUES = [1, 0, 100, 'x', '/', 'http://localhost', true];

/**
 * A copy of a document with something that fits at each place where the schema found a mistake, so that what does not hang on those
 * places can be checked too. null when much may hang on one of them: a list, an object, or the name of a variable.
 */
export function withStandIns(issues: readonly z.core.$ZodIssue[], schema: z.core.$ZodType, document: object): object | null {
  const copied = copyJsonValue(document);
  if ('problems' in copied) return null;
  const copy = copied.value as object;
  for (const issue of issues) {
    const path = issue.path.filter((key) => typeof key !== 'symbol');
    const places = issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...path, key]) : [path];
    if (!places.every((place) => fill(issue, place, schema, copy))) return null;
  }
  return copy;
}

/** Whether the place could be filled, or emptied when nothing belongs there. */
function fill(issue: z.core.$ZodIssue, place: DocumentPath, root: z.core.$ZodType, document: object): boolean {
  const key = place.at(-1);
  const { schema, value } = lookUp(root, document, place);
  const parent = lookUp(root, document, place.slice(0, -1)).value;
  if (key === undefined || typeof parent !== 'object' || parent === null) return false;
  if ((typeof value === 'object' && value !== null) || isNameOfVariable(place)) return false;
  if (issue.code === 'unrecognized_keys') return Reflect.deleteProperty(parent, key);
  if (!schema) return false;
  const choices = issue.code === 'invalid_value' ? [...issue.values, ...VALUES] : VALUES;
  const fitting = choices.find((choice) => z.core.safeParse(schema, choice).success);
  if (fitting === undefined) return false;
  // Not assigned: a key of a document may be called `__proto__`.
  return Reflect.defineProperty(parent, key, { value: fitting, enumerable: true, writable: true, configurable: true });
}

/** Whether templates elsewhere would not be known any more if something else stood here. */
function isNameOfVariable(place: DocumentPath): boolean {
  const [list, , key] = place.slice(-3);
  return (list === 'variables' && key === 'name') || (list === 'extract' && key === 'variable');
}
