/**
 * What a time chart of rates shows of a second: what happened in it. null for the part of a second that a run ends with: its count would show as a dip that
 * the backend has no part in, and a rate of a few milliseconds means nothing.
 */
export function chartRate(count: number, lengthSeconds: number): number | null {
  return lengthSeconds >= 1 ? count : null;
}
