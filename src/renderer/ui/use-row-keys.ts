import { type FocusEvent, type KeyboardEvent, useState } from 'react';

interface RowKeysOptions {
  count: number;
  /** Enter. */
  onActivate(index: number): void;
  /** Space. */
  onToggle(index: number): void;
}

export interface RowFocusProps {
  tabIndex: 0 | -1;
  onFocus(event: FocusEvent<HTMLTableRowElement>): void;
}

const PAGE = 10;

/** Moves the focus from row to row by arrow keys, Home, End, Page up and down: the rows together are one stop of the tab key. */
export function useRowKeys({ count, onActivate, onToggle }: RowKeysOptions) {
  const [current, setCurrent] = useState(0);
  // The list may have become shorter.
  const reachable = Math.min(current, Math.max(0, count - 1));

  const onKeyDown = (event: KeyboardEvent<HTMLTableSectionElement>) => {
    const row = event.target;
    // Keys within a cell (a button, an input) are the cell's own.
    if (!(row instanceof HTMLTableRowElement)) return;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Enter') onActivate(reachable);
    else if (event.key === ' ') onToggle(reachable);
    else {
      const next = rowAfterKey(event.key, reachable, count);
      if (next === null) return;
      const rows = event.currentTarget.rows;
      rows[next]?.focus();
      rows[next]?.scrollIntoView({ block: 'nearest' });
    }
    event.preventDefault();
  };

  const propsOf = (index: number): RowFocusProps => ({
    tabIndex: index === reachable ? 0 : -1,
    onFocus: () => setCurrent(index),
  });

  return { onKeyDown, propsOf };
}

/** The row that a key leads to; null when the key leads nowhere. */
export function rowAfterKey(key: string, index: number, count: number): number | null {
  const target = {
    ArrowDown: index + 1,
    ArrowUp: index - 1,
    PageDown: index + PAGE,
    PageUp: index - PAGE,
    Home: 0,
    End: count - 1,
  }[key];
  return target === undefined || count === 0 ? null : Math.min(count - 1, Math.max(0, target));
}
