import type { Database } from 'better-sqlite3';
import { compareSampled, type RunComparison } from '../../shared/stats/comparison';
import type { RunEvent, RunSecond } from '../../shared/stats/frame';
import type { RunData, RunRecord } from '../../shared/stats/run';
import type { Both } from '../../shared/stats/run-sample';
import { RunTotals } from '../../shared/stats/totals';
import { ChartQuery } from './chart-query';
import { storeErrorOf } from './database-error';
import { HeatQuery } from './heat-query';
import { MinuteSums } from './minute-sums';
import { MinuteTable } from './minute-table';
import { type DatabaseOptions, openDatabase, openReadOnly } from './open-database';
import type { Problems } from './problem-tables';
import { RunSampleTable } from './run-sample-table';
import { type DrawnRun, RunSampling } from './run-sampling';
import {
  type ChartColumns,
  type ComparedPart,
  type NewRun,
  type RunEnd,
  type RunListItem,
  type RunStore,
  type SecondRange,
  type SparkLines,
  StoreError,
} from './run-store';
import { RunTable } from './run-table';
import { RunTotalsTable } from './run-totals-table';
import { SecondTables } from './second-tables';
import { SparkQuery } from './spark-query';
import { StepReader } from './step-reader';

export interface StoreOptions extends DatabaseOptions {
  /** The clock that heartbeats are read from, epoch ms. */
  now?: () => number;
}

/** Seconds read at once when a run is summed up, so that a long one does not fill the memory. */
const SUM_CHUNK_SECONDS = 600;

/** Minutes that are read and then written at once where a run lacks many. */
const COMPLETED_AT_ONCE = 10;

/**
 * Runs in a SQLite database. Every method does its work before it returns (`better-sqlite3` is synchronous), so calls are carried
 * out in their order. A method that fails changes nothing.
 */
export class SqliteStore implements RunStore {
  private readonly db: Database;
  private readonly file: string;
  private readonly now: () => number;
  private readonly runs: RunTable;
  private readonly seconds: SecondTables;
  private readonly totals: RunTotalsTable;
  private readonly minutes: MinuteTable;
  private readonly steps: StepReader;
  private readonly samples: RunSampleTable;
  private readonly sampling: RunSampling;
  private readonly charts: ChartQuery;
  private readonly heat: HeatQuery;
  private readonly sparks: SparkQuery;
  /** Sums of the runs that are being written here, by run. */
  private readonly sums = new Map<number, RunTotals>();
  private readonly minuteSums = new Map<number, MinuteSums>();
  /**
   * Runs that are written through this store: who conducts them is who calls, so they are on, though no second may have come for a while
   * (a suspended machine, a clock that was set).
   */
  private readonly conducted = new Set<number>();

  private constructor(
    db: Database,
    file: string,
    now: () => number,
    /** Reads one moment of the history and changes nothing in it. */
    private readonly isSnapshot = false,
  ) {
    this.db = db;
    this.file = file;
    this.now = now;
    this.runs = new RunTable(db);
    this.seconds = new SecondTables(db);
    this.totals = new RunTotalsTable(db);
    this.samples = new RunSampleTable(db);
    this.minutes = new MinuteTable(db);
    this.steps = new StepReader(this.seconds, this.minutes);
    this.sampling = new RunSampling(this.runs, this.steps, this.samples);
    this.charts = new ChartQuery(db);
    this.heat = new HeatQuery(db, this.seconds);
    this.sparks = new SparkQuery(db);
  }

  /** Opens a database file, or makes it. Runs whose process is gone become `interrupted`. Throws `StoreError`. */
  static open(file: string, options: StoreOptions = {}): SqliteStore {
    const db = openDatabase(file, options);
    try {
      const store = new SqliteStore(db, file, options.now ?? Date.now);
      store.runs.markInterrupted(store.now(), store.conducted);
      return store;
    } catch (error) {
      db.close();
      throw storeErrorOf(error, file);
    }
  }

  /**
   * Opens a history that is there as of this moment: whatever others write to it meanwhile, all that is read is of the same last
   * transaction. To be closed soon, for what others write is kept in the log so long. Throws `StoreError`; methods that write reject.
   */
  static openSnapshot(file: string): SqliteStore {
    const db = openReadOnly(file);
    try {
      const store = new SqliteStore(db, file, Date.now, true);
      db.exec('BEGIN');
      // A transaction begins with what it reads first.
      store.runs.lastId();
      return store;
    } catch (error) {
      db.close();
      throw storeErrorOf(error, file);
    }
  }

  async createRun(run: NewRun): Promise<number> {
    const id = this.write(() => this.runs.create(run, this.now()));
    this.conducted.add(id);
    return id;
  }

  async appendSecond(runId: number, second: RunSecond, events: RunEvent[]): Promise<void> {
    try {
      this.write(() => {
        const lastSecond = this.requireLastSecond(runId);
        this.seconds.write(runId, second, second.second <= lastSecond);
        this.runs.writeEvents(runId, second.second, events);
        const sums = this.sumsWith(runId, second, lastSecond);
        this.runs.noteSecond(runId, second, sums, this.now());
        this.minuteSumsOf(runId).addSecond(second, lastSecond);
        this.totals.remove(runId);
        this.samples.remove(runId);
      });
    } catch (error) {
      // They may hold a second that was not stored.
      this.forgetSums(runId);
      throw error;
    }
    this.conducted.add(runId);
  }

  async finishRun(runId: number, end: RunEnd, events: RunEvent[]): Promise<void> {
    // Even if that cannot be stored: it is over.
    this.conducted.delete(runId);
    this.write(() => {
      const lastSecond = this.requireLastSecond(runId);
      this.runs.writeEvents(runId, null, events);
      this.runs.finish(runId, end);
      this.totals.write(runId, this.sums.get(runId) ?? this.sumUp(runId, lastSecond));
    });
    this.forgetSums(runId);
    this.prepareSample(runId);
  }

  async listRuns(): Promise<RunListItem[]> {
    return this.read(() => this.runs.list());
  }

  async readRun(runId: number): Promise<RunData | null> {
    const found = this.read(() => {
      const run = this.runs.record(runId);
      if (!run) return null;
      const isRunning = run.status === 'running';
      const lastSecond = this.requireLastSecond(runId);
      const stored = isRunning ? null : this.totals.read(runId);
      const data: RunData = {
        run,
        series: this.runs.series(runId),
        tasks: this.runs.tasks(runId),
        totals: stored ?? this.sumUp(runId, lastSecond),
        ...this.seconds.problems.sumUp(runId),
        events: this.runs.events(runId),
      };
      return { data, lastSecond, keepTotals: !isRunning && !stored };
    });
    if (!found) return null;
    if (found.keepTotals) this.keepTotals(found.data, found.lastSecond);
    return found.data;
  }

  async readSeconds(runId: number, range?: SecondRange): Promise<RunSecond[]> {
    return this.read(() => this.seconds.read(runId, range));
  }

  async readChart(runId: number, series: number | null): Promise<ChartColumns> {
    return this.read(() => {
      this.requireSeries(runId, series);
      return this.charts.read(runId, series);
    });
  }

  async readHeat(runId: number, series: number | null): Promise<[row: number, requests: number][][]> {
    return this.read(() => {
      this.requireSeries(runId, series);
      return this.heat.read(runId, series);
    });
  }

  async readTotals(runId: number, { from = 0, to = Number.MAX_SAFE_INTEGER }: SecondRange): Promise<RunTotals> {
    return this.read(() => this.sumUp(runId, Math.min(this.requireLastSecond(runId), to - 1), from, to));
  }

  async readProblems(runId: number, { from, to }: SecondRange): Promise<Problems> {
    return this.read(() => this.seconds.problems.sumUp(runId, from, to));
  }

  async readSparkLines(runIds: number[]): Promise<SparkLines[]> {
    return this.read(() => this.sparks.read(runIds));
  }

  async compareRuns(a: ComparedPart, b: ComparedPart): Promise<RunComparison> {
    for (const part of [a, b]) this.completeMinutes(part);
    const drawn = this.read(() => [this.drawn(a, 'a'), this.drawn(b, 'b')] as const);
    for (const one of drawn) if (one.isNew) this.keepSample(one);
    return compareSampled(...drawn);
  }

  async lastRunId(): Promise<number | null> {
    return this.read(() => this.runs.lastId());
  }

  async updateRun(runId: number, change: { name?: string; note?: string; baseline?: boolean }): Promise<void> {
    this.write(() => {
      this.requireLastSecond(runId);
      this.runs.update(runId, change);
    });
  }

  async deleteRun(runId: number): Promise<boolean> {
    const found = this.write(() => {
      this.runs.markInterrupted(this.now(), this.conducted);
      const run = this.runs.record(runId);
      if (run?.status === 'running') throw new StoreError(`Run ${runId} is still on; stop it before it is deleted.`);
      if (run) this.runs.delete(runId);
      return run !== null;
    });
    this.forgetSums(runId);
    if (found) this.releaseSpace();
    return found;
  }

  async close(): Promise<void> {
    try {
      this.db.close();
    } catch (error) {
      throw storeErrorOf(error, this.file);
    }
  }

  /** In one transaction, which is undone when anything in it fails. */
  private write<Result>(work: () => Result): Result {
    try {
      return this.db.transaction(work).immediate();
    } catch (error) {
      throw storeErrorOf(error, this.file);
    }
  }

  private read<Result>(work: () => Result): Result {
    try {
      if (!this.isSnapshot) this.runs.markInterrupted(this.now(), this.conducted);
      // All of one moment, whatever another process writes meanwhile.
      return this.db.transaction(work).deferred();
    } catch (error) {
      throw storeErrorOf(error, this.file);
    }
  }

  /** Gives the pages of what was deleted back to the disk. */
  private releaseSpace(): void {
    try {
      this.db.pragma('incremental_vacuum');
      this.db.pragma('wal_checkpoint(PASSIVE)');
    } catch (error) {
      throw storeErrorOf(error, this.file);
    }
  }

  private requireLastSecond(runId: number): number {
    const lastSecond = this.runs.lastSecond(runId);
    if (lastSecond === null)
      throw new StoreError(`There is no run ${runId} in the history ${this.file}; it may have been deleted.`, { notFound: true });
    return lastSecond;
  }

  /** The sums up to and with a second that has just been stored; `lastSecond` is the one before, -1 for none. */
  private sumsWith(runId: number, second: RunSecond, lastSecond: number): RunTotals {
    let sums = lastSecond === -1 ? new RunTotals() : this.sums.get(runId);
    if (sums && second.second > lastSecond) sums.addSecond(second);
    // Sent again, or begun by a process that is gone: only the stored seconds tell.
    else sums = this.sumUp(runId, Math.max(lastSecond, second.second));
    this.sums.set(runId, sums);
    return sums;
  }

  private minuteSumsOf(runId: number): MinuteSums {
    let sums = this.minuteSums.get(runId);
    if (!sums) {
      sums = new MinuteSums(this.minutes, runId);
      this.minuteSums.set(runId, sums);
    }
    return sums;
  }

  private forgetSums(runId: number): void {
    this.sums.delete(runId);
    this.minuteSums.delete(runId);
  }

  /** Of the seconds from `from` up to and with `lastSecond`, or up to `to`, whichever comes first. */
  private sumUp(runId: number, lastSecond: number, from = 0, to = lastSecond + 1): RunTotals {
    const sums = new RunTotals();
    for (let at = from; at <= lastSecond; at += SUM_CHUNK_SECONDS) {
      const chunk = { from: at, to: Math.min(to, at + SUM_CHUNK_SECONDS) };
      for (const second of this.seconds.read(runId, chunk)) sums.addSecond(second);
    }
    return sums;
  }

  private requireSeries(runId: number, series: number | null): void {
    this.requireLastSecond(runId);
    const count = this.runs.series(runId).length;
    if (series !== null && series >= count)
      throw new StoreError(`There is no series ${series} in run ${runId}, which has ${count}, counted from 0.`, {
        notFound: true,
      });
  }

  private drawn(part: ComparedPart, place: keyof Both<unknown>): DrawnRun {
    this.requireLastSecond(part.runId);
    return this.sampling.draw(part, place);
  }

  /** Draws a run's sample as it ends, when nobody waits for it: a second or two of work, however long it was. */
  private prepareSample(runId: number): void {
    try {
      const drawn = this.read(() => this.sampling.draw({ runId }, 'a'));
      if (drawn.isNew) this.keepSample(drawn);
    } catch {
      // It saves time and nothing else: it will be drawn when it is needed.
    }
  }

  /** Sums up and keeps what minutes an ended run lacks, a few at a time, so that a run of many hours never lies in memory. */
  private completeMinutes(part: ComparedPart): void {
    if (this.isSnapshot) return;
    const { runId } = part;
    try {
      const missing = this.read(() => this.sampling.missingMinutes(part));
      for (let at = 0; at < missing.length; at += COMPLETED_AT_ONCE) {
        const { minutes, run, lastSecond } = this.read(() => ({
          ...this.sampling.known(runId),
          minutes: missing
            .slice(at, at + COMPLETED_AT_ONCE)
            .map((minute) => ({ minute, step: this.steps.sumUpMinute(runId, minute) })),
        }));
        this.keepDerived(run, lastSecond, () => {
          for (const { minute, step } of minutes) this.minutes.write(runId, minute, step);
        });
      }
    } catch {
      // It saves time and nothing else, and what is wrong with the run is said by who reads it.
    }
  }

  /** Stores what was drawn of a run that has ended, unless the run has changed since. */
  private keepSample({ run, sample, lastSecond }: DrawnRun): void {
    this.keepDerived(run, lastSecond, () => this.samples.write(run.id, sample));
  }

  /** Stores the totals of a run that ended without them, unless it has changed since they were read. */
  private keepTotals({ run, totals }: RunData, lastSecond: number): void {
    this.keepDerived(run, lastSecond, () => this.totals.write(run.id, totals));
  }

  private keepDerived(run: RunRecord, lastSecond: number, keep: () => void): void {
    if (this.isSnapshot) return;
    try {
      this.write(() => {
        const unchanged = this.runs.lastSecond(run.id) === lastSecond && this.runs.record(run.id)?.status === run.status;
        if (unchanged) keep();
      });
    } catch {
      // It saves time and nothing else: what was asked for has been read. It will be worked out again.
    }
  }
}
