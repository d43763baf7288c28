import type { Database } from 'better-sqlite3';
import type { RunEvent, RunSecond } from '../../shared/stats/frame';
import type { RunData } from '../../shared/stats/run';
import { ChartQuery } from './chart-query';
import { storeErrorOf } from './database-error';
import { type DatabaseOptions, openDatabase } from './open-database';
import {
  type ChartColumns,
  type NewRun,
  type RunEnd,
  type RunListItem,
  type RunStore,
  type SecondRange,
  StoreError,
} from './run-store';
import { RunSums } from './run-sums';
import { RunTable } from './run-table';
import { RunTotalsTable } from './run-totals-table';
import { SecondTables } from './second-tables';

export interface StoreOptions extends DatabaseOptions {
  /** The clock that heartbeats are read from, epoch ms. */
  now?: () => number;
}

/** Seconds read at once when a run is summed up, so that a long one does not fill the memory. */
const SUM_CHUNK_SECONDS = 600;

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
  private readonly charts: ChartQuery;
  /** Sums of the runs that are being written here, by run. */
  private readonly sums = new Map<number, RunSums>();

  private constructor(db: Database, file: string, now: () => number) {
    this.db = db;
    this.file = file;
    this.now = now;
    this.runs = new RunTable(db);
    this.seconds = new SecondTables(db);
    this.totals = new RunTotalsTable(db);
    this.charts = new ChartQuery(db);
  }

  /** Opens a database file, or makes it. Runs whose process is gone become `interrupted`. Throws `StoreError`. */
  static open(file: string, options: StoreOptions = {}): SqliteStore {
    const db = openDatabase(file, options);
    try {
      const store = new SqliteStore(db, file, options.now ?? Date.now);
      store.runs.markInterrupted(store.now());
      return store;
    } catch (error) {
      db.close();
      throw storeErrorOf(error, file);
    }
  }

  async createRun(run: NewRun): Promise<number> {
    return this.write(() => this.runs.create(run, this.now()));
  }

  async appendSecond(runId: number, second: RunSecond, events: RunEvent[]): Promise<void> {
    try {
      this.write(() => {
        const lastSecond = this.requireLastSecond(runId);
        this.seconds.write(runId, second, second.second <= lastSecond);
        this.runs.writeEvents(runId, second.second, events);
        const sums = this.sumsWith(runId, second, lastSecond);
        this.runs.noteSecond(runId, second, sums, this.now());
        this.totals.remove(runId);
      });
    } catch (error) {
      // They may hold a second that was not stored.
      this.sums.delete(runId);
      throw error;
    }
  }

  async finishRun(runId: number, end: RunEnd, events: RunEvent[]): Promise<void> {
    this.write(() => {
      const lastSecond = this.requireLastSecond(runId);
      this.runs.writeEvents(runId, null, events);
      this.runs.finish(runId, end);
      this.totals.write(runId, this.sums.get(runId)?.totals ?? this.sumUp(runId, lastSecond).totals);
    });
    this.sums.delete(runId);
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
        totals: stored ?? this.sumUp(runId, lastSecond).totals,
        ...this.seconds.problems.readAll(runId),
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
    return this.read(() => this.charts.read(runId, series));
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
      this.runs.markInterrupted(this.now());
      const run = this.runs.record(runId);
      if (run?.status === 'running') throw new StoreError(`Run ${runId} is still on; stop it before it is deleted.`);
      if (run) this.runs.delete(runId);
      return run !== null;
    });
    this.sums.delete(runId);
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
      this.runs.markInterrupted(this.now());
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
      throw new StoreError(`There is no run ${runId} in the history ${this.file}; it may have been deleted.`);
    return lastSecond;
  }

  /** The sums up to and with a second that has just been stored; `lastSecond` is the one before, -1 for none. */
  private sumsWith(runId: number, second: RunSecond, lastSecond: number): RunSums {
    let sums = lastSecond === -1 ? new RunSums() : this.sums.get(runId);
    if (sums && second.second > lastSecond) sums.addSecond(second);
    // Sent again, or begun by a process that is gone: only the stored seconds tell.
    else sums = this.sumUp(runId, Math.max(lastSecond, second.second));
    this.sums.set(runId, sums);
    return sums;
  }

  private sumUp(runId: number, lastSecond: number): RunSums {
    const sums = new RunSums();
    for (let from = 0; from <= lastSecond; from += SUM_CHUNK_SECONDS) {
      for (const second of this.seconds.read(runId, { from, to: from + SUM_CHUNK_SECONDS })) sums.addSecond(second);
    }
    return sums;
  }

  /** Stores the totals of a run that ended without them, unless it has changed since they were read. */
  private keepTotals({ run, totals }: RunData, lastSecond: number): void {
    try {
      this.write(() => {
        const unchanged = this.runs.lastSecond(run.id) === lastSecond && this.runs.record(run.id)?.status === run.status;
        if (unchanged) this.totals.write(run.id, totals);
      });
    } catch {
      // They save time and nothing else: what was asked for has been read. They will be summed up again.
    }
  }
}
