import type { DocumentPath } from '../../../../shared/scenario/problem';
import { isObject, isWithin, listAt, setAt, textAt, valueAt } from './document-value';
import { newNodeType, newStep, newTask, newVariable } from './new-entries';
import type { OutlineKind } from './outline';
import { uniqueName } from './unique-name';
import { renameVariable } from './variable-references';

/** An edit of the document's structure: what it is called in "Undo …", the document after it, and the place to go to. */
export interface OutlineEdit {
  label: string;
  document: unknown;
  select: DocumentPath;
  /** It brings in something new, which may still have gaps. */
  adds?: boolean;
}

/** What the entries of a list are. */
export type EntryKind = 'nodeType' | 'variable' | 'task' | 'step';

/** Words for undo labels and menus. */
const ENTRY_WORDS: Record<EntryKind, string> = {
  nodeType: 'node type',
  variable: 'variable',
  task: 'task',
  step: 'step',
};

const LIST_ENTRIES: Record<string, EntryKind> = {
  nodeTypes: 'nodeType',
  variables: 'variable',
  tasks: 'task',
  steps: 'step',
  onStart: 'step',
  onStop: 'step',
};

/** What a list at this place holds; null when the place is no list of the outline. */
export function entriesOf(listPath: DocumentPath): EntryKind | null {
  return LIST_ENTRIES[String(listPath[listPath.length - 1])] ?? null;
}

/** The list that an entry is in, and its index; null for places that are no entry (target, load, …). */
export function entryPlace(path: DocumentPath): { listPath: DocumentPath; index: number; kind: EntryKind } | null {
  const index = path[path.length - 1];
  const listPath = path.slice(0, -1);
  const kind = entriesOf(listPath);
  return typeof index === 'number' && kind ? { listPath, index, kind } : null;
}

/** Adds an entry of its kind behind the others, or at `index`. */
export function addEntry(
  document: unknown,
  listPath: DocumentPath,
  make: 'nodeType' | 'variable' | 'task' | 'request' | 'pause',
  index = listAt(document, listPath).length,
): OutlineEdit {
  const entry = { nodeType: newNodeType, variable: newVariable, task: newTask, request: requestStep, pause: pauseStep }[make]();
  const word = make === 'request' || make === 'pause' ? make : ENTRY_WORDS[make];
  return {
    label: `Add ${word}`,
    document: insertAt(document, listPath, index, withOwnName(entry, listAt(document, listPath), listPath)),
    select: [...listPath, index],
    adds: true,
  };
}

const requestStep = () => newStep('request');
const pauseStep = () => newStep('pause');

/** A copy right behind the original, with a name of its own. */
export function duplicateEntry(document: unknown, path: DocumentPath): OutlineEdit | null {
  const place = entryPlace(path);
  const entry = valueAt(document, path);
  if (!place || entry === undefined) return null;
  const copy = withOwnName(structuredClone(entry), listAt(document, place.listPath), place.listPath);
  const select = [...place.listPath, place.index + 1];
  return {
    label: `Duplicate ${ENTRY_WORDS[place.kind]}`,
    document: insertAt(document, place.listPath, place.index + 1, copy),
    select,
  };
}

/** Without the entry; goes to the next one, else to the one before, else to what the list belongs to. */
export function removeEntry(document: unknown, path: DocumentPath): OutlineEdit | null {
  const place = entryPlace(path);
  if (!place || valueAt(document, path) === undefined) return null;
  const { listPath, index, kind } = place;
  const left = listAt(document, listPath).length - 1;
  return {
    label: `Delete ${ENTRY_WORDS[kind]}`,
    document: setAt(document, path, undefined),
    select: left === 0 ? ownerOf(listPath) : [...listPath, Math.min(index, left - 1)],
  };
}

/** Moves an entry by so many places within its list; null at the end of the list. */
export function moveEntryBy(document: unknown, path: DocumentPath, by: number): OutlineEdit | null {
  const place = entryPlace(path);
  if (!place) return null;
  const to = place.index + by;
  if (to < 0 || to >= listAt(document, place.listPath).length) return null;
  return moveEntry(document, path, place.listPath, by > 0 ? to + 1 : to);
}

/**
 * Moves an entry in front of the entry that now has index `before` in a list that holds the same kind (its own, or another one's).
 * In another list it gets a name of its own there. null when nothing would change or the entry cannot be there.
 */
export function moveEntry(document: unknown, path: DocumentPath, toList: DocumentPath, before: number): OutlineEdit | null {
  const place = entryPlace(path);
  const entry = valueAt(document, path);
  if (!place || entry === undefined || entriesOf(toList) !== place.kind || isWithin(toList, path)) return null;
  const label = `Move ${ENTRY_WORDS[place.kind]}`;
  const sameList = isWithin(toList, place.listPath) && toList.length === place.listPath.length;
  if (sameList) {
    const index = before > place.index ? before - 1 : before;
    if (index === place.index) return null;
    const without = setAt(document, path, undefined);
    return { label, document: insertAt(without, toList, index, entry), select: [...toList, index] };
  }
  const moved = withOwnName(entry, listAt(document, toList), toList);
  const inserted = insertAt(document, toList, before, moved);
  return { label, document: setAt(inserted, path, undefined), select: [...toList, before] };
}

/** Gives an entry another name. A variable's references follow it; a request's name is the one in the statistics. null for a pause. */
export function renameEntry(document: unknown, path: DocumentPath, kind: OutlineKind, name: string): OutlineEdit | null {
  const label = 'Rename';
  if (kind === 'variable') return { label, document: renameVariable(document, path, name), select: path };
  if (kind === 'request') {
    return { label, document: setAt(document, [...path, 'request', 'name'], name === '' ? undefined : name), select: path };
  }
  if (kind !== 'nodeType' && kind !== 'task' && kind !== 'scenario') return null;
  return { label, document: setAt(document, [...path, 'name'], name), select: path };
}

/** The lists that an entry could move to, besides its own, with what to call them. */
export function otherListsFor(document: unknown, path: DocumentPath): { listPath: DocumentPath; label: string }[] {
  const place = entryPlace(path);
  if (!place || place.kind === 'nodeType') return [];
  const lists = listAt(document, ['nodeTypes']).flatMap((nodeType, index) => {
    const name = textAt(nodeType, ['name']);
    const typePath = ['nodeTypes', index];
    if (place.kind !== 'step') {
      return [{ listPath: [...typePath, place.kind === 'task' ? 'tasks' : 'variables'], label: name }];
    }
    const tasks = listAt(nodeType, ['tasks']).map((task, at) => ({
      listPath: [...typePath, 'tasks', at, 'steps'],
      label: `${name}: ${textAt(task, ['name'])}`,
    }));
    return [
      { listPath: [...typePath, 'onStart'], label: `${name}: On start` },
      ...tasks,
      { listPath: [...typePath, 'onStop'], label: `${name}: On stop` },
    ];
  });
  const own = place.listPath.join('/');
  return lists.filter(({ listPath }) => listPath.join('/') !== own);
}

function insertAt(document: unknown, listPath: DocumentPath, index: number, entry: unknown): unknown {
  return setAt(document, listPath, listAt(document, listPath).toSpliced(index, 0, entry));
}

function withOwnName(entry: unknown, siblings: readonly unknown[], listPath: DocumentPath): unknown {
  if (!isObject(entry) || typeof entry.name !== 'string') return entry;
  const names = siblings.map((sibling) => textAt(sibling, ['name']));
  return { ...entry, name: uniqueName(entry.name, names, entriesOf(listPath) === 'variable' ? '_' : ' ') };
}

/** Where a list without entries is shown: a group of the outline, a task, or the scenario. */
function ownerOf(listPath: DocumentPath): DocumentPath {
  const key = listPath[listPath.length - 1];
  return key === 'tasks' || key === 'steps' || key === 'nodeTypes' ? listPath.slice(0, -1) : listPath;
}
