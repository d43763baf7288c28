/** Up to this many rows are drawn all, in view or not. */
export const MANY_ROWS = 50;

/** Rows outside of the view that are drawn too, so that scrolling does not show gaps. */
const OVERSCAN = 12;

/** The rows of a long list that have to be drawn: from `from` to `to` (exclusive), and the height of what is left out above and below, px. */
export interface RowWindow {
  from: number;
  to: number;
  above: number;
  below: number;
}

export function rowWindow(list: { count: number; rowHeight: number; scrollTop: number; viewHeight: number }): RowWindow {
  const { count, rowHeight, scrollTop, viewHeight } = list;
  const first = Math.floor(Math.max(0, scrollTop) / rowHeight) - OVERSCAN;
  const last = Math.ceil((Math.max(0, scrollTop) + viewHeight) / rowHeight) + OVERSCAN;
  // A list that has become shorter is shown at its end until the view has scrolled back.
  const from = Math.max(0, Math.min(first, count - 1));
  const to = Math.max(from, Math.min(last, count));
  return { from, to, above: from * rowHeight, below: (count - to) * rowHeight };
}
