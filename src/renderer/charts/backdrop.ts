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
  for (const strip of strips(backdrop.shaded, box, x)) fillStrip(context, box, strip);
  const limited = strips(backdrop.limited, box, x);
  if (limited.length > 0) {
    const hatch = hatching(context, theme);
    for (const strip of limited) {
      context.fillStyle = theme.color('var(--chart-limited-soft)');
      fillStrip(context, box, strip);
      // In a narrow strip hatching is noise over the lines; the bar at its top tells it from a ramp.
      if (hatch && strip.to - strip.from >= NARROW) {
        context.fillStyle = hatch;
        fillStrip(context, box, strip);
      }
      context.fillStyle = theme.color('var(--chart-limited)');
      fillStrip(context, { ...box, bottom: box.top + 3 }, strip);
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

/** Narrowest strip, CSS pixels, so that a second of a long run can be seen. */
const NARROWEST = 2;
/** Below this a strip is not hatched, CSS pixels. */
const NARROW = 12;

/**
 * Where stretches of time lie on the plot, in CSS pixels, ascending. Those that would touch are one: painted one over the other, the many of a long run
 * would add up to a solid colour that hides the lines.
 */
export function strips(stretches: readonly TimeRange[], box: PlotBox, x: (second: number) => number): TimeRange[] {
  const found: TimeRange[] = [];
  for (const stretch of stretches) {
    const from = Math.max(box.left, x(stretch.from));
    const to = Math.min(box.right, x(stretch.to));
    if (to <= from) continue;
    const last = found[found.length - 1];
    const widened = Math.max(to, from + NARROWEST);
    if (last && from - last.to < 1) last.to = Math.max(last.to, widened);
    else found.push({ from, to: widened });
  }
  return found;
}

function fillStrip(context: Context, box: PlotBox, { from, to }: TimeRange): void {
  context.fillRect(from, box.top, to - from, box.bottom - box.top);
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
