import { create } from 'zustand';
import { type DocumentPath, formatPath } from '../../../shared/scenario/problem';
import type { ScenarioDocument } from '../../../shared/scenario/schema';
import { documentActions, type EditOptions, useDocument } from '../../app/document-store';
import { setAt } from './model/document-value';
import { buildOutline, type Outline, type OutlineItem, outlineItems } from './model/outline';
import type { OutlineEdit } from './model/outline-edits';
import { itemAtPath } from './model/problem-marks';

export type EditorTab = 'form' | 'source';

interface EditorState {
  /** What the form shows: the document, or the last one that a form could show while the source has none. */
  document: ScenarioDocument | null;
  /** The source has no document that the form can show; `document` is from before. */
  isStale: boolean;
  outline: Outline;
  selectedId: string;
  closedIds: ReadonlySet<string>;
  /** Line whose name is being written over. */
  renamingId: string | null;
  tab: EditorTab;
  /** Sections of forms that were opened or closed by hand, by their place in the document. */
  sections: Readonly<Record<string, boolean>>;
  /** The place whose field is to have the focus, once it is there. */
  focusRequest: { path: string; serial: number } | null;
}

const FIRST: EditorState = {
  document: null,
  isStale: false,
  outline: buildOutline(null),
  selectedId: 'target',
  closedIds: new Set(),
  renamingId: null,
  tab: 'form',
  sections: {},
  focusRequest: null,
};

/** What is open, chosen and folded in the editor. The document itself is in the document store, of which this follows each change. */
export const useEditor = create<EditorState>(() => atLoad(useDocument.getState().document));

useDocument.subscribe((state, before) => {
  if (state.document === before.document && state.open === before.open && state.generation === before.generation) return;
  const isLoaded = state.generation !== before.generation && state.history.past.length + state.history.future.length === 0;
  const editor = useEditor.getState();
  useEditor.setState(isLoaded ? atLoad(state.document) : shown(editor, state.document));
  if (state.history.future.length > before.history.future.length) selectWhatCameBack(editor.outline);
});

/** A document that was just opened; one that no form can show is shown by its source. */
function atLoad(document: ScenarioDocument | null): EditorState {
  return shown({ ...FIRST, tab: document ? FIRST.tab : 'source' }, document);
}

/** The editor's state with another document; what was chosen stays chosen, or gives way to what is in its place. */
function shown(editor: EditorState, document: ScenarioDocument | null): EditorState {
  if (document === null) return { ...editor, isStale: editor.document !== null };
  const outline = buildOutline(document, editor.outline);
  const items = [...outlineItems(outline.items)];
  const isThere = (id: string) => items.some((item) => item.id === id);
  const before = [...outlineItems(editor.outline.items)].find(({ id }) => id === editor.selectedId);
  const instead = before && itemAtPath(outline.items, formatPath(before.path));
  const selectedId = isThere(editor.selectedId) ? editor.selectedId : (instead?.id ?? FIRST.selectedId);
  const renamingId = editor.renamingId !== null && isThere(editor.renamingId) ? editor.renamingId : null;
  return { ...editor, document, isStale: false, outline, selectedId, renamingId };
}

/** After an undo: chooses the line that was not there before it, if there is one. `before`: the outline before the undo. */
function selectWhatCameBack(before: Outline): void {
  const known = new Set([...outlineItems(before.items)].map(({ id }) => id));
  const items = [...outlineItems(useEditor.getState().outline.items)];
  const first = items.length > known.size ? items.find(({ id }) => !known.has(id)) : undefined;
  if (first) editorActions.selectPath(formatPath(first.path));
}

/** The line that is chosen. */
export function selectedItem({ outline, selectedId }: Pick<EditorState, 'outline' | 'selectedId'>): OutlineItem | undefined {
  for (const item of outlineItems(outline.items)) if (item.id === selectedId) return item;
  return undefined;
}

/** What the editor does. */
export const editorActions = {
  select(id: string): void {
    if (useEditor.getState().selectedId !== id) useEditor.setState({ selectedId: id });
  },

  /** Chooses the line of a place, and opens what it lies in. */
  selectPath(path: string): void {
    const { outline } = useEditor.getState();
    const item = itemAtPath(outline.items, path);
    if (!item) return;
    const parents = ancestorsOf(outline.items, item.id);
    useEditor.setState(({ closedIds }) => ({
      selectedId: item.id,
      closedIds: new Set([...closedIds].filter((id) => !parents.includes(id))),
    }));
  },

  setClosed(id: string, isClosed: boolean): void {
    useEditor.setState(({ closedIds }) => {
      const next = new Set(closedIds);
      if (isClosed) next.add(id);
      else next.delete(id);
      return { closedIds: next };
    });
  },

  setRenaming: (renamingId: string | null): void => useEditor.setState({ renamingId }),
  setTab: (tab: EditorTab): void => useEditor.setState({ tab }),

  setSection(key: string, isOpen: boolean): void {
    useEditor.setState(({ sections }) => ({ sections: { ...sections, [key]: isOpen } }));
  },

  /** Shows the field of a place and gives it the focus. */
  reveal(path: string): void {
    useEditor.setState(({ focusRequest }) => ({ tab: 'form', focusRequest: { path, serial: (focusRequest?.serial ?? 0) + 1 } }));
    editorActions.selectPath(path);
  },

  /** Gives the focus to the first field of the chosen line's form. */
  focusForm(): void {
    const item = selectedItem(useEditor.getState());
    if (item) editorActions.reveal(formatPath(item.path));
  },

  /** Carries out an edit of the structure and goes where it says. */
  apply(edit: OutlineEdit | null): void {
    if (!edit) return;
    documentActions.update(edit.label, () => asDocument(edit.document), { adds: edit.adds ?? false });
    editorActions.selectPath(formatPath(edit.select));
  },

  /** Puts a value at a place; undefined removes it. Typing on in one place is one step of undo. */
  setValue(path: DocumentPath, value: unknown, label: string): void {
    editorActions.change(label, (document) => setAt(document, path, value), { group: formatPath(path) });
  },

  /** Changes the document. */
  change(label: string, recipe: (document: unknown) => unknown, options?: EditOptions): void {
    documentActions.update(label, (document) => asDocument(recipe(document)), options);
  },
};

/** The form may write what the schema refuses (an empty name): the document store's parser judges every version anew. */
function asDocument(value: unknown): ScenarioDocument {
  return value as ScenarioDocument;
}

function ancestorsOf(items: readonly OutlineItem[], id: string): string[] {
  for (const item of items) {
    if (item.id === id) return [];
    if ([...outlineItems(item.children)].some((child) => child.id === id)) return [item.id, ...ancestorsOf(item.children, id)];
  }
  return [];
}
