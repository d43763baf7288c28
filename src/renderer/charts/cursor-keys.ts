import type { TimeRange } from './time-column';

/** What a key does to the cursor of a chart. */
export type CursorKey =
  | { kind: 'move'; second: number }
  | { kind: 'extend'; selection: TimeRange; second: number }
  | { kind: 'zoom' }
  | { kind: 'reset' };

/**
 * Arrows move by a second (or what one point stands for), Page Up and Page Down by a tenth of what is shown, Home and End to its ends; with Shift they
 * select. Enter zooms to what is selected, Escape goes back. null: not a key of charts.
 */
export function cursorKey(
  key: string,
  shift: boolean,
  cursor: number | null,
  selection: TimeRange | null,
  range: TimeRange,
  stepSeconds: number,
): CursorKey | null {
  if (key === 'Enter') return selection ? { kind: 'zoom' } : null;
  if (key === 'Escape') return { kind: 'reset' };
  const last = Math.max(range.from, Math.ceil(range.to) - 1);
  const leap = Math.max(stepSeconds, Math.round((range.to - range.from) / 10));
  const moves: Record<string, number> = { ArrowLeft: -stepSeconds, ArrowRight: stepSeconds, PageUp: leap, PageDown: -leap };
  const from = cursor ?? Math.floor(range.from);
  const move = moves[key];
  const asked =
    key === 'Home' ? range.from : key === 'End' ? last : move === undefined ? null : cursor === null ? from : from + move;
  if (asked === null) return null;
  const second = Math.min(last, Math.max(Math.floor(range.from), asked));
  if (!shift) return { kind: 'move', second };
  // The end that is not at the cursor stays where the selection began.
  const anchor = selection ? (selection.from === from ? selection.to : selection.from) : from;
  return { kind: 'extend', selection: { from: anchor, to: second }, second };
}
