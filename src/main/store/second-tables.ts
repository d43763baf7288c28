import type { Database, Statement } from 'better-sqlite3';
import type { Phase, RunSecond, SeriesDelta, ShardHealth } from '../../shared/stats/frame';
import { heatColumn } from '../../shared/stats/heat-column';
import { EMPTY_HISTOGRAM, mergeAll, type SparseHistogram } from '../../shared/stats/histogram';
import { DELTA_COUNTERS } from '../../shared/stats/packed-deltas';
import { lagP99, outcomesOf, type Percentiles, percentilesOf } from './chart-measures';
import { packHistograms, unpackHistograms, unpackWanted } from './histogram-pack';
import { type Problems, ProblemTables } from './problem-tables';
import { RowInserter } from './row-inserter';
import type { SecondRange } from './run-store';

type SeriesRow = Omit<SeriesDelta, 'latency' | 'responseFromSchedule' | 'connect'> & { second: number };
type ShardRow = Omit<ShardHealth, 'scheduleLag'> & { second: number; shard: number };
type TaskRow = { second: number; task: number; executed: number };

interface SecondRow {
  second: number;
  lengthSeconds: number;
  phase: Phase;
  nodes: number;
  plannedNodes: number;
  valid: number;
  reasons: string | null;
  utilizationMean: number;
  utilizationMax: number;
  histograms: Buffer;
}

/** Columns of `series_seconds`; the counters are those of `DELTA_COUNTERS`, in their order. */
const SERIES_KEY = ['run_id', 'second', 'series', 'phase'];
const SERIES_COUNTERS = ['started', 'completed', 'failed', 'aborted', 'missed', 'resent', 'body_bytes'];
const SERIES_PERCENTILES = ['p50_us', 'p90_us', 'p95_us', 'p99_us', 'max_us'];

/** Seconds to be read at once by who needs many: with a thousand series they take some 60 MB of memory (3 KB a series). */
export const SECONDS_AT_ONCE = 20;

/** The tables that a run's seconds are spread over: what goes in with `write` comes out of `read`. */
export class SecondTables {
  readonly problems: ProblemTables;
  private readonly statements: ReturnType<typeof prepare>;
  private readonly seriesRows: RowInserter;
  private readonly taskRows: RowInserter;

  constructor(db: Database) {
    this.problems = new ProblemTables(db);
    this.statements = prepare(db);
    this.seriesRows = new RowInserter(db, 'series_seconds', [...SERIES_KEY, ...SERIES_COUNTERS, ...SERIES_PERCENTILES]);
    this.taskRows = new RowInserter(db, 'task_seconds', ['run_id', 'second', 'task', 'executed']);
  }

  /** Stores a second; to be called within a transaction. `replace`: one of the same number may be there already. */
  write(runId: number, second: RunSecond, replace: boolean): void {
    const { statements } = this;
    if (replace) statements.remove.run(runId, second.second);
    this.writeClock(runId, second);

    const deltas = [...second.series].sort((a, b) => a.series - b.series || compare(a.phase, b.phase));
    this.writeSeries(runId, second.second, deltas);
    this.writeTasks(runId, second);
    const shards = [...second.shards].sort((a, b) => a.shard - b.shard);
    for (const { shard, health } of shards) {
      const { eventLoopUtilization, loopDelayMaxMs, cpuMs, gcPauseMs, rssBytes, openSockets, exhausted } = health;
      const figures = [eventLoopUtilization, loopDelayMaxMs, cpuMs, gcPauseMs, rssBytes, openSockets, exhausted];
      statements.insertShard.run(runId, second.second, shard, figures);
    }
    const histograms = [second.health.scheduleLag];
    for (const { latency, responseFromSchedule, connect } of deltas) histograms.push(latency, responseFromSchedule, connect);
    for (const { health } of shards) histograms.push(health.scheduleLag);
    statements.insertHistograms.run(runId, second.second, packHistograms(histograms));
    this.problems.write(runId, second);
  }

  /** The seconds of a run, ascending; series, tasks and shards in them too. */
  read(runId: number, { from = 0, to = Number.MAX_SAFE_INTEGER }: SecondRange = {}): RunSecond[] {
    const { statements } = this;
    const rowsOf = <Row extends { second: number }>(statement: Statement) =>
      Map.groupBy(statement.all(runId, from, to) as Row[], ({ second }) => second);
    const series = rowsOf<SeriesRow>(statements.series);
    const tasks = rowsOf<TaskRow>(statements.tasks);
    const shards = rowsOf<ShardRow>(statements.shards);
    const problems = this.problems.read(runId, from, to);
    return (statements.seconds.all(runId, from, to) as SecondRow[]).map((row) => {
      const rows = {
        series: series.get(row.second) ?? [],
        tasks: tasks.get(row.second) ?? [],
        shards: shards.get(row.second) ?? [],
      };
      return composeSecond(row, rows, problems.get(row.second) ?? { failures: [], exceptions: [] });
    });
  }

  /**
   * As `read`, but of what belongs to requests only counters and latencies: a third of the histograms, and no others. Of the series
   * wanted only.
   */
  readLatencies(
    runId: number,
    { from = 0, to = Number.MAX_SAFE_INTEGER }: SecondRange = {},
    isWanted: (series: number) => boolean = () => true,
  ): RunSecond[] {
    const rows = Map.groupBy(this.statements.series.all(runId, from, to) as SeriesRow[], ({ second }) => second);
    return (this.statements.seconds.all(runId, from, to) as SecondRow[]).map((row) =>
      composeLatencies(row, rows.get(row.second) ?? [], isWanted),
    );
  }

  /** Bytes that the histograms of a run's seconds take in the database. */
  histogramBytes(runId: number, { from = 0, to = Number.MAX_SAFE_INTEGER }: SecondRange = {}): number {
    return this.statements.histogramBytes.get(runId, from, to) as number;
  }

  private writeClock(runId: number, second: RunSecond): void {
    const { valid, reasons, eventLoopUtilizationMean, eventLoopUtilizationMax, scheduleLag } = second.health;
    const latency = mergeAll(second.series.map((delta) => delta.latency));
    this.statements.insertSecond.run(
      [runId, second.second, second.lengthSeconds, second.phase, second.nodes, second.plannedNodes],
      [valid ? 1 : 0, reasons.length === 0 ? null : JSON.stringify(reasons), eventLoopUtilizationMean, eventLoopUtilizationMax],
      [...outcomesOf(second.series), ...percentilesOf(latency)],
      [lagP99(scheduleLag), JSON.stringify(heatColumn([latency]))],
    );
  }

  /** `deltas`: by series. Percentiles stand beside each of a series, of all its phases together. */
  private writeSeries(runId: number, second: number, deltas: readonly SeriesDelta[]): void {
    const { seriesRows } = this;
    let percentiles: Percentiles | undefined;
    for (const [place, delta] of deltas.entries()) {
      const isFirst = deltas[place - 1]?.series !== delta.series;
      if (isFirst || !percentiles) percentiles = percentilesOf(latencyOfSeries(deltas, place));
      seriesRows.add(runId);
      seriesRows.add(second);
      seriesRows.add(delta.series);
      seriesRows.add(delta.phase);
      for (const counter of DELTA_COUNTERS) seriesRows.add(delta[counter]);
      for (const percentile of percentiles) seriesRows.add(percentile);
    }
    seriesRows.insert();
  }

  private writeTasks(runId: number, { second, tasks }: RunSecond): void {
    const { taskRows } = this;
    for (const [task, executed] of tasks) {
      taskRows.add(runId);
      taskRows.add(second);
      taskRows.add(task);
      taskRows.add(executed);
    }
    taskRows.insert();
  }
}

/** Of all phases of the series whose first delta is at a place of `deltas`. */
function latencyOfSeries(deltas: readonly SeriesDelta[], first: number): SparseHistogram {
  const { series, latency } = deltas[first] as SeriesDelta;
  let end = first + 1;
  while (deltas[end]?.series === series) end++;
  return end === first + 1 ? latency : mergeAll(deltas.slice(first, end).map((delta) => delta.latency));
}

function composeSecond(
  row: SecondRow,
  { series, tasks, shards }: { series: SeriesRow[]; tasks: TaskRow[]; shards: ShardRow[] },
  problems: Problems,
): RunSecond {
  const histograms = unpackHistograms(row.histograms).values();
  const nextHistogram = (): SparseHistogram => {
    const next = histograms.next();
    if (next.done) throw new Error(`second ${row.second} lacks histograms`);
    return next.value;
  };
  // In the order in which they were packed: the swarm's, those of the series, those of the shards.
  const scheduleLag = nextHistogram();
  return {
    second: row.second,
    lengthSeconds: row.lengthSeconds,
    phase: row.phase,
    nodes: row.nodes,
    plannedNodes: row.plannedNodes,
    series: series.map(({ second: _, ...counters }) => ({
      ...counters,
      latency: nextHistogram(),
      responseFromSchedule: nextHistogram(),
      connect: nextHistogram(),
    })),
    tasks: tasks.map(({ task, executed }) => [task, executed]),
    ...problems,
    health: {
      valid: row.valid === 1,
      reasons: row.reasons === null ? [] : (JSON.parse(row.reasons) as string[]),
      scheduleLag,
      eventLoopUtilizationMean: row.utilizationMean,
      eventLoopUtilizationMax: row.utilizationMax,
    },
    shards: shards.map(({ second: _, shard, ...health }) => ({ shard, health: { ...health, scheduleLag: nextHistogram() } })),
  };
}

function composeLatencies(row: SecondRow, rows: readonly SeriesRow[], isWanted: (series: number) => boolean): RunSecond {
  const isOfWanted = (entry: SeriesRow | undefined) => entry !== undefined && isWanted(entry.series);
  // Behind the swarm's come three of each series; the first of them is the latency.
  const histograms = unpackWanted(row.histograms, (index) => index % 3 === 1 && isOfWanted(rows[(index - 1) / 3]));
  return {
    second: row.second,
    lengthSeconds: row.lengthSeconds,
    phase: row.phase,
    nodes: row.nodes,
    plannedNodes: row.plannedNodes,
    series: rows.flatMap((entry, index) => {
      const latency = histograms[1 + 3 * index];
      if (!latency) return [];
      const { second: _, ...counters } = entry;
      return [{ ...counters, latency, responseFromSchedule: EMPTY_HISTOGRAM, connect: EMPTY_HISTOGRAM }];
    }),
    tasks: [],
    failures: [],
    exceptions: [],
    health: {
      valid: row.valid === 1,
      reasons: row.reasons === null ? [] : (JSON.parse(row.reasons) as string[]),
      scheduleLag: EMPTY_HISTOGRAM,
      eventLoopUtilizationMean: row.utilizationMean,
      eventLoopUtilizationMax: row.utilizationMax,
    },
    shards: [],
  };
}

function prepare(db: Database) {
  const range = 'WHERE run_id = ? AND second >= ? AND second < ?';
  const statements = {
    remove: db.prepare('DELETE FROM seconds WHERE run_id = ? AND second = ?'),
    insertSecond: db.prepare(`
      INSERT INTO seconds (run_id, second, length_seconds, phase, nodes, planned_nodes, valid, reasons, utilization_mean,
        utilization_max, requests, failures, p50_us, p90_us, p95_us, p99_us, max_us, lag_p99_us, heat)
      VALUES (${marks(19)})`),
    insertShard: db.prepare(`
      INSERT INTO shard_seconds (run_id, second, shard, utilization, loop_delay_max_ms, cpu_ms, gc_pause_ms, rss_bytes,
        open_sockets, exhausted)
      VALUES (${marks(10)})`),
    insertHistograms: db.prepare('INSERT INTO second_histograms (run_id, second, histograms) VALUES (?, ?, ?)'),
    seconds: db.prepare(`
      SELECT second, length_seconds AS lengthSeconds, phase, nodes, planned_nodes AS plannedNodes, valid, reasons,
        utilization_mean AS utilizationMean, utilization_max AS utilizationMax, histograms
      FROM seconds JOIN second_histograms USING (run_id, second) ${range} ORDER BY second`),
    histogramBytes: db.prepare(`SELECT ifnull(sum(length(histograms)), 0) FROM second_histograms ${range}`).pluck(),
    series: db.prepare(`
      SELECT second, series, phase, started, completed, failed, aborted, missed, resent, body_bytes AS bodyBytes
      FROM series_seconds ${range} ORDER BY second, series, phase`),
    tasks: db.prepare(`SELECT second, task, executed FROM task_seconds ${range} ORDER BY second, task`),
    shards: db.prepare(`
      SELECT second, shard, utilization AS eventLoopUtilization, loop_delay_max_ms AS loopDelayMaxMs, cpu_ms AS cpuMs,
        gc_pause_ms AS gcPauseMs, rss_bytes AS rssBytes, open_sockets AS openSockets, exhausted
      FROM shard_seconds ${range} ORDER BY second, shard`),
  };
  return statements satisfies Record<string, Statement>;
}

const marks = (count: number) => Array(count).fill('?').join(', ');

/** The order that SQLite gives to texts. */
const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
