import { jsonLanguage } from '@codemirror/lang-json';
import { parsePath } from '../../../../shared/scenario/problem';
import type { TextRange } from './problem-place';

type Node = ReturnType<typeof jsonLanguage.parser.parse>['topNode'];

/** Where in a document's JSON the value of a place stands; the value around it when it is missing itself. null for broken JSON. */
export function placeRange(text: string, path: string): TextRange | null {
  let node = jsonLanguage.parser.parse(text).topNode.firstChild;
  if (!node || node.type.isError) return null;
  let shown: Node = node;
  for (const key of parsePath(path)) {
    const next: Node | null = typeof key === 'number' ? entryOf(node, key) : propertyOf(node, key, text);
    if (!next) break;
    node = next;
    shown = next;
  }
  // A whole object is marked by its beginning: a wavy line under pages of text says nothing.
  const isLong = text.slice(shown.from, shown.to).includes('\n');
  return { from: shown.from, to: isLong ? shown.from + 1 : shown.to };
}

const BRACKETS = ['[', ']', '{', '}', ',', '⚠'];

function entryOf(list: Node, index: number): Node | null {
  let at = 0;
  for (let child = list.firstChild; child; child = child.nextSibling) {
    if (BRACKETS.includes(child.name)) continue;
    if (at++ === index) return child;
  }
  return null;
}

function propertyOf(object: Node, key: string, text: string): Node | null {
  for (const property of object.getChildren('Property')) {
    const name = property.firstChild;
    if (name && text.slice(name.from, name.to) === JSON.stringify(key)) return property.lastChild;
  }
  return null;
}
