import type { DocumentPath } from '../../../../shared/scenario/problem';
import { entryOf } from '../../../../shared/scenario/schema-tree';

/** A JSON object of a document that may be broken anywhere: nothing is known of its entries. */
export type JsonObject = Record<string, unknown>;

/** Whether a value is a JSON object: no list, not null. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Always the same ones, so that what watches them sees no change. */
const NO_ENTRIES: readonly unknown[] = [];
const NOTHING: JsonObject = Object.freeze({});

/** The value at a place; undefined where the document has no such place. */
export function valueAt(document: unknown, path: DocumentPath): unknown {
  return path.reduce<unknown>((value, key) => entryOf(value, key), document);
}

/** The list at a place; empty when there is none. */
export function listAt(document: unknown, path: DocumentPath): readonly unknown[] {
  const value = valueAt(document, path);
  return Array.isArray(value) ? value : NO_ENTRIES;
}

/** The object at a place; empty when there is none. */
export function objectAt(document: unknown, path: DocumentPath): JsonObject {
  const value = valueAt(document, path);
  return isObject(value) ? value : NOTHING;
}

/** The text at a place; empty when there is none. */
export function textAt(document: unknown, path: DocumentPath): string {
  const value = valueAt(document, path);
  return typeof value === 'string' ? value : '';
}

/**
 * The document with another value at a place; undefined removes the key or the entry of a list. Objects and lists on the way are made
 * where they are missing or something else. What does not lie on the way stays the same object.
 */
export function setAt(document: unknown, path: DocumentPath, value: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  if (typeof key === 'number') {
    const list: unknown[] = Array.isArray(document) ? [...document] : [];
    if (rest.length === 0 && value === undefined) list.splice(key, 1);
    else list[key] = setAt(list[key], rest, value);
    return list;
  }
  const object: JsonObject = isObject(document) ? { ...document } : {};
  const next = setAt(object[key], rest, value);
  if (next === undefined) delete object[key];
  else object[key] = next;
  return object;
}

/** Whether `path` is `ancestor` or lies within it. */
export function isWithin(path: DocumentPath, ancestor: DocumentPath): boolean {
  return ancestor.length <= path.length && ancestor.every((key, index) => path[index] === key);
}

/** Whether two JSON values are equal; the order of keys does not count. */
export function equalValues(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((entry, index) => equalValues(entry, b[index]));
  }
  if (!isObject(a) || !isObject(b)) return false;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && equalValues(a[key], b[key]));
}
