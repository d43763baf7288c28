import { DragDropProvider, type DragEndEvent, type DragMoveEvent, PointerSensor } from '@dnd-kit/react';
import { type KeyboardEvent, useMemo, useRef, useState } from 'react';
import { isApple, matchesShortcut } from '../../../ui/shortcut';
import { editorActions, selectedItem, useEditor } from '../editor-store';
import { type OutlineItem, outlineItems } from '../model/outline';
import { type DropPlace, dropEdit, dropPlace } from '../model/outline-drop';
import { findByTyping, moveInOutline, visibleRows } from '../model/outline-rows';
import { markOfAll, problemMarks } from '../model/problem-marks';
import { useEditorProblems } from '../use-editor-problems';
import { OutlineLine } from './OutlineLine';
import styles from './OutlineTree.module.css';
import { outlineCommands } from './outline-commands';
import { useTreeFocus } from './use-tree-focus';

/** A pause longer than this begins a new word. */
const TYPING_MS = 600;

/** A line being dragged, where the pointer is, and where the line would go if it were let go there. */
interface Drag {
  item: OutlineItem;
  pointer: { x: number; y: number };
  targetId: string | null;
  place: DropPlace | null;
}

/** The outline: one stop of the Tab key; arrow keys, Home, End and letters move in it; lines are dragged or moved with Alt and the arrow keys. */
export function OutlineTree() {
  const { outline, selectedId, closedIds, renamingId } = useEditor();
  const problems = useEditorProblems();
  const rows = useMemo(() => visibleRows(outline.items, closedIds), [outline, closedIds]);
  const marks = useMemo(() => problemMarks(outline.items, problems), [outline, problems]);
  const treeRef = useRef<HTMLDivElement>(null);
  const typing = useRef({ text: '', at: 0 });
  const [drag, setDrag] = useState<Drag | null>(null);
  const shownId = rows.some(({ item }) => item.id === selectedId) ? selectedId : (rows[0]?.item.id ?? '');

  const { onFocus, onBlur } = useTreeFocus(treeRef, shownId, renamingId !== null);

  const onKeyDown = (event: KeyboardEvent) => {
    // Keys of a menu's list come through the tree of components, not through that of elements.
    const isInTree = event.target instanceof Node && event.currentTarget.contains(event.target);
    if (!isInTree || renamingId !== null || !carriesOut(event)) return;
    event.preventDefault();
    event.stopPropagation();
  };

  /** Does what a key asks for; false: it means nothing here. */
  function carriesOut(event: KeyboardEvent): boolean {
    const item = selectedItem(useEditor.getState());
    if (!item) return false;
    if (event.altKey && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) {
      outlineCommands.moveBy(item, event.key === 'ArrowUp' ? -1 : 1);
      return true;
    }
    if (matchesShortcut(event.nativeEvent, 'Mod+D', isApple())) {
      outlineCommands.duplicate(item);
      return true;
    }
    if (event.altKey || event.ctrlKey || event.metaKey) return false;
    return carriesOutPlain(event, item);
  }

  function carriesOutPlain(event: KeyboardEvent, item: OutlineItem): boolean {
    switch (event.key) {
      case 'F2':
        if (outlineCommands.canRename(item)) editorActions.setRenaming(item.id);
        return true;
      case 'Delete':
      case 'Backspace':
        outlineCommands.remove(item);
        return true;
      case 'Enter':
        editorActions.focusForm();
        return true;
      case 'ContextMenu':
        return opensMenu(item.id);
      case 'F10':
        return event.shiftKey && opensMenu(item.id);
    }
    const move = moveInOutline(event.key, rows, shownId);
    if (move) {
      if ('select' in move) editorActions.select(move.select);
      else editorActions.setClosed('open' in move ? move.open : move.close, 'close' in move);
      return true;
    }
    return event.key.length === 1 && event.key !== ' ' && typed(event.key);
  }

  function typed(letter: string): boolean {
    const now = performance.now();
    const text = (now - typing.current.at > TYPING_MS ? '' : typing.current.text) + letter;
    typing.current = { text, at: now };
    const found = findByTyping(text, rows, shownId);
    if (found) editorActions.select(found);
    return true;
  }

  function opensMenu(id: string): boolean {
    treeRef.current?.querySelector<HTMLElement>(`[data-id="${CSS.escape(id)}"] [data-menu]`)?.click();
    return true;
  }

  const onDragMove = ({ operation, to, by }: DragMoveEvent) => {
    const { current } = operation.position;
    const pointer = to ?? { x: current.x + (by?.x ?? 0), y: current.y + (by?.y ?? 0) };
    setDrag(dragAt(itemOf(outline.items, operation.source?.id), pointer));
  };
  const onDragEnd = ({ canceled }: DragEndEvent) => {
    setDrag(null);
    if (canceled || !drag?.place) return;
    editorActions.apply(dropEdit(useEditor.getState().document, drag.item.path, drag.place));
  };

  /** What is dragged, and which line the pointer is over. */
  function dragAt(item: OutlineItem | undefined, pointer: { x: number; y: number }): Drag | null {
    if (!item) return null;
    const line = document.elementFromPoint(pointer.x, pointer.y)?.closest<HTMLElement>('[role="treeitem"]');
    const target = line && treeRef.current?.contains(line) ? itemOf(outline.items, line.dataset.id) : undefined;
    const nowhere = { item, pointer, targetId: null, place: null };
    if (!line || !target) return nowhere;
    const box = line.getBoundingClientRect();
    const half = pointer.y < box.top + box.height / 2 ? 'upper' : 'lower';
    const place = dropPlace(useEditor.getState().document, item.path, target, half);
    return place ? { item, pointer, targetId: target.id, place } : nowhere;
  }

  return (
    <DragDropProvider plugins={NO_PLUGINS} sensors={SENSORS} onDragMove={onDragMove} onDragEnd={onDragEnd}>
      <div
        ref={treeRef}
        role="tree"
        aria-label="Outline of the scenario"
        className={styles.tree}
        onKeyDown={onKeyDown}
        onFocus={onFocus}
        onBlur={onBlur}
      >
        {rows.map((row) => (
          <OutlineLine
            key={row.item.id}
            row={row}
            isSelected={row.item.id === shownId}
            isRenaming={row.item.id === renamingId}
            mark={row.isOpen === false ? markOfAll(row.item, marks) : marks.get(row.item.id)}
            drop={drag?.targetId === row.item.id ? (drag.place?.mark ?? null) : null}
          />
        ))}
      </div>
      {drag && (
        <div className={styles.ghost} style={{ left: drag.pointer.x + 12, top: drag.pointer.y + 8 }} aria-hidden="true">
          {drag.item.label}
        </div>
      )}
    </DragDropProvider>
  );
}

/** The tree has roles, keys and drop marks of its own. */
const NO_PLUGINS: NonNullable<Parameters<typeof DragDropProvider>[0]['plugins']> = [];
const SENSORS = [PointerSensor];

function itemOf(items: readonly OutlineItem[], id: string | number | undefined): OutlineItem | undefined {
  for (const item of outlineItems(items)) if (item.id === id) return item;
  return undefined;
}
