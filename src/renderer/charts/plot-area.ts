import type { TimeRange } from './time-column';

/** Pixels beside the plot: the same for all charts, so that a second is at the same place in each. */
export const PLOT_LEFT = 52;
export const PLOT_RIGHT = 12;
export const PLOT_TOP = 8;
/** Height of the time axis. */
export const PLOT_BOTTOM = 22;

/** Where a second is, in pixels from the left edge of a chart of `width`. */
export function pixelOf(second: number, range: TimeRange, width: number): number {
  return PLOT_LEFT + ((second - range.from) / (range.to - range.from)) * plotWidth(width);
}

/** The second at a pixel, within the range. */
export function secondAt(pixel: number, range: TimeRange, width: number): number {
  const share = Math.min(1, Math.max(0, (pixel - PLOT_LEFT) / plotWidth(width)));
  return range.from + share * (range.to - range.from);
}

export function plotWidth(width: number): number {
  return Math.max(1, width - PLOT_LEFT - PLOT_RIGHT);
}
