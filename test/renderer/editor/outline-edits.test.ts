import { describe, expect, test } from 'vitest';
import { listAt, textAt, valueAt } from '../../../src/renderer/features/editor/model/document-value';
import {
  addEntry,
  duplicateEntry,
  moveEntry,
  moveEntryBy,
  otherListsFor,
  removeEntry,
  renameEntry,
} from '../../../src/renderer/features/editor/model/outline-edits';
import { parseScenario } from '../../../src/shared/scenario/parse';
import { tutorial } from './tutorial';

const TASKS = ['nodeTypes', 0, 'tasks'] as const;
const names = (document: unknown, path: readonly (string | number)[]) =>
  listAt(document, path).map((entry) => textAt(entry, ['name']));

describe('adding', () => {
  test('makes entries that are valid as they are, with names of their own', () => {
    let document: unknown = tutorial();
    for (const [list, make] of [
      [['nodeTypes'], 'nodeType'],
      [['nodeTypes'], 'nodeType'],
      [['nodeTypes', 1, 'variables'], 'variable'],
      [['nodeTypes', 1, 'variables'], 'variable'],
      [['nodeTypes', 1, 'tasks'], 'task'],
      [['nodeTypes', 1, 'onStop'], 'request'],
      [['nodeTypes', 1, 'tasks', 0, 'steps'], 'pause'],
    ] as const) {
      const edit = addEntry(document, list, make);
      expect(valueAt(edit.document, edit.select)).toBeDefined();
      document = edit.document;
    }
    expect(parseScenario(document)).toMatchObject({ ok: true });
    expect(names(document, ['nodeTypes'])).toEqual(['IoTNode', 'Node', 'Node 2']);
    expect(names(document, ['nodeTypes', 1, 'variables'])).toEqual(['variable', 'variable_2']);
  });

  test('makes the list where there is none, even in a broken document', () => {
    expect(addEntry({}, ['nodeTypes'], 'nodeType').document).toMatchObject({ nodeTypes: [{ name: 'Node' }] });
    expect(addEntry({ nodeTypes: [{ tasks: 'x' }] }, TASKS, 'task').document).toMatchObject({
      nodeTypes: [{ tasks: [{ name: 'task' }] }],
    });
  });
});

describe('duplicating', () => {
  test('puts a deep copy with the next free name behind the original', () => {
    const document = tutorial();
    const once = duplicateEntry(document, [...TASKS, 0]);
    const twice = duplicateEntry(once?.document, [...TASKS, 0]);
    expect(names(twice?.document, TASKS)).toEqual(['send_data', 'send_data 3', 'send_data 2', 'send_health', 'check_for_ota']);
    expect(twice?.select).toEqual([...TASKS, 1]);
    expect(valueAt(once?.document, [...TASKS, 1, 'steps'])).not.toBe(valueAt(once?.document, [...TASKS, 0, 'steps']));
    expect(names(document, TASKS)).toHaveLength(3);
    expect(parseScenario(twice?.document)).toMatchObject({ ok: true });
  });

  test('does nothing for what is no entry', () => {
    expect(duplicateEntry(tutorial(), ['target'])).toBeNull();
    expect(duplicateEntry(tutorial(), [...TASKS, 9])).toBeNull();
  });
});

describe('deleting', () => {
  test('goes to the next entry, to the one before at the end, to the owner when none is left', () => {
    const document = tutorial();
    expect(removeEntry(document, [...TASKS, 0])?.select).toEqual([...TASKS, 0]);
    expect(removeEntry(document, [...TASKS, 2])?.select).toEqual([...TASKS, 1]);
    expect(removeEntry(document, [...TASKS, 0, 'steps', 0])?.select).toEqual([...TASKS, 0]);
    expect(removeEntry(document, ['nodeTypes', 0, 'onStart', 0])?.select).toEqual(['nodeTypes', 0, 'onStart']);
    expect(removeEntry(document, ['nodeTypes', 0])?.select).toEqual([]);
  });
});

describe('moving', () => {
  test('moves up and down within the list and stops at its ends', () => {
    const document = tutorial();
    const down = moveEntryBy(document, [...TASKS, 0], 1);
    expect(names(down?.document, TASKS)).toEqual(['send_health', 'send_data', 'check_for_ota']);
    expect(down?.select).toEqual([...TASKS, 1]);
    const up = moveEntryBy(down?.document, [...TASKS, 1], -1);
    expect(up?.document).toEqual(document);
    expect(moveEntryBy(document, [...TASKS, 0], -1)).toBeNull();
    expect(moveEntryBy(document, [...TASKS, 2], 1)).toBeNull();
  });

  test('drops in front of any entry, and nowhere that changes nothing', () => {
    const document = tutorial();
    expect(names(moveEntry(document, [...TASKS, 2], TASKS, 0)?.document, TASKS)).toEqual([
      'check_for_ota',
      'send_data',
      'send_health',
    ]);
    expect(names(moveEntry(document, [...TASKS, 0], TASKS, 3)?.document, TASKS)).toEqual([
      'send_health',
      'check_for_ota',
      'send_data',
    ]);
    expect(moveEntry(document, [...TASKS, 1], TASKS, 1)).toBeNull();
    expect(moveEntry(document, [...TASKS, 1], TASKS, 2)).toBeNull();
  });

  test('takes a task to another node type, under a name that is free there', () => {
    const copy = duplicateEntry(tutorial(), ['nodeTypes', 0])?.document;
    const edit = moveEntry(copy, [...TASKS, 0], ['nodeTypes', 1, 'tasks'], 1);
    expect(names(edit?.document, TASKS)).toEqual(['send_health', 'check_for_ota']);
    expect(names(edit?.document, ['nodeTypes', 1, 'tasks'])).toEqual([
      'send_data',
      'send_data 2',
      'send_health',
      'check_for_ota',
    ]);
    expect(valueAt(edit?.document, edit?.select ?? [])).toMatchObject({ name: 'send_data 2' });
  });

  test('refuses a list of another kind', () => {
    expect(moveEntry(tutorial(), [...TASKS, 0], ['nodeTypes', 0, 'onStart'], 0)).toBeNull();
    expect(moveEntry(tutorial(), ['nodeTypes', 0], TASKS, 0)).toBeNull();
  });

  test('names the other lists that an entry can move to', () => {
    const document = duplicateEntry(tutorial(), ['nodeTypes', 0])?.document;
    expect(otherListsFor(document, [...TASKS, 0]).map(({ label }) => label)).toEqual(['IoTNode 2']);
    const forStep = otherListsFor(document, ['nodeTypes', 0, 'onStart', 0]).map(({ label }) => label);
    expect(forStep).toContain('IoTNode: send_data');
    expect(forStep).toContain('IoTNode 2: On start');
    expect(forStep).not.toContain('IoTNode: On start');
    expect(otherListsFor(document, ['nodeTypes', 0])).toEqual([]);
  });
});

describe('renaming', () => {
  test('lets the placeholders of the node type follow a variable', () => {
    const edit = renameEntry(tutorial(), ['nodeTypes', 0, 'variables', 0], 'variable', 'device');
    const text = JSON.stringify(edit?.document);
    expect(text).not.toContain('iot_id');
    expect(text).toContain('/greet/{{device}}');
    expect(text).toContain('/ota/{{device}}');
    expect(parseScenario(edit?.document)).toMatchObject({ ok: true, warnings: [] });
  });

  test('names a request in the statistics, and forgets an empty name', () => {
    const path = ['nodeTypes', 0, 'onStart', 0];
    const renamed = renameEntry(tutorial(), path, 'request', 'hello');
    expect(valueAt(renamed?.document, [...path, 'request', 'name'])).toBe('hello');
    const cleared = renameEntry(tutorial(), path, 'request', '');
    expect(valueAt(cleared?.document, [...path, 'request'])).not.toHaveProperty('name');
  });
});
