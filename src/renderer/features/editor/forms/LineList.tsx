import { DragDropProvider, useDraggable } from '@dnd-kit/react';
import { ArrowDown, ArrowUp, Copy, Ellipsis, Plus, X } from 'lucide-react';
import { type ReactNode, useRef } from 'react';
import type { DocumentPath } from '../../../../shared/scenario/problem';
import { Button } from '../../../ui/Button';
import { classNames } from '../../../ui/class-names';
import { IconButton } from '../../../ui/IconButton';
import { Menu } from '../../../ui/Menu';
import { editorActions, useEditor } from '../editor-store';
import { Place } from '../fields/Place';
import { listAt, setAt } from '../model/document-value';
import form from './form.module.css';
import { LineHandle } from './LineHandle';
import styles from './LineList.module.css';
import { type LineDrag, useLineDrag } from './use-line-drag';

interface LineListProps {
  /** Of a list that is not there when it is empty. */
  path: DocumentPath;
  /** What an entry is called: `extraction`. */
  word: string;
  /** Stands there while there is no entry. */
  empty?: string;
  newEntry(entries: readonly unknown[]): unknown;
  /** A copy of an entry that may stand beside it; the same, unless told. */
  copyOf?(entry: unknown, entries: readonly unknown[]): unknown;
  /** The fields of the entry at a place; `number` counts from 1. */
  children(path: DocumentPath, number: number): ReactNode;
}

/** A list of the document in a form, a line an entry: moved by its handle or from its menu, duplicated, removed. */
export function LineList({ path, word, empty, newEntry, copyOf = theSame, children }: LineListProps) {
  const entries = useEditor((state) => listAt(state.document, path));
  const list = useRef<HTMLUListElement>(null);
  // Each is a step of undo of its own, however quickly they follow each other.
  const change = (verb: string, next: readonly unknown[]) =>
    editorActions.change(`${verb} ${word}`, (document) => setAt(document, path, next.length === 0 ? undefined : next));
  const lines = () => [...(list.current?.children ?? [])] as HTMLElement[];
  const move = (from: number, to: number) => {
    if (to !== from) change('Move', entries.toSpliced(from, 1).toSpliced(to, 0, entries[from]));
  };
  const { drag, provider } = useLineDrag(lines, move);
  return (
    <Place path={path} className={form.lines}>
      {entries.length === 0 && empty !== undefined && <p className={form.note}>{empty}</p>}
      <DragDropProvider {...provider}>
        <ul ref={list} className={styles.list}>
          {entries.map((entry, index) => (
            <Line
              // biome-ignore lint/suspicious/noArrayIndexKey: entries have no identity but their place
              key={index}
              word={word}
              index={index}
              isLast={index === entries.length - 1}
              drag={drag}
              onDuplicate={() => change('Duplicate', entries.toSpliced(index + 1, 0, copyOf(entry, entries)))}
              onRemove={() => change('Remove', entries.toSpliced(index, 1))}
              onMove={(by) => {
                move(index, index + by);
                return lines()[index + by]?.querySelector<HTMLElement>('[data-line-menu]') ?? null;
              }}
            >
              {children([...path, index], index + 1)}
            </Line>
          ))}
        </ul>
      </DragDropProvider>
      <Button size="small" icon={<Plus />} className={form.add} onClick={() => change('Add', [...entries, newEntry(entries)])}>
        Add {word}
      </Button>
    </Place>
  );
}

function theSame(entry: unknown): unknown {
  return structuredClone(entry);
}

interface LineProps {
  word: string;
  index: number;
  isLast: boolean;
  drag: LineDrag | null;
  onDuplicate(): void;
  onRemove(): void;
  /** Returns the button of the menu that the line has in its new place. */
  onMove(by: 1 | -1): HTMLElement | null;
  children: ReactNode;
}

function Line({ word, index, isLast, drag, onDuplicate, onRemove, onMove, children }: LineProps) {
  const { ref, handleRef, isDragSource } = useDraggable({ id: index });
  /** Where the focus goes when the menu is closed: with the line. */
  const next = useRef<HTMLElement | null>(null);
  const name = `${word} ${index + 1}`;
  const move = (by: 1 | -1) => {
    next.current = onMove(by);
  };
  return (
    <li
      ref={ref}
      className={classNames(
        styles.line,
        isDragSource && styles.dragged,
        drag?.before === index && styles.dropBefore,
        isLast && drag?.before === index + 1 && styles.dropAfter,
      )}
    >
      <LineHandle handleRef={handleRef} word={word} />
      {children}
      <Menu
        align="end"
        finalFocus={() => {
          const { current } = next;
          next.current = null;
          return current ?? true;
        }}
        trigger={<IconButton label={`Actions on ${name}`} icon={<Ellipsis />} data-line-menu="" />}
        groups={[
          {
            id: 'line',
            items: [
              { id: 'duplicate', label: 'Duplicate', icon: <Copy />, onSelect: onDuplicate },
              { id: 'up', label: 'Move up', icon: <ArrowUp />, disabled: index === 0, onSelect: () => move(-1) },
              { id: 'down', label: 'Move down', icon: <ArrowDown />, disabled: isLast, onSelect: () => move(1) },
            ],
          },
        ]}
      />
      <IconButton label={`Remove ${name}`} icon={<X />} onClick={onRemove} />
    </li>
  );
}
