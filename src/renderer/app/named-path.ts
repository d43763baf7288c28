import { formatPath } from '../../shared/scenario/problem';
import { entryOf } from '../../shared/scenario/schema-tree';
import { isObject, parsePath } from '../features/editor/model/document-value';

/** A place of a document with its entries called by their names where they have one, as in a comparison: `nodeTypes[Sensor].tasks[send_data].weight`. */
export function namedPath(document: unknown, path: string): string {
  let value = document;
  let text = '';
  for (const key of parsePath(path)) {
    value = entryOf(value, key);
    const name = typeof key === 'number' && isObject(value) && typeof value.name === 'string' ? value.name : '';
    const part = name === '' ? formatPath([key]) : `[${name}]`;
    text += text === '' || part.startsWith('[') ? part : `.${part}`;
  }
  return text;
}
