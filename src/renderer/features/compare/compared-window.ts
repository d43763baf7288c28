import type { SecondWindow } from '../../../shared/api/types';

/** The part of a window that lies within a run of so many seconds; null when none does. */
export function windowWithin(window: SecondWindow, durationSeconds: number): SecondWindow | null {
  const from = Math.max(0, Math.floor(window.from));
  const to = Math.min(Math.ceil(durationSeconds), Math.ceil(window.to));
  return to > from ? { from, to } : null;
}

/** What of A and B is compared: whole runs without a window, else what of it each has. null when a run has nothing in it. */
export function comparedWindows(
  window: SecondWindow | null,
  durations: { a: number; b: number },
): { windowA?: SecondWindow; windowB?: SecondWindow } | null {
  if (!window) return {};
  const windowA = windowWithin(window, durations.a);
  const windowB = windowWithin(window, durations.b);
  return windowA && windowB ? { windowA, windowB } : null;
}
