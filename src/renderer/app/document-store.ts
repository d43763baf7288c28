import { create } from 'zustand';
import type { OpenedDocument } from '../../shared/api/types';
import { parseScenario } from '../../shared/scenario/parse';
import type { ScenarioProblem } from '../../shared/scenario/problem';
import type { Scenario, ScenarioDocument } from '../../shared/scenario/schema';
import { asSentence } from '../../shared/text/sentence';
import { documentOfText, textOfDocument } from './document-text';
import { EMPTY_HISTORY, recordStep, stepBack, stepForward, type UndoHistory } from './undo-history';

/** What undo goes back to: a document made in the form, or a text as it was written (and the document in it, if a form can show it). */
interface Version {
  document: ScenarioDocument | null;
  /** null: follows from the document. */
  source: string | null;
}

export interface DocumentState {
  /** Whether there is a scenario at all; without, the editor has nothing to show. */
  open: boolean;
  /** The scenario as a user writes it. null: the text has no shape that the form can show; see `problems`. */
  document: ScenarioDocument | null;
  /** Its text. Lags up to 150 ms behind `document` for large ones; `documentActions.currentText()` does not. */
  text: string;
  /** With all defaults; null while there are problems. Lags as `text` does. */
  scenario: Scenario | null;
  problems: readonly ScenarioProblem[];
  warnings: readonly ScenarioProblem[];
  /** Places of problems that the form itself began with (an empty address) and where the user has not been since: not to be scolded for yet. */
  untouched: ReadonlySet<string>;
  /** Where it was saved last; null: nowhere yet. */
  path: string | null;
  /** The text on disk; null: nothing yet. */
  savedText: string | null;
  /** It differs from what is on disk. */
  dirty: boolean;
  history: UndoHistory<Version>;
  /** Grows with every change from outside the form (load, undo, source): what keeps drafts of its own begins anew. */
  generation: number;
}

/** From this many characters on problems are looked for a moment after the last change. */
const LARGE_TEXT = 100_000;
const CHECK_DELAY_MS = 150;

const ALL_TOUCHED: ReadonlySet<string> = new Set();

const CLOSED: DocumentState = {
  open: false,
  document: null,
  text: '',
  scenario: null,
  problems: [],
  warnings: [],
  untouched: ALL_TOUCHED,
  path: null,
  savedText: null,
  dirty: false,
  history: EMPTY_HISTORY,
  generation: 0,
};

export const useDocument = create<DocumentState>(() => CLOSED);

let checkTimer: ReturnType<typeof setTimeout> | undefined;

/** The version that `document` shows. Kept beside the store: a source text that is current must not be made anew. */
let current: Version = { document: null, source: '' };

function show(version: Version, change: Partial<DocumentState>): void {
  current = version;
  const isLarge = useDocument.getState().text.length > LARGE_TEXT;
  if (isLarge) {
    useDocument.setState({ ...change, document: version.document, dirty: true });
    clearTimeout(checkTimer);
    checkTimer = setTimeout(check, CHECK_DELAY_MS);
    return;
  }
  useDocument.setState({ ...change, document: version.document, ...checked(version, change.savedText) });
  clearTimeout(checkTimer);
  checkTimer = undefined;
}

/** Text and problems of a version. */
function checked(version: Version, savedText = useDocument.getState().savedText): Partial<DocumentState> {
  const text = version.source ?? (version.document ? textOfDocument(version.document) : '');
  const parsed = parseScenario(version.source ?? version.document);
  const problems = parsed.ok ? [] : parsed.problems;
  return {
    text,
    scenario: parsed.ok ? parsed.scenario : null,
    problems,
    untouched: untouchedOf(problems, useDocument.getState().untouched),
    warnings: parsed.ok ? parsed.warnings : [],
    dirty: text !== savedText,
  };
}

/** A place whose problem is solved has been touched: should it come back, it is the user's own. */
function untouchedOf(problems: readonly ScenarioProblem[], untouched: ReadonlySet<string>): ReadonlySet<string> {
  if (untouched.size === 0) return untouched;
  return new Set([...placesOf(problems)].filter((place) => untouched.has(place)));
}

function check(): void {
  clearTimeout(checkTimer);
  checkTimer = undefined;
  useDocument.setState(checked(current));
}

function change(label: string, after: Version, group: string | null, generation = 0): void {
  const { history, generation: before } = useDocument.getState();
  const step = { label, group, before: current, after, at: Date.now() };
  show(after, { history: recordStep(history, step), generation: before + generation });
}

/** The text as of now. */
function currentText(): string {
  if (checkTimer !== undefined) check();
  return useDocument.getState().text;
}

function placesOf(problems: readonly ScenarioProblem[]): ReadonlySet<string> {
  return new Set(problems.map(({ path }) => path));
}

/** Problems that have come up at new places are not to be shown yet. */
function leaveForLater(known: ReadonlySet<string>): void {
  currentText();
  const { problems, untouched } = useDocument.getState();
  const added = [...placesOf(problems)].filter((place) => !known.has(place));
  if (added.length > 0) useDocument.setState({ untouched: new Set([...untouched, ...added]) });
}

/** Goes through the history until something changes: a field that was changed and changed back by its own undo has left an empty step. */
function step(direction: typeof stepBack<Version>): void {
  const before = currentText();
  while (currentText() === before) {
    const { history, generation } = useDocument.getState();
    const next = direction(history);
    if (!next) return;
    show(next.value, { history: next.history, generation: generation + 1 });
  }
}

/** How an edit is to be taken. */
export interface EditOptions {
  /** The place that is being written in: quick changes of one are undone together, and it has been touched. */
  group?: string;
  /** Something new comes in: what is still missing in it is no mistake of the user's yet. */
  adds?: boolean;
}

interface LoadOptions {
  unsaved?: boolean;
  isNew?: boolean;
  untouched?: readonly string[];
}

/** Everything that changes the document. */
export const documentActions = {
  /**
   * Shows a document that was read from somewhere. Never saved (`path` null) it counts as changed only once it is edited, unless told.
   * `isNew`: it was made just now, with gaps for the user to fill. `untouched`: the gaps where the user has not been, of one that is shown again.
   */
  load({ path, text }: OpenedDocument, options: LoadOptions = {}): void {
    const { generation } = useDocument.getState();
    const savedText = options.unsaved ? null : text;
    const version: Version = { document: documentOfText(text), source: text };
    current = version;
    clearTimeout(checkTimer);
    checkTimer = undefined;
    const state = checked(version, savedText);
    const gaps = placesOf(state.problems ?? []);
    const untouched = options.isNew ? gaps : new Set(options.untouched?.filter((place) => gaps.has(place)));
    // In one step: who listens must not take a document that is on its way for one that cannot be shown.
    useDocument.setState({
      ...CLOSED,
      open: true,
      path,
      savedText,
      generation: generation + 1,
      document: version.document,
      ...state,
      untouched,
    });
  },

  /** Changes the document by a function that returns a new one. */
  update(label: string, recipe: (document: ScenarioDocument) => ScenarioDocument, { group, adds }: EditOptions = {}): void {
    if (adds) currentText();
    const { document, problems } = useDocument.getState();
    if (!document) return;
    const next = recipe(document);
    if (next === document) return;
    if (group !== undefined) documentActions.touch(group);
    change(label, { document: next, source: null }, group ?? null);
    if (adds) leaveForLater(placesOf(problems));
  },

  /** The user has been at a place: from now on its problems are shown. */
  touch(place: string): void {
    const { untouched } = useDocument.getState();
    if (!untouched.has(place)) return;
    useDocument.setState({ untouched: new Set([...untouched].filter((other) => other !== place)) });
  },

  /** All that is wrong is to be shown: somebody wants to run it. */
  touchAll: (): void => useDocument.setState({ untouched: ALL_TOUCHED }),

  /** The text from the source tab, kept as it is, whether it can be read or not. */
  setText(text: string): void {
    if (text === currentText()) return;
    documentActions.touchAll();
    change('Edit source', { document: documentOfText(text), source: text }, 'source', 1);
  },

  undo: (): void => step(stepBack),

  redo: (): void => step(stepForward),

  /** What is there now is on disk. `text`: what was written, in case it has changed since. */
  markSaved(path: string | null, text: string = currentText()): void {
    useDocument.setState({ path, savedText: text, dirty: currentText() !== text });
  },

  currentText,

  close(): void {
    clearTimeout(checkTimer);
    current = { document: null, source: '' };
    useDocument.setState({ ...CLOSED, generation: useDocument.getState().generation + 1 });
  },
};

/** Problems at a place of the document (`nodeTypes[0].name`) or, with `within`, in all of what it holds. */
export function problemsAt(
  problems: readonly ScenarioProblem[],
  path: string,
  options: { within?: boolean } = {},
): readonly ScenarioProblem[] {
  return problems.filter((problem) => {
    if (problem.path === path) return true;
    if (!options.within || !problem.path.startsWith(path)) return false;
    const next = problem.path[path.length];
    return path === '' || next === '.' || next === '[';
  });
}

/** The sentence of a problem for beside its field. */
export function problemSentence({ message, expected }: ScenarioProblem): string {
  return `${asSentence(message)} Expected: ${expected}.`;
}

/** The first problem at a place where the user has been, as a sentence; null when there is none. For the `error` of a field. */
export function useProblemAt(path: string): string | null {
  return useDocument((state) => {
    if (state.untouched.has(path)) return null;
    const problem = state.problems.find((candidate) => candidate.path === path);
    return problem ? problemSentence(problem) : null;
  });
}

/** Whether a place still has to be filled in, and nobody has been there yet. For the `required` of a field. */
export function useUntouched(path: string): boolean {
  return useDocument((state) => state.untouched.has(path));
}

/** The first warning at a place, as a sentence. For the `warning` of a field. */
export function useWarningAt(path: string): string | null {
  return useDocument((state) => {
    const warning = state.warnings.find((candidate) => candidate.path === path);
    return warning ? problemSentence(warning) : null;
  });
}

/** “Undo change path”; null when there is nothing to undo. */
export function undoLabel({ history }: Pick<DocumentState, 'history'>): string | null {
  const step = history.past[history.past.length - 1];
  return step ? `Undo ${lowerFirst(step.label)}` : null;
}

/** “Redo change path”; null when there is nothing to redo. */
export function redoLabel({ history }: Pick<DocumentState, 'history'>): string | null {
  const step = history.future[0];
  return step ? `Redo ${lowerFirst(step.label)}` : null;
}

function lowerFirst(text: string): string {
  return `${text.charAt(0).toLowerCase()}${text.slice(1)}`;
}
