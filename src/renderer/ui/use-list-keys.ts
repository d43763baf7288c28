import { type FocusEvent, type KeyboardEvent, type RefObject, useCallback, useLayoutEffect, useRef, useState } from 'react';
import { rowAfterKey } from './row-keys';

/** Of the head of a table, px. */
export const HEAD_HEIGHT = 32;

interface ListKeysOptions {
  /** The element that scrolls. */
  scroller: RefObject<HTMLElement | null>;
  count: number;
  /** Rows at the top that never scroll away; none unless told. */
  fixed?: number;
  rowHeight: number;
  /** Any other key on a row; true when it was for the list. */
  onKey(event: KeyboardEvent, index: number): boolean;
  /** Shift was held while the focus moved. */
  onExtend?(index: number): void;
}

/**
 * Moves the focus from row to row of a list of which only the rows in view are there. The rows together are one stop of the tab key; each has its
 * place in `data-index`.
 */
export function useListKeys({ scroller, count, fixed = 0, rowHeight, onKey, onExtend }: ListKeysOptions) {
  const [current, setCurrent] = useState(0);
  const wanted = useRef<number | null>(null);
  const lastFocused = useRef<HTMLElement | null>(null);
  const reachable = Math.min(current, Math.max(0, count - 1));

  const rowElement = useCallback(
    (index: number) => scroller.current?.querySelector<HTMLElement>(`tr[data-index="${index}"]`) ?? null,
    [scroller],
  );

  useLayoutEffect(() => {
    if (wanted.current !== null) {
      const row = rowElement(wanted.current);
      if (!row) return;
      wanted.current = null;
      row.focus({ preventScroll: true });
    } else if (lastFocused.current?.isConnected === false && document.activeElement === document.body) {
      // What had the focus is gone (its row was deleted, its editing has ended): the focus stays in the list, if the place is in sight.
      const row = rowElement(reachable);
      if (!row) return;
      lastFocused.current = row;
      row.focus({ preventScroll: true });
    }
  });

  const focusRow = useCallback(
    (index: number) => {
      const view = scroller.current;
      if (!view) return;
      setCurrent(index);
      if (index >= fixed) {
        const top = (index - fixed) * rowHeight;
        const height = view.clientHeight - HEAD_HEIGHT - fixed * rowHeight;
        if (top < view.scrollTop) view.scrollTop = top;
        else if (top + rowHeight > view.scrollTop + height) view.scrollTop = top + rowHeight - height;
      }
      const row = rowElement(index);
      if (row) row.focus({ preventScroll: true });
      else wanted.current = index;
    },
    [scroller, fixed, rowHeight, rowElement],
  );

  const onFocus = (event: FocusEvent<HTMLElement>) => {
    lastFocused.current = event.target;
  };

  const onKeyDown = (event: KeyboardEvent) => {
    // Keys within a cell (a button, an input) are the cell's own; Escape leads back to the row. A checkbox has but the space bar: who ticked rows
    // with the pointer goes on with the keys of the row.
    if (!(event.target instanceof HTMLTableRowElement) && !isForRow(event)) {
      if (event.key === 'Escape' && event.target instanceof HTMLButtonElement) focusRow(reachable);
      return;
    }
    const next = event.ctrlKey || event.metaKey || event.altKey ? null : rowAfterKey(event.key, reachable, count);
    if (next !== null) {
      focusRow(next);
      if (event.shiftKey) onExtend?.(next);
    } else if (!onKey(event, reachable)) return;
    event.preventDefault();
  };

  return { current: reachable, setCurrent, focusRow, onKeyDown, onFocus };
}

function isForRow({ key, target }: KeyboardEvent): boolean {
  return key !== ' ' && target instanceof HTMLElement && target.role === 'checkbox' && target.closest('tr[data-index]') !== null;
}
