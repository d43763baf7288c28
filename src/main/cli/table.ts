import { cut, displayWidth, pad } from './display-text';
import type { Look, Style } from './style';

/** A column of a table. */
export interface Column {
  header: string;
  align: 'left' | 'right';
  /** Width that it has at least, so that a table that is drawn again and again stays calm. */
  reserve?: number;
  /** Narrowest width it may be cut to where space is short; a column without never is. */
  minWidth?: number;
  /** Where cutting is not enough, columns go in the order of this rank; a column without stays. */
  dropRank?: number;
}

/** A cell: text, or text with a look. */
export type Cell = string | { text: string; look: Look };

export interface TableRow {
  cells: Cell[];
  look?: Look;
  /** Set apart from the rows before by a rule. */
  ruled?: boolean;
}

export interface RenderedTable {
  lines: string[];
  /** Headers of the columns that found no room. */
  leftOut: string[];
}

const GAP = '  ';

/** Lays out a table in at most `width` columns of a terminal: cuts long texts first, then leaves columns out by their rank. */
export function renderTable(
  columns: readonly Column[],
  rows: readonly TableRow[],
  options: { width: number; style: Style },
): RenderedTable {
  const natural = columns.map((column, index) =>
    rows.reduce(
      (widest, row) => Math.max(widest, displayWidth(cellText(row.cells[index]))),
      Math.max(displayWidth(column.header), column.reserve ?? 0),
    ),
  );
  const shown = new Set(columns.keys());
  let widths = fitWidths(columns, natural, shown, options.width);
  while (!widths) {
    const next = nextToDrop(columns, shown);
    if (next === null) break;
    shown.delete(next);
    widths = fitWidths(columns, natural, shown, options.width);
  }
  const finalWidths = widths ?? narrowest(columns, natural);
  const indexes = [...shown];
  const lineOf = (texts: string[]) => cut(texts.join(GAP).trimEnd(), options.width);
  const header = lineOf(
    indexes.map((index) =>
      alignedText((columns[index] as Column).header, columns[index] as Column, finalWidths[index] as number),
    ),
  );
  const rule = '─'.repeat(
    Math.min(
      options.width,
      indexes.reduce((sum, index) => sum + (finalWidths[index] as number) + GAP.length, -GAP.length),
    ),
  );
  const lines = [options.style('bold', header), options.style('dim', rule)];
  for (const row of rows) {
    if (row.ruled) lines.push(options.style('dim', rule));
    lines.push(rowLine(row, indexes, columns, finalWidths, options));
  }
  return { lines, leftOut: columns.filter((_, index) => !shown.has(index)).map(({ header: name }) => name) };
}

/** Widths with which the shown columns fit, or null. */
function fitWidths(
  columns: readonly Column[],
  natural: readonly number[],
  shown: ReadonlySet<number>,
  width: number,
): number[] | null {
  const widths = [...natural];
  let over = [...shown].reduce((sum, index) => sum + (natural[index] as number) + GAP.length, -GAP.length) - width;
  while (over > 0) {
    // The widest of those that may shrink gives first, so that no text is cut while a longer one is whole.
    const givers = [...shown].filter(
      (index) => (widths[index] as number) > (columns[index]?.minWidth ?? Number.POSITIVE_INFINITY),
    );
    if (givers.length === 0) return null;
    const widest = givers.reduce((best, index) => ((widths[index] as number) > (widths[best] as number) ? index : best));
    widths[widest] = (widths[widest] as number) - 1;
    over--;
  }
  return widths;
}

function narrowest(columns: readonly Column[], natural: readonly number[]): number[] {
  return natural.map((width, index) => Math.min(width, columns[index]?.minWidth ?? width));
}

function nextToDrop(columns: readonly Column[], shown: ReadonlySet<number>): number | null {
  let lowest: number | null = null;
  for (const index of shown) {
    const rank = columns[index]?.dropRank;
    if (rank !== undefined && (lowest === null || rank < (columns[lowest]?.dropRank as number))) lowest = index;
  }
  return lowest;
}

function rowLine(
  row: TableRow,
  indexes: readonly number[],
  columns: readonly Column[],
  widths: readonly number[],
  options: { width: number; style: Style },
): string {
  // Where even the narrowest columns find no room, the line ends at the edge.
  let room = options.width;
  const texts: string[] = [];
  for (const index of indexes) {
    if (room <= 0) break;
    const cell = row.cells[index] ?? '';
    const text = cut(alignedText(cellText(cell), columns[index] as Column, widths[index] as number), room);
    room -= displayWidth(text) + GAP.length;
    const look = typeof cell === 'string' ? row.look : cell.look;
    texts.push(look ? options.style(look, text) : text);
  }
  return texts.join(GAP).trimEnd();
}

function alignedText(text: string, column: Column, width: number): string {
  return pad(cut(text, width), width, column.align);
}

function cellText(cell: Cell | undefined): string {
  return typeof cell === 'object' ? cell.text : (cell ?? '');
}
