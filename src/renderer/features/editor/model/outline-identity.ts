import { type DocumentPath, formatPath } from '../../../../shared/scenario/problem';
import { equalValues, listAt, textAt } from './document-value';

/** An entry of one of the lists that the outline shows. */
interface Entry {
  id: string;
  value: unknown;
}

/** The ids of all entries of the document's lists: node types, variables, tasks, steps. */
export interface EntryIds {
  idAt(path: DocumentPath): string;
  /** Entries by the id of what the list belongs to and the list's name. */
  lists: ReadonlyMap<string, readonly Entry[]>;
  nextNumber: number;
}

/**
 * Gives each entry of the document's lists an id. Documents hold none, so an entry is known again by being the same object (moved, or
 * untouched), else within its list by equal content, by its name, or by its place, in this order.
 */
export function claimIds(document: unknown, previous?: EntryIds): EntryIds {
  return new Claims(document, previous).claimAll(document);
}

class Claims {
  private readonly previous: EntryIds['lists'];
  /** Ids of objects that were in the document before and still are. */
  private readonly kept = new Map<unknown, string>();
  private readonly taken = new Set<string>();
  private readonly lists = new Map<string, Entry[]>();
  private readonly byPath = new Map<string, string>();
  private nextNumber: number;

  constructor(document: unknown, previous: EntryIds | undefined) {
    this.previous = previous?.lists ?? new Map();
    this.nextNumber = previous?.nextNumber ?? 1;
    const present = new Set(entryValues(document));
    for (const entries of this.previous.values()) {
      for (const { id, value } of entries) {
        if (typeof value === 'object' && value !== null && present.has(value)) this.kept.set(value, id);
      }
    }
  }

  claimAll(document: unknown): EntryIds {
    for (const [index, typeId] of this.claimList(document, ['nodeTypes'], 'nodeTypes').entries()) {
      const path = ['nodeTypes', index];
      this.claimList(document, [...path, 'variables'], `${typeId}/variables`);
      this.claimList(document, [...path, 'onStart'], `${typeId}/onStart`);
      for (const [task, taskId] of this.claimList(document, [...path, 'tasks'], `${typeId}/tasks`).entries()) {
        this.claimList(document, [...path, 'tasks', task, 'steps'], `${taskId}/steps`);
      }
      this.claimList(document, [...path, 'onStop'], `${typeId}/onStop`);
    }
    const { byPath, lists, nextNumber } = this;
    return { lists, nextNumber, idAt: (path) => byPath.get(formatPath(path)) ?? formatPath(path) };
  }

  private claimList(document: unknown, path: DocumentPath, key: string): string[] {
    const values = listAt(document, path);
    const ids: (string | undefined)[] = values.map((value) => this.takeKept(value));
    const before = this.previous.get(key) ?? [];
    const isFree = ({ id, value }: Entry) => !this.taken.has(id) && !this.kept.has(value);
    const claim = (matches: (entry: Entry, value: unknown, index: number) => boolean) => {
      for (const [index, value] of values.entries()) {
        if (ids[index] !== undefined) continue;
        const found = before.find((entry) => isFree(entry) && matches(entry, value, index));
        if (!found) continue;
        this.taken.add(found.id);
        ids[index] = found.id;
      }
    };
    claim((entry, value) => equalValues(entry.value, value));
    claim((entry, value) => textAt(value, ['name']) !== '' && textAt(entry.value, ['name']) === textAt(value, ['name']));
    claim((entry, _, index) => before[index] === entry);
    const entries = values.map((value, index) => ({ id: ids[index] ?? `entry-${this.nextNumber++}`, value }));
    for (const [index, { id }] of entries.entries()) this.byPath.set(formatPath([...path, index]), id);
    this.lists.set(key, entries);
    return entries.map(({ id }) => id);
  }

  private takeKept(value: unknown): string | undefined {
    const id = this.kept.get(value);
    if (id === undefined || this.taken.has(id)) return undefined;
    this.taken.add(id);
    return id;
  }
}

function* entryValues(document: unknown): Generator<unknown> {
  for (const nodeType of listAt(document, ['nodeTypes'])) {
    yield nodeType;
    yield* listAt(nodeType, ['variables']);
    yield* listAt(nodeType, ['onStart']);
    for (const task of listAt(nodeType, ['tasks'])) {
      yield task;
      yield* listAt(task, ['steps']);
    }
    yield* listAt(nodeType, ['onStop']);
  }
}
