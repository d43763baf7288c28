import { describe, expect, test } from 'vitest';
import { buildOutline, type OutlineItem, outlineItems } from '../../../src/renderer/features/editor/model/outline';
import { additionsAt } from '../../../src/renderer/features/editor/model/outline-additions';
import { dropEdit, dropPlace } from '../../../src/renderer/features/editor/model/outline-drop';
import { findByTyping, moveInOutline, visibleRows } from '../../../src/renderer/features/editor/model/outline-rows';
import { tutorial } from './tutorial';

const outline = buildOutline(tutorial());
const rows = visibleRows(outline.items, new Set());

function idOf(label: string): string {
  return itemOf(label).id;
}

function itemOf(label: string): OutlineItem {
  for (const item of outlineItems(outline.items)) if (item.label === label) return item;
  throw new Error(`there is no line ${label}`);
}

describe('the lines in sight', () => {
  test('know their level and their place among their siblings', () => {
    const task = rows.find(({ item }) => item.label === 'send_health');
    expect(task).toMatchObject({ level: 2, place: 4, siblings: 6, isOpen: true, parentId: idOf('IoTNode') });
    expect(rows.find(({ item }) => item.label === 'On stop')).toMatchObject({ isOpen: null });
  });

  test('leave out what lies in closed lines', () => {
    const closed = visibleRows(outline.items, new Set([idOf('IoTNode')]));
    expect(closed.map(({ item }) => item.label)).toEqual(['IoT backend', 'Target', 'Load', 'IoTNode']);
  });
});

describe('keys', () => {
  test('move, open and close as in any tree', () => {
    expect(moveInOutline('ArrowDown', rows, idOf('Load'))).toEqual({ select: idOf('IoTNode') });
    expect(moveInOutline('ArrowUp', rows, idOf('IoT backend'))).toBeNull();
    expect(moveInOutline('Home', rows, idOf('On stop'))).toEqual({ select: 'scenario' });
    expect(moveInOutline('End', rows, idOf('Load'))).toEqual({ select: idOf('On stop') });
    expect(moveInOutline('ArrowLeft', rows, idOf('send_data'))).toEqual({ close: idOf('send_data') });
    expect(moveInOutline('ArrowLeft', rows, idOf('POST /data'))).toEqual({ select: idOf('send_data') });
    expect(moveInOutline('ArrowRight', rows, idOf('send_data'))).toEqual({ select: idOf('POST /data') });
    expect(moveInOutline('ArrowRight', rows, idOf('POST /data'))).toBeNull();
    const closed = visibleRows(outline.items, new Set([idOf('send_data')]));
    expect(moveInOutline('ArrowRight', closed, idOf('send_data'))).toEqual({ open: idOf('send_data') });
    expect(moveInOutline('x', rows, idOf('Load'))).toBeNull();
  });

  test('letters lead to lines, one letter again and again to the next', () => {
    expect(findByTyping('s', rows, 'target')).toBe(idOf('send_data'));
    expect(findByTyping('s', rows, idOf('send_data'))).toBe(idOf('send_health'));
    expect(findByTyping('ss', rows, idOf('send_health'))).toBe(idOf('send_data'));
    expect(findByTyping('send_h', rows, idOf('send_data'))).toBe(idOf('send_health'));
    expect(findByTyping('send_d', rows, idOf('send_data'))).toBe(idOf('send_data'));
    expect(findByTyping('nothing', rows, 'target')).toBeNull();
  });
});

describe('dropping', () => {
  const document = tutorial();
  const drop = (dragged: string, target: string, half: 'upper' | 'lower' = 'upper') =>
    dropPlace(document, itemOf(dragged).path, itemOf(target), half);

  test('goes before or behind a line of its kind, and to the end of what holds its kind', () => {
    expect(drop('check_for_ota', 'send_data')).toEqual({ listPath: ['nodeTypes', 0, 'tasks'], before: 0, mark: 'above' });
    expect(drop('send_data', 'send_health', 'lower')).toEqual({ listPath: ['nodeTypes', 0, 'tasks'], before: 2, mark: 'below' });
    expect(drop('POST /data', 'On stop')).toEqual({ listPath: ['nodeTypes', 0, 'onStop'], before: 0, mark: 'into' });
    expect(drop('POST /data', 'send_health')).toEqual({
      listPath: ['nodeTypes', 0, 'tasks', 1, 'steps'],
      before: 1,
      mark: 'into',
    });
    expect(drop('send_data', 'IoTNode')).toEqual({ listPath: ['nodeTypes', 0, 'tasks'], before: 3, mark: 'into' });
  });

  test('goes nowhere else, and never into itself', () => {
    expect(drop('send_data', 'Target')).toBeNull();
    expect(drop('iot_id', 'On start')).toBeNull();
    expect(drop('IoTNode', 'send_data')).toBeNull();
    expect(drop('Target', 'Load')).toBeNull();
    expect(drop('send_data', 'send_data')).toBeNull();
    expect(dropEdit(document, itemOf('send_data').path, null)).toBeNull();
  });
});

test('what can be added begins with what is nearest to the line', () => {
  const labels = (label: string) => additionsAt(itemOf(label)).map((addition) => addition.label);
  expect(labels('Target')).toEqual(['Add node type']);
  expect(labels('send_data')).toEqual(['Add request', 'Add pause', 'Add task', 'Add variable', 'Add node type']);
  expect(labels('iot_id')[0]).toBe('Add variable');
  expect(additionsAt(itemOf('POST /data'))[0]).toMatchObject({ listPath: ['nodeTypes', 0, 'tasks', 0, 'steps'], index: 1 });
  expect(additionsAt(itemOf('send_data')).find(({ make }) => make === 'task')).toMatchObject({ index: 1 });
});
