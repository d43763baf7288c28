import { describe, expect, it, vi } from 'vitest';
import { type ActionServices, type ActionState, findAction } from '../../../src/renderer/app/actions';
import { documentActions, useDocument } from '../../../src/renderer/app/document-store';
import { textOfDocument } from '../../../src/renderer/app/document-text';
import { newScenario } from '../../../src/renderer/app/new-scenario';
import { EMPTY_HISTORY } from '../../../src/renderer/app/undo-history';
import type { ActionId } from '../../../src/shared/api/action-list';

const problem = { path: 'target.baseUrl', message: 'the address is missing', expected: 'an address' };

function state(change: Partial<ActionState> = {}): ActionState {
  return {
    document: { open: true, document: null, problems: [], history: EMPTY_HISTORY },
    run: { running: false, stopping: false },
    online: true,
    hasRecent: true,
    demoUrl: null,
    undoOffer: null,
    ...change,
  };
}

const withProblems = (...problems: (typeof problem)[]) =>
  state({ document: { open: true, document: null, problems, history: EMPTY_HISTORY } });
const detour = (id: ActionId, of: ActionState) => findAction(id)?.detour(of);
const hindrance = (id: ActionId, of: ActionState) => findAction(id)?.hindrance(of);
const running = { running: true, stopping: false };

describe('starting', () => {
  it('is possible with a scenario without problems', () => {
    expect(hindrance('run.start', state())).toBeNull();
    expect(detour('run.start', state())).toBeNull();
  });

  it.each([
    [
      'no scenario',
      state({ document: { open: false, document: null, problems: [], history: EMPTY_HISTORY } }),
      /No scenario is open/,
    ],
    ['a run that is on', state({ run: running }), /Stop it first/],
    ['the server away', state({ online: false }), /server cannot be reached/],
  ])('says why not with %s', (_, of, reason) => {
    expect(hindrance('run.start', of)).toMatch(reason);
    expect(hindrance('run.startWithOptions', of)).toMatch(reason);
  });

  it.each([
    ['one problem', withProblems(problem), /^The scenario cannot run yet: the address is missing \(target, base URL\)\.$/],
    [
      'a problem of the whole text',
      withProblems({ ...problem, path: '' }),
      /^The scenario cannot run yet: the address is missing\.$/,
    ],
    [
      'many problems',
      withProblems(problem, { ...problem, path: 'name' }, problem, problem, problem),
      /yet: the address is missing \(target, base URL\); the address is missing \(name\); .*; and 2 more problems\.$/,
    ],
  ])('can be pressed with %s, and says what it leads to', (_, of, sentence) => {
    for (const id of ['run.start', 'run.startWithOptions'] as const) {
      expect(hindrance(id, of)).toBeNull();
      expect(detour(id, of)).toMatch(sentence);
    }
  });

  it('leads to the first problem, and has all of them shown', () => {
    documentActions.load({ path: null, text: textOfDocument(newScenario()) }, { isNew: true });
    expect(useDocument.getState().untouched).toEqual(new Set(['target.baseUrl', 'nodeTypes[0]']));
    const reveal = vi.fn();
    const start = vi.fn();
    findAction('run.start')?.run({ views: { reveal }, runs: { start } } as unknown as ActionServices);
    expect(reveal).toHaveBeenCalledExactlyOnceWith('target.baseUrl');
    expect(start).not.toHaveBeenCalled();
    expect(useDocument.getState().untouched).toEqual(new Set());
    documentActions.close();
  });
});

it('forgets files only where some are remembered', () => {
  expect(hindrance('document.forgetRecent', state())).toBeNull();
  expect(hindrance('document.forgetRecent', state({ hasRecent: false }))).toBe('There are no recent files.');
});

it('stops, edits and resets only what runs', () => {
  for (const id of ['run.stop', 'run.edit', 'run.resetStatistics'] as const) {
    expect(hindrance(id, state())).toBe('No run is in progress.');
    expect(hindrance(id, state({ run: running }))).toBeNull();
    expect(hindrance(id, state({ run: running, online: false }))).toMatch(/server cannot be reached/);
  }
  const stopping = state({ run: { running: true, stopping: true } });
  expect(hindrance('run.edit', stopping)).toMatch(/stopping/);
  expect(hindrance('run.stop', stopping)).toBeNull();
  expect(findAction('run.stop')?.labelNow(stopping)).toBe('Stop now');
});

it('undoes and redoes what is there, and says what', () => {
  expect(hindrance('edit.undo', state())).toMatch(/nothing to undo/);
  const step = {
    label: 'Change path',
    group: null,
    before: { document: null, source: '' },
    after: { document: null, source: 'x' },
    at: 0,
  };
  const changed = state({ document: { open: true, document: null, problems: [], history: { past: [step], future: [step] } } });
  expect(hindrance('edit.undo', changed)).toBeNull();
  expect(findAction('edit.undo')?.labelNow(changed)).toBe('Undo change path');
  expect(findAction('edit.redo')?.labelNow(changed)).toBe('Redo change path');
});

it('does what it says', () => {
  const show = vi.fn();
  const stop = vi.fn();
  const services = { views: { show }, runs: { stop } } as unknown as ActionServices;
  findAction('view.history')?.run(services);
  findAction('run.stop')?.run(services);
  expect(show).toHaveBeenCalledWith({ name: 'history' });
  expect(stop).toHaveBeenCalledOnce();
});

it('knows no action of another version', () => {
  expect(findAction('run.fly')).toBeNull();
});
