import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { documentActions, useDocument } from '../../../src/renderer/app/document-store';
import { textOfDocument } from '../../../src/renderer/app/document-text';
import { keepDocument, restoreKeptDocument } from '../../../src/renderer/app/kept-document';
import { newScenario } from '../../../src/renderer/app/new-scenario';
import { sampleText } from './sample-document';

let hide: () => void = () => {};
let storage: Storage;

beforeEach(() => {
  const values = new Map<string, string>();
  storage = {
    getItem: (key: string) => values.get(key) ?? null,
    setItem: (key: string, value: string) => void values.set(key, value),
    removeItem: (key: string) => void values.delete(key),
  } as unknown as Storage;
  vi.stubGlobal('window', { addEventListener: (_: string, listener: () => void) => (hide = listener), removeEventListener() {} });
  keepDocument(storage);
});

afterEach(() => {
  vi.unstubAllGlobals();
  documentActions.close();
});

it('shows a saved document again, not changed', () => {
  documentActions.load({ path: null, text: sampleText() });
  hide();
  documentActions.close();
  expect(restoreKeptDocument(storage)).toBe(true);
  expect(useDocument.getState()).toMatchObject({ open: true, text: sampleText(), dirty: false });
});

it('shows unsaved changes again as unsaved', () => {
  documentActions.load({ path: '/a.json', text: sampleText() });
  documentActions.update('Change name', (document) => ({ ...document, name: 'Changed' }));
  hide();
  documentActions.close();
  restoreKeptDocument(storage);
  expect(useDocument.getState()).toMatchObject({ path: '/a.json', dirty: true, savedText: sampleText() });
  expect(useDocument.getState().document?.name).toBe('Changed');
});

it('shows gaps of a new scenario again that nobody has been at, without scolding', () => {
  documentActions.load({ path: null, text: textOfDocument(newScenario()) }, { isNew: true });
  const gaps = [...useDocument.getState().untouched];
  expect(gaps).toContain('target.baseUrl');
  documentActions.touch('target.baseUrl');
  hide();
  documentActions.close();
  restoreKeptDocument(storage);
  expect([...useDocument.getState().untouched]).toEqual(gaps.filter((place) => place !== 'target.baseUrl'));
});

it('has nothing after a tab without a document, and for what is broken', () => {
  hide();
  expect(restoreKeptDocument(storage)).toBe(false);
  storage.setItem('nodeswarm.document', '{"text": 1}');
  expect(restoreKeptDocument(storage)).toBe(false);
  storage.setItem('nodeswarm.document', '{');
  expect(restoreKeptDocument(storage)).toBe(false);
});
