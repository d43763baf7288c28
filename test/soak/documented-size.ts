import type { RunSecond } from '../../src/shared/stats/frame';

// What docs/statistics.md says the history takes; a test holds both that text and the store against these figures.

/** Bytes of a second for the run as a whole, with two shards. */
export const SECOND_BYTES = 600;

/** Bytes of a series in a second, by its requests in that second. */
export const SERIES_BYTES: readonly { requests: number; bytes: number }[] = [
  { requests: 1, bytes: 65 },
  { requests: 10, bytes: 160 },
  { requests: 100, bytes: 260 },
  { requests: 1000, bytes: 600 },
];

/** Bytes that a second takes by the documentation. */
export function documentedBytes({ series }: Pick<RunSecond, 'series'>): number {
  const bySeries = Map.groupBy(series, (delta) => delta.series);
  return [...bySeries.values()].reduce(
    (sum, deltas) => sum + seriesBytes(deltas.reduce((requests, delta) => requests + delta.completed + delta.failed, 0)),
    SECOND_BYTES,
  );
}

/** Between the documented numbers of requests, evenly in their logarithm; beyond them, those at the end. */
export function seriesBytes(requests: number): number {
  const after = SERIES_BYTES.findIndex((step) => step.requests >= requests);
  const [below, above] = [SERIES_BYTES[after - 1], SERIES_BYTES[after]];
  if (!above) return SERIES_BYTES.at(-1)?.bytes ?? 0;
  if (!below) return above.bytes;
  const part = Math.log(requests / below.requests) / Math.log(above.requests / below.requests);
  return below.bytes + part * (above.bytes - below.bytes);
}
