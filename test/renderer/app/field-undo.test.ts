import { expect, it } from 'vitest';
import { undoOwner } from '../../../src/renderer/app/field-undo';

const field = (atFocus: string, now: string, undone = false) => ({ atFocus, now, undone });

it('leaves undo to the field while there is something typed in it to take back', () => {
  expect(undoOwner('undo', field('/data', '/data/1'))).toBe('field');
});

it('takes undo for the document when nothing was typed, all was taken back, or no field has the focus', () => {
  expect(undoOwner('undo', field('/data', '/data'))).toBe('document');
  expect(undoOwner('undo', null)).toBe('document');
});

it('leaves redo to the field only after an undo of its own', () => {
  expect(undoOwner('redo', field('/data', '/data', true))).toBe('field');
  expect(undoOwner('redo', field('/data', '/data/1'))).toBe('document');
  expect(undoOwner('redo', null)).toBe('document');
});
