import type { ChartTheme } from './chart-theme';
import type { TimeRange } from './time-column';

/** What lies behind the lines of a time chart. */
export interface Backdrop {
  /** Not steady: the number of nodes was on its way. */
  shaded: readonly TimeRange[];
  /** Seconds in which the generator was the limit. */
  limited: readonly TimeRange[];
  /** Seconds of events. */
  marks: readonly number[];
}

export const NO_BACKDROP: Backdrop = { shaded: [], limited: [], marks: [] };

/** The plot within a canvas, in CSS pixels. */
export interface PlotBox {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

type Context = CanvasRenderingContext2D;

/** Shades ramps, and hatches the seconds that cannot be trusted: told by the pattern, not by colour alone. */
export function paintShading(
  context: Context,
  box: PlotBox,
  x: (second: number) => number,
  backdrop: Backdrop,
  theme: ChartTheme,
) {
  context.save();
  context.fillStyle = theme.color('var(--chart-ramp)');
  for (const stretch of backdrop.shaded) fillStretch(context, box, x, stretch);
  if (backdrop.limited.length > 0) {
    const hatch = hatching(context, theme);
    for (const stretch of backdrop.limited) {
      context.fillStyle = theme.color('var(--chart-limited-soft)');
      fillStretch(context, box, x, stretch);
      if (hatch) context.fillStyle = hatch;
      fillStretch(context, box, x, stretch);
      context.fillStyle = theme.color('var(--chart-limited)');
      fillStretch(context, { ...box, bottom: box.top + 3 }, x, stretch);
    }
  }
  context.restore();
}

/** Marks events by broken vertical lines. */
export function paintMarks(context: Context, box: PlotBox, x: (second: number) => number, backdrop: Backdrop, theme: ChartTheme) {
  context.save();
  context.strokeStyle = theme.color('var(--chart-axis)');
  context.lineWidth = 1;
  context.setLineDash([2, 3]);
  context.beginPath();
  for (const second of backdrop.marks) {
    const at = Math.round(x(second)) + 0.5;
    if (at < box.left || at > box.right + 1) continue;
    context.moveTo(at, box.top);
    context.lineTo(at, box.bottom);
  }
  context.stroke();
  context.restore();
}

function fillStretch(context: Context, box: PlotBox, x: (second: number) => number, { from, to }: TimeRange): void {
  const left = Math.max(box.left, x(from));
  const right = Math.min(box.right, x(to));
  if (right > left) context.fillRect(left, box.top, Math.max(2, right - left), box.bottom - box.top);
}

const HATCH_SIZE = 6;

function hatching(context: Context, theme: ChartTheme): CanvasPattern | null {
  const tile = document.createElement('canvas');
  tile.width = HATCH_SIZE;
  tile.height = HATCH_SIZE;
  const pen = tile.getContext('2d');
  if (!pen) return null;
  pen.strokeStyle = theme.soft('var(--chart-limited)', 0.45);
  pen.lineWidth = 1;
  pen.beginPath();
  // Three strokes, so that the pattern joins at the corners of its tiles.
  for (const offset of [-HATCH_SIZE, 0, HATCH_SIZE]) {
    pen.moveTo(offset, HATCH_SIZE);
    pen.lineTo(offset + HATCH_SIZE, 0);
  }
  pen.stroke();
  return context.createPattern(tile, 'repeat');
}
