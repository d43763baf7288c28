/** What the backend of a soak can do wrong. All but `refuse` concern a share of the requests. */
export const BACKEND_FAULTS = ['refuse', 'reset', 'error 503', 'slow', 'malformed', 'never'] as const;
export type BackendFault = (typeof BACKEND_FAULTS)[number];

/** What became of the requests of one path, as the backend saw it. */
export interface PathCounts {
  received: number;
  /** A whole 200 was written to a connection that was still there. */
  answered: number;
  /** The same with a 503. */
  answered503: number;
  malformed: number;
  reset: number;
  never: number;
  /** Those that were made to wait, whatever came of them. */
  slow: number;
  /** The connection was gone before the answer was due. */
  gone: number;
}

/** By the first part of the path. */
export type BackendCounts = Record<string, PathCounts>;

/** Counts before anything came. */
export function noCounts(): PathCounts {
  return { received: 0, answered: 0, answered503: 0, malformed: 0, reset: 0, never: 0, slow: 0, gone: 0 };
}
