import { isDeepStrictEqual } from 'node:util';
import { SqliteStore } from '../../src/main/store/sqlite-store';
import type { RunReport } from '../../src/shared/stats/report';
import { reportTable } from '../../src/shared/stats/report';
import { RunTotals } from '../../src/shared/stats/totals';
import { bytesByTable, integrityOf } from './database-size';
import { documentedBytes } from './documented-size';
import { lineOf, type SoakLine } from './verdict';

/** Seconds read at once. */
const PORTION_SECONDS = 600;

/** Tables that hold a run's seconds; the others hold failures, samples and what there is once for each run. */
const SECOND_TABLES = ['seconds', 'series_seconds', 'task_seconds', 'shard_seconds', 'second_histograms'];

/** How much more than by docs/statistics.md seconds may take: their latencies are distributed otherwise. */
const SIZE_MARGIN = 1.3;

/** In fewer seconds, pages that are not full yet are the larger part. */
const FEWEST_SECONDS = 600;

/** Reads the run back, when the app has ended, and holds its stored seconds against the report that the app gave. */
export async function storedLines(
  file: string,
  runId: number,
  report: RunReport,
): Promise<{ lines: SoakLine[]; totals: RunTotals; tableBytes: Record<string, number> }> {
  const store = SqliteStore.open(file);
  try {
    const data = await store.readRun(runId);
    if (!data) throw new Error(`run ${runId} is not in ${file}`);
    const totals = new RunTotals();
    let seconds = 0;
    let documented = 0;
    let unordered = 0;
    for (let from = 0; ; from += PORTION_SECONDS) {
      const portion = await store.readSeconds(runId, { from, to: from + PORTION_SECONDS });
      if (portion.length === 0) break;
      for (const second of portion) {
        if (second.second !== seconds) unordered++;
        seconds++;
        documented += documentedBytes(second);
        totals.addSecond(second);
      }
    }
    const { total, series } = report;
    const same = (other: RunTotals) => isDeepStrictEqual(reportTable({ ...data, totals: other }), { total, series });
    const tables = bytesByTable(file);
    const bytes = SECOND_TABLES.reduce((sum, table) => sum + (tables.get(table) ?? 0), 0);
    return {
      totals,
      tableBytes: Object.fromEntries(tables),
      lines: [
        lineOf('seconds stored, gaps among them', `${seconds}, ${unordered}`, 'no gap', unordered === 0),
        lineOf('whole-run statistics = sum of stored seconds', same(totals) ? 'equal' : 'different', 'equal', same(totals)),
        lineOf('whole-run statistics = stored sums', same(data.totals) ? 'equal' : 'different', 'equal', same(data.totals)),
        lineOf('database: SQLite integrity check', integrityOf(file), 'ok', integrityOf(file) === 'ok'),
        {
          what: 'database: bytes a second',
          figure: (bytes / seconds).toFixed(0),
          goal: `at most ${((SIZE_MARGIN * documented) / seconds).toFixed(0)} (docs/statistics.md)`,
          verdict: seconds < FEWEST_SECONDS ? 'not long enough to tell' : bytes <= SIZE_MARGIN * documented ? 'ok' : 'FAILED',
        },
      ],
    };
  } finally {
    await store.close();
  }
}
