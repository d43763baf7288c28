import type { OutlineItem } from './outline';

/** A line of the outline as it is shown, with its place among its siblings for assistive technology. */
export interface OutlineRow {
  item: OutlineItem;
  /** 1 for the first level. */
  level: number;
  place: number;
  siblings: number;
  /** Open or closed; null for a line that holds nothing. */
  isOpen: boolean | null;
  parentId: string | null;
}

/** The lines that are in sight: all but those within closed ones. */
export function visibleRows(items: readonly OutlineItem[], closedIds: ReadonlySet<string>): OutlineRow[] {
  const rows: OutlineRow[] = [];
  const add = (list: readonly OutlineItem[], level: number, parentId: string | null) => {
    for (const [index, item] of list.entries()) {
      const isOpen = item.children.length === 0 ? null : !closedIds.has(item.id);
      rows.push({ item, level, place: index + 1, siblings: list.length, isOpen, parentId });
      if (isOpen) add(item.children, level + 1, item.id);
    }
  };
  add(items, 1, null);
  return rows;
}

/** What a key does in the outline: choose a line, open or close one, or nothing. */
export type OutlineMove = { select: string } | { open: string } | { close: string } | null;

/** The arrow keys, Home and End of a tree (WAI-ARIA): up and down a line, right opens or goes in, left closes or goes out. */
export function moveInOutline(key: string, rows: readonly OutlineRow[], selectedId: string): OutlineMove {
  const index = rows.findIndex(({ item }) => item.id === selectedId);
  const row = rows[index];
  const select = (target: OutlineRow | undefined): OutlineMove => (target ? { select: target.item.id } : null);
  switch (key) {
    case 'ArrowDown':
      return select(rows[index + 1]);
    case 'ArrowUp':
      return select(rows[index - 1]);
    case 'Home':
      return select(rows[0]);
    case 'End':
      return select(rows[rows.length - 1]);
    case 'ArrowRight':
      if (row?.isOpen === false) return { open: row.item.id };
      return row?.isOpen ? select(rows[index + 1]) : null;
    case 'ArrowLeft':
      if (row?.isOpen) return { close: row.item.id };
      return row?.parentId ? { select: row.parentId } : null;
    default:
      return null;
  }
}

/**
 * The line that what was typed leads to: the next one that begins with it, from the chosen one on and round again. One letter alone (or
 * typed several times) always goes on to the next line.
 */
export function findByTyping(typed: string, rows: readonly OutlineRow[], selectedId: string): string | null {
  const text = typed.toLowerCase();
  const isOneLetter = [...text].every((letter) => letter === text[0]);
  const wanted = isOneLetter ? text.slice(0, 1) : text;
  const index = rows.findIndex(({ item }) => item.id === selectedId);
  const first = isOneLetter ? index + 1 : Math.max(index, 0);
  const ordered = [...rows.slice(first), ...rows.slice(0, first)];
  return ordered.find(({ item }) => item.label.toLowerCase().startsWith(wanted))?.item.id ?? null;
}
