import { isDeepStrictEqual } from 'node:util';
import { SqliteStore } from '../../src/main/store/sqlite-store';
import type { RunReport } from '../../src/shared/stats/report';
import { reportTable } from '../../src/shared/stats/report';
import { RunTotals } from '../../src/shared/stats/totals';
import { bytesByTable, integrityOf, packedBytes } from './database-size';
import { documentedBytes, histogramsBytes } from './documented-size';
import { lineOf, type SoakLine } from './verdict';

/** Seconds read at once. */
const PORTION_SECONDS = 600;

/** Tables that hold a run's seconds; the others hold what there is once for each run. */
const SECOND_TABLES = [
  'seconds',
  'series_seconds',
  'task_seconds',
  'shard_seconds',
  'second_histograms',
  'failures',
  'failure_samples',
  'exceptions',
];

/** How much more than by docs/statistics.md seconds may take: its figures are about, and pages are not all filled alike. */
const SIZE_MARGIN = 1.15;

/** In fewer seconds, pages that are not full yet are the larger part. */
const FEWEST_SECONDS = 600;

/** What a run left in the history. */
export interface StoredRun {
  lines: SoakLine[];
  /** Of its seconds. */
  totals: RunTotals;
  tableBytes: Record<string, number>;
  /** What each second takes by docs/statistics.md, bytes. */
  documented: number[];
}

/** Reads the run back, when the app has ended, and holds its stored seconds against the report that the app gave. */
export async function readStored(file: string, runId: number, report: RunReport): Promise<StoredRun> {
  const store = SqliteStore.open(file);
  try {
    const data = await store.readRun(runId);
    if (!data) throw new Error(`run ${runId} is not in ${file}`);
    const totals = new RunTotals();
    const packed = packedBytes(file, runId);
    const documented: number[] = [];
    let histograms = 0;
    let unordered = 0;
    for (let from = 0; ; from += PORTION_SECONDS) {
      const portion = await store.readSeconds(runId, { from, to: from + PORTION_SECONDS });
      if (portion.length === 0) break;
      for (const second of portion) {
        const index = documented.length;
        if (second.second !== index) unordered++;
        documented.push(documentedBytes(second, packed[index] ?? 0));
        histograms += histogramsBytes(second);
        totals.addSecond(second);
      }
    }
    const { total, series } = report;
    const same = (other: RunTotals) => isDeepStrictEqual(reportTable({ ...data, totals: other }), { total, series });
    const tables = bytesByTable(file);
    const bytes = SECOND_TABLES.reduce((sum, table) => sum + (tables.get(table) ?? 0), 0);
    const seconds = documented.length;
    const sizeLine = (what: string, taken: number, documentedSum: number): SoakLine => {
      const most = documentedSum * SIZE_MARGIN;
      return {
        what: `database: ${what}`,
        figure: (taken / seconds).toFixed(0),
        goal: `at most ${(most / seconds).toFixed(0)} (docs/statistics.md)`,
        verdict: seconds < FEWEST_SECONDS ? 'not long enough to tell' : taken <= most ? 'ok' : 'FAILED',
      };
    };
    return {
      totals,
      documented,
      tableBytes: Object.fromEntries(tables),
      lines: [
        lineOf('seconds stored, gaps among them', `${seconds}, ${unordered}`, 'no gap', unordered === 0),
        lineOf('whole-run statistics = sum of stored seconds', same(totals) ? 'equal' : 'different', 'equal', same(totals)),
        lineOf('whole-run statistics = stored sums', same(data.totals) ? 'equal' : 'different', 'equal', same(data.totals)),
        lineOf('database: SQLite integrity check', integrityOf(file), 'ok', integrityOf(file) === 'ok'),
        sizeLine('bytes of histograms a second', sumOf(packed), histograms),
        sizeLine('bytes a second', bytes, sumOf(documented)),
      ],
    };
  } finally {
    await store.close();
  }
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
