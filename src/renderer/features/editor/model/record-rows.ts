import { equalValues, isObject } from './document-value';

/** A line of a list of names and values: headers, query parameters, form fields. */
export interface RecordRow {
  name: string;
  value: string;
}

/** The lines of a record, in its order. Values that are no texts are shown as JSON. */
export function rowsOf(record: unknown): RecordRow[] {
  if (!isObject(record)) return [];
  return Object.entries(record).map(([name, value]) => ({
    name,
    value: typeof value === 'string' ? value : JSON.stringify(value),
  }));
}

/**
 * The record of lines; undefined when there is none. A line that is wholly empty says nothing yet; of two lines with one name the first
 * counts, as a record holds each name once (`repeatedNames` says so to the user).
 */
export function recordOf(rows: readonly RecordRow[]): Record<string, string> | undefined {
  const record: Record<string, string> = {};
  let isEmpty = true;
  for (const { name, value } of rows) {
    if ((name === '' && value === '') || name === '__proto__' || Object.hasOwn(record, name)) continue;
    record[name] = value;
    isEmpty = false;
  }
  return isEmpty ? undefined : record;
}

/** Indexes of lines whose name an earlier line has, so that the document cannot hold them. */
export function repeatedNames(rows: readonly RecordRow[]): number[] {
  return rows.flatMap(({ name, value }, index) => {
    const isBlank = name === '' && value === '';
    return !isBlank && rows.slice(0, index).some((row) => row.name === name && !(row.name === '' && row.value === ''))
      ? [index]
      : [];
  });
}

/** Whether lines being typed still stand for what the document holds: else it was changed elsewhere, and they are out of date. */
export function rowsMatch(rows: readonly RecordRow[], record: unknown): boolean {
  const typed = recordOf(rows);
  return typed === undefined ? rowsOf(record).length === 0 : equalValues(typed, record);
}
