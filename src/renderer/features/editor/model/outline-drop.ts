import type { DocumentPath } from '../../../../shared/scenario/problem';
import { isWithin, listAt } from './document-value';
import type { OutlineItem } from './outline';
import { type EntryKind, entryPlace, moveEntry, type OutlineEdit } from './outline-edits';

/** Where a dragged line would come to lie: in front of index `before` of a list; and how the line under the pointer shows it. */
export interface DropPlace {
  listPath: DocumentPath;
  before: number;
  mark: 'above' | 'below' | 'into';
}

/**
 * Where a line would go that is let go over another one. Over a line of its own kind it goes in front of it or behind it, depending on the
 * half that the pointer is over; over a task, a group or a node type it goes to the end of what these hold. null: it cannot go there.
 */
export function dropPlace(
  document: unknown,
  dragged: DocumentPath,
  target: OutlineItem,
  half: 'upper' | 'lower',
): DropPlace | null {
  const place = entryPlace(dragged);
  if (!place || isWithin(target.path, dragged)) return null;
  const over = entryPlace(target.path);
  if (over && over.kind === place.kind) {
    return half === 'upper'
      ? { listPath: over.listPath, before: over.index, mark: 'above' }
      : { listPath: over.listPath, before: over.index + 1, mark: 'below' };
  }
  const listPath = listWithin(target, place.kind);
  return listPath && { listPath, before: listAt(document, listPath).length, mark: 'into' };
}

/** The edit that a drop is; null when it changes nothing. */
export function dropEdit(document: unknown, dragged: DocumentPath, place: DropPlace | null): OutlineEdit | null {
  return place && moveEntry(document, dragged, place.listPath, place.before);
}

/** The list of a kind of entries that a line stands for. */
function listWithin({ kind, path }: OutlineItem, entries: EntryKind): DocumentPath | null {
  switch (kind) {
    case 'nodeType':
      if (entries === 'task') return [...path, 'tasks'];
      return entries === 'variable' ? [...path, 'variables'] : null;
    case 'variables':
      return entries === 'variable' ? path : null;
    case 'onStart':
    case 'onStop':
      return entries === 'step' ? path : null;
    case 'task':
      return entries === 'step' ? [...path, 'steps'] : null;
    default:
      return null;
  }
}
