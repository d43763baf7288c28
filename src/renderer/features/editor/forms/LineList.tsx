import { DragDropProvider, useDraggable } from '@dnd-kit/react';
import { ArrowDown, ArrowUp, Copy, Ellipsis, Plus, X } from 'lucide-react';
import { type ReactNode, useRef } from 'react';
import type { DocumentPath } from '../../../../shared/scenario/problem';
import { Button } from '../../../ui/Button';
import { classNames } from '../../../ui/class-names';
import { IconButton } from '../../../ui/IconButton';
import { Menu } from '../../../ui/Menu';
import { editorActions, useEditor } from '../editor-store';
import { focusField, Place } from '../fields/Place';
import { listAt, setAt } from '../model/document-value';
import form from './form.module.css';
import { LineHandle } from './LineHandle';
import styles from './LineList.module.css';
import { type LineDrag, useLineDrag } from './use-line-drag';

/** A list of the document whose entries are lines. */
interface LinesOf {
  path: DocumentPath;
  newEntry(entries: readonly unknown[]): unknown;
  /** A copy of an entry that may stand beside it; the same, unless told. */
  copyOf?(entry: unknown, entries: readonly unknown[]): unknown;
}

interface LineListProps extends LinesOf {
  /** What an entry is called: `extraction`. */
  word: string;
  /** Stands there while there is no entry. */
  empty?: string;
  /** The list is there without entries too; else there is none then. */
  staysEmpty?: boolean;
  /** A second list, each of whose entries belongs to the one in the same place of the first. */
  along?: LinesOf | null;
  /** Beside the button that adds an entry. */
  actions?: ReactNode;
  /** The fields of the entry at a place; `number` counts from 1. */
  children(path: DocumentPath, number: number): ReactNode;
}

/** A list of the document in a form, a line an entry: moved by its handle or from its menu, duplicated, removed. */
export function LineList({ word, empty, staysEmpty, along, actions, children, ...own }: LineListProps) {
  const { path } = own;
  const entries = useEditor((state) => listAt(state.document, path));
  const list = useRef<HTMLUListElement>(null);
  // Each is a step of undo of its own, however quickly they follow each other.
  const change = (verb: string, edit: (entries: readonly unknown[], of: LinesOf) => readonly unknown[], adds = false) => {
    const put = (document: unknown, of: LinesOf) => {
      const next = edit(listAt(document, of.path), of);
      return setAt(document, of.path, next.length === 0 && !staysEmpty ? undefined : next);
    };
    editorActions.change(`${verb} ${word}`, (document) => [own, ...(along ? [along] : [])].reduce(put, document), { adds });
  };
  const lines = () => [...(list.current?.children ?? [])] as HTMLElement[];
  const add = () => {
    change('Add', (before, { newEntry }) => [...before, newEntry(before)], true);
    requestAnimationFrame(() => {
      const line = lines().at(-1);
      if (line) focusField(line);
    });
  };
  const duplicate = (index: number) =>
    change('Duplicate', (before, { copyOf = theSame }) => before.toSpliced(index + 1, 0, copyOf(before[index], before)));
  const remove = (index: number) => change('Remove', (before) => before.toSpliced(index, 1));
  const move = (from: number, to: number) => {
    if (to !== from) change('Move', (before) => before.toSpliced(from, 1).toSpliced(to, 0, before[from]));
  };
  const { drag, provider } = useLineDrag(lines, move);
  return (
    <Place path={path} className={form.lines}>
      {entries.length === 0 && empty !== undefined && <p className={form.note}>{empty}</p>}
      <DragDropProvider {...provider}>
        <ul ref={list} className={styles.list}>
          {entries.map((_, index) => (
            <Line
              // biome-ignore lint/suspicious/noArrayIndexKey: entries have no identity but their place
              key={index}
              word={word}
              index={index}
              isLast={index === entries.length - 1}
              drag={drag}
              onDuplicate={() => duplicate(index)}
              onRemove={() => remove(index)}
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
      <div className={form.buttons}>
        <Button size="small" icon={<Plus />} onClick={add}>
          Add {word}
        </Button>
        {actions}
      </div>
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
