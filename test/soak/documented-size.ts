import type { RunSecond } from '../../src/shared/stats/frame';
import { heatColumn } from '../../src/shared/stats/heat-column';
import type { SparseHistogram } from '../../src/shared/stats/histogram';

// What docs/statistics.md says the history takes; a test holds both that text and the store against these figures.

/** Bytes of a second for the run as a whole, with two shards. */
export const SECOND_BYTES = 600;

/** Bytes of a series in a second, by its requests in that second, with lognormal latencies (sigma 0.5). */
export const SERIES_BYTES: readonly { requests: number; bytes: number }[] = [
  { requests: 1, bytes: 65 },
  { requests: 10, bytes: 160 },
  { requests: 100, bytes: 260 },
  { requests: 1000, bytes: 600 },
];

/** Bytes of a row, with the tables' own share, by what it is of. A second's has two texts besides: its heat map, and why it is invalid. */
export const ROW_BYTES = { second: 130, shard: 80, series: 65, task: 15 };

/** Bytes of an error of a series in a second beside its name, and of a sample beside its text. */
export const FAILURE_BYTES = { error: 45, sample: 230 };

/** Of the database, bytes. */
const PAGE_BYTES = 2048;
/** What a page has around its contents, and a block around its bytes. */
const PAGE_HEAD_BYTES = 8;
const BLOCK_HEAD_BYTES = 12;
/** A longer block goes on in pages of its own, each of which holds so much of it; at least `LEAST_SHARED_BYTES` of it lie in a page that it shares. */
const LONGEST_SHARED_BYTES = PAGE_BYTES - 35;
const OWN_PAGE_BYTES = PAGE_BYTES - 4;
const LEAST_SHARED_BYTES = 232;

/** The most that a histogram takes, bytes: the wider its values spread, the more. */
export function histogramBytes({ count, indexes }: SparseHistogram): number {
  const buckets = indexes.length;
  if (buckets === 0) return 2;
  const spread = (indexes[buckets - 1] as number) - (indexes[0] as number) + 1;
  return 10 + (buckets * (3 + Math.log2(spread / buckets) + Math.log2(count / buckets))) / 8;
}

/** The histograms of a second together. */
export function histogramsBytes({ series, shards, health }: RunSecond): number {
  const histograms = [
    health.scheduleLag,
    ...series.flatMap(({ latency, responseFromSchedule, connect }) => [latency, responseFromSchedule, connect]),
    ...shards.map((shard) => shard.health.scheduleLag),
  ];
  return histograms.reduce((sum, histogram) => sum + histogramBytes(histogram), 0);
}

/** What a second takes of the file. `packedBytes`: its histograms, as they are stored. */
export function documentedBytes(second: RunSecond, packedBytes: number): number {
  const { series, tasks, shards, health } = second;
  const texts = [heatColumn(series.map(({ latency }) => latency)), health.reasons].map((value) => JSON.stringify(value).length);
  const rows =
    ROW_BYTES.second +
    texts.reduce((sum, length) => sum + length, 0) +
    shards.length * ROW_BYTES.shard +
    series.length * ROW_BYTES.series +
    tasks.length * ROW_BYTES.task;
  return rows + failuresBytes(second) + pagesBytes(packedBytes);
}

function failuresBytes({ failures }: RunSecond): number {
  const samples = failures.flatMap((failure) => failure.samples);
  return (
    failures.reduce((sum, { error }) => sum + FAILURE_BYTES.error + error.length, 0) +
    samples.reduce((sum, sample) => sum + FAILURE_BYTES.sample + Buffer.byteLength(JSON.stringify(sample)), 0)
  );
}

/** What a block takes where all are of its size ("Cell Payload Overflow Pages" of the SQLite file format). */
function pagesBytes(bytes: number): number {
  if (bytes <= LONGEST_SHARED_BYTES) return sharedBytes(bytes);
  const rest = LEAST_SHARED_BYTES + ((bytes - LEAST_SHARED_BYTES) % OWN_PAGE_BYTES);
  const shared = rest <= LONGEST_SHARED_BYTES ? rest : LEAST_SHARED_BYTES;
  return sharedBytes(shared) + Math.ceil((bytes - shared) / OWN_PAGE_BYTES) * PAGE_BYTES;
}

function sharedBytes(bytes: number): number {
  return PAGE_BYTES / Math.floor((PAGE_BYTES - PAGE_HEAD_BYTES) / (bytes + BLOCK_HEAD_BYTES));
}
