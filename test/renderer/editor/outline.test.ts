import { describe, expect, test } from 'vitest';
import { setAt, valueAt } from '../../../src/renderer/features/editor/model/document-value';
import { buildOutline, type Outline, outlineItems } from '../../../src/renderer/features/editor/model/outline';
import { duplicateEntry, moveEntry, removeEntry } from '../../../src/renderer/features/editor/model/outline-edits';
import { tutorial } from './tutorial';

function lines({ items }: Outline): string[] {
  const text: string[] = [];
  const walk = (list: Outline['items'], depth: number) => {
    for (const item of list) {
      text.push(`${'  '.repeat(depth)}${item.label}${item.detail ? ` | ${item.detail}` : ''}`);
      walk(item.children, depth + 1);
    }
  };
  walk(items, 0);
  return text;
}

function idsByLabel(outline: Outline): Record<string, string> {
  return Object.fromEntries([...outlineItems(outline.items)].map(({ label, id }) => [label, id]));
}

describe('the outline of a scenario', () => {
  test('shows the tutorial with shares and counts', () => {
    expect(lines(buildOutline(tutorial()))).toEqual([
      'IoT backend',
      'Target | 127.0.0.1:8090',
      'Load | 100 @ 5/s',
      'IoTNode | 100 %',
      '  Variables | 1',
      '    iot_id | Random integer',
      '  On start | 1',
      '    GET /greet',
      '  send_data | 83.3 %',
      '    POST /data',
      '  send_health | 8.33 %',
      '    POST /health',
      '  check_for_ota | 8.33 %',
      '    GET /ota',
      '  On stop',
    ]);
  });

  test('shows what is there of a broken document', () => {
    for (const broken of [null, 5, [], {}, { nodeTypes: 'x' }, { nodeTypes: [null, { tasks: [7, { steps: [null, {}] }] }] }]) {
      expect(lines(buildOutline(broken)).slice(0, 3)).toEqual(['Scenario without a name', 'Target', 'Load']);
    }
    const outline = buildOutline({ nodeTypes: [{ tasks: [{ steps: [{ request: {}, pause: {} }] }] }] });
    expect(lines(outline)).toContain('    Step that is neither a request nor a pause');
  });

  test('says stages, pauses and fixed counts in words', () => {
    const document = {
      load: {
        stages: [
          { nodes: 10, rampSeconds: 1, holdSeconds: 9 },
          { nodes: 40, rampSeconds: 1, holdSeconds: 9 },
        ],
      },
      nodeTypes: [
        { name: 'gateway', fixedCount: 10, onStart: [{ pause: { seconds: 2 } }, { pause: { minSeconds: 1, maxSeconds: 3 } }] },
        { name: 'sensor', weight: 2 },
        { name: 'meter', weight: 1 },
      ],
    };
    const text = lines(buildOutline(document));
    expect(text).toEqual(expect.arrayContaining(['Load | 2 stages', 'gateway | 10 nodes', 'sensor | 50 %', 'meter | 25 %']));
    expect(text).toEqual(expect.arrayContaining(['    Pause 2 s', '    Pause 1 to 3 s']));
  });
});

describe('the ids of lines', () => {
  test('are unique and stay when a field changes, also when the whole document is a copy', () => {
    const document = tutorial();
    const before = buildOutline(document);
    const ids = [...outlineItems(before.items)].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);

    const copy = structuredClone(setAt(document, ['nodeTypes', 0, 'tasks', 1, 'name'], 'vitals'));
    const after = buildOutline(copy, before);
    expect([...outlineItems(after.items)].map(({ id }) => id)).toEqual(ids);
  });

  test('go with an entry that moves, is copied or stands behind a deleted one', () => {
    let document: unknown = tutorial();
    let outline = buildOutline(document);
    const first = idsByLabel(outline);
    const apply = (edit: { document: unknown } | null) => {
      document = edit?.document;
      outline = buildOutline(document, outline);
      return idsByLabel(outline);
    };
    const moved = apply(moveEntry(document, ['nodeTypes', 0, 'tasks', 2], ['nodeTypes', 0, 'tasks'], 0));
    expect(moved).toEqual(first);

    const doubled = apply(duplicateEntry(document, ['nodeTypes', 0, 'tasks', 1]));
    expect(doubled.send_data).toBe(first.send_data);
    expect(Object.values(first)).not.toContain(doubled['send_data 2']);

    const without = apply(removeEntry(document, ['nodeTypes', 0, 'tasks', 0]));
    expect(without.send_data).toBe(first.send_data);
    expect(without['send_data 2']).toBe(doubled['send_data 2']);
    expect(without.check_for_ota).toBeUndefined();
  });

  test('go with a step that moves to another list', () => {
    const document = tutorial();
    const before = buildOutline(document);
    const step = idsByLabel(before)['POST /data'];
    const edit = moveEntry(document, ['nodeTypes', 0, 'tasks', 0, 'steps', 0], ['nodeTypes', 0, 'onStart'], 0);
    expect(valueAt(edit?.document, ['nodeTypes', 0, 'tasks', 0, 'steps'])).toEqual([]);
    expect(idsByLabel(buildOutline(edit?.document, before))['POST /data']).toBe(step);
  });
});
