import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';

/** A rectangle of the desktop, in device-independent pixels. */
export interface Bounds {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** How the window was left. */
export interface WindowState {
  /** Where it is when it is not maximised; null: wherever the system puts it. */
  bounds: Bounds | null;
  maximised: boolean;
}

/** The window is never made smaller, pixels. */
export const SMALLEST_WINDOW = { width: 1024, height: 640 };

/** How much of the window must lie on a screen for it to be found and dragged, pixels. */
const VISIBLE = { width: 200, height: 60 };

const UNKNOWN: WindowState = { bounds: null, maximised: false };

const stateSchema = z.object({
  bounds: z
    .object({ x: z.number().int(), y: z.number().int(), width: z.number().int().positive(), height: z.number().int().positive() })
    .nullable(),
  maximised: z.boolean(),
});

/** Reads how the window was left. A file that is missing or broken counts as none: it is not worth a question. */
export function readWindowState(file: string): WindowState {
  try {
    return stateSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return UNKNOWN;
  }
}

/** Keeps how the window was left; a folder that cannot be written to costs only that. */
export function writeWindowState(file: string, state: WindowState): void {
  const fresh = `${file}.${process.pid}.new`;
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(fresh, JSON.stringify(state));
    renameSync(fresh, file);
  } catch {
    // The window opens where the system puts it.
  }
}

/**
 * Where a window is to open that was left at `bounds`: there, no larger than the screen it is mostly on, if its title bar can be
 * reached on one of the screens that exist now (`workAreas`); null otherwise.
 */
export function placeOnScreen(bounds: Bounds | null, workAreas: readonly Bounds[]): Bounds | null {
  if (bounds === null) return null;
  const titleBar = { ...bounds, height: VISIBLE.height };
  const byOverlap = workAreas
    .map((area) => ({ area, overlap: overlapOf(titleBar, area) }))
    .filter(({ overlap }) => overlap.width >= VISIBLE.width && overlap.height >= VISIBLE.height)
    .sort((a, b) => b.overlap.width - a.overlap.width);
  const area = byOverlap[0]?.area;
  if (area === undefined) return null;
  const width = Math.max(SMALLEST_WINDOW.width, Math.min(bounds.width, area.width));
  const height = Math.max(SMALLEST_WINDOW.height, Math.min(bounds.height, area.height));
  return { x: bounds.x, y: bounds.y, width, height };
}

function overlapOf(a: Bounds, b: Bounds): { width: number; height: number } {
  return {
    width: Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x),
    height: Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y),
  };
}
