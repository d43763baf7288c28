import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { documentActions, problemsAt, redoLabel, undoLabel, useDocument } from '../../../src/renderer/app/document-store';
import { sampleDocument, sampleText } from './sample-document';

const state = () => useDocument.getState();
const rename = (name: string, options?: { group?: string }) =>
  documentActions.update('Change name', (document) => ({ ...document, name }), options);

beforeEach(() => {
  vi.useFakeTimers();
  documentActions.load({ path: '/a/b.nodeswarm.json', text: sampleText() });
});

afterEach(() => {
  documentActions.close();
  vi.useRealTimers();
});

describe('loading', () => {
  it('shows the document as its author wrote it and is not dirty', () => {
    expect(state().document).toEqual(sampleDocument());
    expect(state().text).toBe(sampleText());
    expect(state()).toMatchObject({ open: true, dirty: false, path: '/a/b.nodeswarm.json', problems: [] });
    expect(state().scenario?.target.timeoutMs).toBe(60_000);
  });

  it('tells of a document in one step, never of one that is half there', () => {
    const heard: unknown[] = [];
    const stop = useDocument.subscribe(({ document, problems, dirty }) => heard.push({ document, problems, dirty }));
    documentActions.load({ path: null, text: sampleText() }, { unsaved: true });
    stop();
    expect(heard).toEqual([{ document: sampleDocument(), problems: [], dirty: true }]);
  });

  it('keeps a broken text as it is, with its problem, and has no document', () => {
    documentActions.load({ path: null, text: '{ "nodeswarm": 1, ' });
    expect(state()).toMatchObject({ open: true, document: null, text: '{ "nodeswarm": 1, ', dirty: false });
    expect(state().problems).toHaveLength(1);
  });

  it('has no document for a text with another shape, but has one for wrong values and unknown keys', () => {
    documentActions.load({ path: null, text: JSON.stringify({ ...sampleDocument(), nodeTypes: 'none' }) });
    expect(state().document).toBeNull();
    const wrong = { ...sampleDocument(), name: '', unknown: { a: 1 }, load: { nodes: 0, spawnRate: -1 } };
    documentActions.load({ path: null, text: JSON.stringify(wrong) });
    expect(state().document).toEqual(wrong);
    expect(state().problems.length).toBeGreaterThan(0);
  });

  it('has a document for a wrong status, none for an unknown generator', () => {
    const withStatus = (status: unknown) => {
      const document = sampleDocument();
      const task = document.nodeTypes[0]?.tasks?.[0];
      return {
        ...document,
        nodeTypes: [{ name: 'N', tasks: [{ ...task, steps: [{ request: { path: '/', expect: { status } } }] }] }],
      };
    };
    documentActions.load({ path: null, text: JSON.stringify(withStatus(['9xx'])) });
    expect(state().document).not.toBeNull();
    const odd = { ...sampleDocument(), nodeTypes: [{ name: 'N', variables: [{ name: 'v', generator: { kind: 'odd' } }] }] };
    documentActions.load({ path: null, text: JSON.stringify(odd) });
    expect(state().document).toBeNull();
  });
});

describe('changes', () => {
  it('writes canonical text and is dirty until saved', () => {
    rename('Other');
    expect(JSON.parse(state().text).name).toBe('Other');
    expect(state().dirty).toBe(true);
    documentActions.markSaved('/c.nodeswarm.json');
    expect(state()).toMatchObject({ dirty: false, path: '/c.nodeswarm.json' });
  });

  it('stays dirty when the document changed while it was being written', () => {
    rename('One');
    const written = documentActions.currentText();
    rename('Two');
    documentActions.markSaved('/c.nodeswarm.json', written);
    expect(state().dirty).toBe(true);
  });

  it('loses no unknown key while the document has mistakes', () => {
    documentActions.load({ path: null, text: JSON.stringify({ ...sampleDocument(), extra: 42 }) });
    rename('Other');
    expect(JSON.parse(state().text)).toMatchObject({ name: 'Other', extra: 42 });
  });

  it('finds problems at their places', () => {
    rename('');
    expect(problemsAt(state().problems, 'name')).toHaveLength(1);
    expect(problemsAt(state().problems, 'nodeTypes[0]')).toHaveLength(0);
    const problems = [
      { path: 'nodeTypes[1].name', message: '', expected: '' },
      { path: 'nodeTypes[10].name', message: '', expected: '' },
    ];
    expect(problemsAt(problems, 'nodeTypes[1]')).toHaveLength(0);
    expect(problemsAt(problems, 'nodeTypes[1]', { within: true })).toEqual([problems[0]]);
  });

  it('takes a recipe without effect for no change', () => {
    documentActions.update('Nothing', (document) => document);
    expect(state().history.past).toHaveLength(0);
  });

  it('looks for problems of a large document a moment later, and at once when asked for the text', () => {
    const description = 'x'.repeat(200_000);
    documentActions.load({ path: null, text: JSON.stringify({ ...sampleDocument(), description }) });
    rename('');
    expect(state().document?.name).toBe('');
    expect(state().problems).toHaveLength(0);
    vi.advanceTimersByTime(150);
    expect(state().problems).toHaveLength(1);
    rename('Back');
    expect(JSON.parse(documentActions.currentText()).name).toBe('Back');
    expect(state().problems).toHaveLength(0);
  });
});

describe('undo', () => {
  it('goes back to the text as it was loaded, which is not dirty, and forward again', () => {
    rename('Other');
    expect(undoLabel(state())).toBe('Undo change name');
    documentActions.undo();
    expect(state()).toMatchObject({ text: sampleText(), dirty: false });
    expect(undoLabel(state())).toBeNull();
    expect(redoLabel(state())).toBe('Redo change name');
    documentActions.redo();
    expect(state().document?.name).toBe('Other');
  });

  it('takes quick changes of one group for one step, slow ones and other groups not', () => {
    rename('a', { group: 'name' });
    vi.advanceTimersByTime(300);
    rename('ab', { group: 'name' });
    expect(state().history.past).toHaveLength(1);
    rename('abc', { group: 'other' });
    expect(state().history.past).toHaveLength(2);
    vi.advanceTimersByTime(1_500);
    rename('abcd', { group: 'other' });
    expect(state().history.past).toHaveLength(3);
    documentActions.undo();
    documentActions.undo();
    expect(state().document?.name).toBe('ab');
    documentActions.undo();
    expect(state().document?.name).toBe(sampleDocument().name);
  });

  it('begins a new step after an undo, and forgets what was undone', () => {
    rename('a', { group: 'name' });
    rename('b', { group: 'other' });
    documentActions.undo();
    rename('c', { group: 'name' });
    expect(state().history.future).toHaveLength(0);
    documentActions.undo();
    expect(state().document?.name).toBe('a');
  });

  it('reaches across the source tab: a broken text can be undone', () => {
    documentActions.setText('{');
    expect(state()).toMatchObject({ document: null, text: '{', dirty: true });
    documentActions.undo();
    expect(state().document).toEqual(sampleDocument());
    expect(state().dirty).toBe(false);
  });

  it('passes over steps that were changed back already', () => {
    const { name } = sampleDocument();
    rename('a');
    rename('b', { group: 'name' });
    rename('a', { group: 'name' });
    documentActions.undo();
    expect(state().document?.name).toBe(name);
    documentActions.redo();
    expect(state().document?.name).toBe('a');
  });

  it('is empty after loading another document', () => {
    rename('Other');
    documentActions.load({ path: null, text: sampleText() });
    documentActions.undo();
    expect(state().document?.name).toBe(sampleDocument().name);
  });
});

describe('what nobody has been at yet', () => {
  const untouched = () => [...state().untouched];
  const places = () => state().problems.map(({ path }) => path);
  const gaps = () => documentActions.load({ path: null, text: JSON.stringify(withGaps) }, { isNew: true });
  const setUrl = (baseUrl: string) =>
    documentActions.update('Change host', (document) => ({ ...document, target: { baseUrl } }), { group: 'target.baseUrl' });
  const addNameless = (options?: { adds: boolean }) =>
    documentActions.update(
      'Add node type',
      (document) => ({ ...document, nodeTypes: [...document.nodeTypes, { ...document.nodeTypes[0], name: '' }] }),
      options,
    );
  const withGaps = { ...sampleDocument(), name: '', target: { baseUrl: '' } };

  it('is all that is missing in a new scenario, and nothing in one that was opened', () => {
    gaps();
    expect(untouched()).toEqual(['name', 'target.baseUrl']);
    documentActions.load({ path: '/a.json', text: JSON.stringify(withGaps) });
    expect(places()).toEqual(['name', 'target.baseUrl']);
    expect(untouched()).toEqual([]);
  });

  it('ends place by place: when it is left, or written in; and stays ended when the problem comes back', () => {
    gaps();
    documentActions.touch('name');
    expect(untouched()).toEqual(['target.baseUrl']);
    setUrl('h');
    expect(untouched()).toEqual([]);
    expect(places()).toEqual(['name', 'target.baseUrl']);
    documentActions.undo();
    expect(places()).toEqual(['name', 'target.baseUrl']);
    expect(untouched()).toEqual([]);
  });

  it('ends for a problem that was solved from elsewhere', () => {
    gaps();
    documentActions.update('Use the demo backend', (document) => ({ ...document, target: { baseUrl: 'http://127.0.0.1:1' } }));
    expect(untouched()).toEqual(['name']);
    documentActions.undo();
    expect(places()).toEqual(['name', 'target.baseUrl']);
    expect(untouched()).toEqual(['name']);
  });

  it('ends as a whole with an edit of the source, and when it is asked for', () => {
    gaps();
    documentActions.setText(`${state().text} `);
    expect(untouched()).toEqual([]);
    gaps();
    documentActions.touchAll();
    expect(untouched()).toEqual([]);
    expect(places()).toHaveLength(2);
  });

  it('is what something added lacks, beside what was missing before', () => {
    documentActions.load({ path: null, text: JSON.stringify(withGaps) });
    addNameless({ adds: true });
    expect(untouched()).toEqual(['nodeTypes[1].name']);
    addNameless();
    expect(places()).toContain('nodeTypes[2].name');
    expect(untouched()).toEqual(['nodeTypes[1].name']);
  });

  it('is found at once in a large document too', () => {
    documentActions.load({ path: null, text: JSON.stringify({ ...sampleDocument(), description: 'x'.repeat(200_000) }) });
    addNameless({ adds: true });
    expect(untouched()).toEqual(['nodeTypes[1].name']);
  });
});

it('tells forms with drafts of their own to begin anew after changes from outside only', () => {
  const before = state().generation;
  rename('Other');
  expect(state().generation).toBe(before);
  documentActions.undo();
  expect(state().generation).toBeGreaterThan(before);
});
