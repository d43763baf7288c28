import type { Database } from 'better-sqlite3';
import { compareSampled, type RunComparison } from '../../shared/stats/comparison';
import type { RunEvent, RunSecond } from '../../shared/stats/frame';
import { type StretchReport, stretchReport } from '../../shared/stats/report';
import type { RunData, RunListItem } from '../../shared/stats/run';
import type { Both } from '../../shared/stats/run-sample';
import type { RunTotals } from '../../shared/stats/totals';
import { ChartQuery } from './chart-query';
import { storeErrorOf } from './database-error';
import { HeatQuery } from './heat-query';
import { KeptResults } from './kept-results';
import { MinuteTable } from './minute-table';
import { type DatabaseOptions, openDatabase, openReadOnly } from './open-database';
import { RunSampleTable } from './run-sample-table';
import { type DrawnRun, RunSampling } from './run-sampling';
import {
  type ChartColumns,
  type ComparedPart,
  type NewRun,
  type RunEnd,
  type RunStore,
  type SecondRange,
  type SparkLines,
  StoreError,
} from './run-store';
import { RunSums } from './run-sums';
import { RunTable } from './run-table';
import { RunTotalsTable } from './run-totals-table';
import { SECONDS_AT_ONCE, SecondTables } from './second-tables';
import { SparkQuery } from './spark-query';
import { StepReader } from './step-reader';
import { Transactions } from './transactions';

export interface StoreOptions extends DatabaseOptions {
  /** The clock that heartbeats are read from, epoch ms. */
  now?: () => number;
}

/** Of a run that ends, so many of its last seconds are read back. */
const READ_BACK_SECONDS = 600;

/**
 * Runs in a SQLite database. Every method does its work before it returns (`better-sqlite3` is synchronous), so calls are carried
 * out in their order. A method that fails changes nothing.
 */
export class SqliteStore implements RunStore {
  private readonly file: string;
  private readonly now: () => number;
  private readonly transactions: Transactions;
  private readonly runs: RunTable;
  private readonly seconds: SecondTables;
  private readonly totals: RunTotalsTable;
  private readonly samples: RunSampleTable;
  private readonly sampling: RunSampling;
  private readonly charts: ChartQuery;
  private readonly heat: HeatQuery;
  private readonly sparks: SparkQuery;
  private readonly sums: RunSums;
  /** Not there where nothing is to be written. */
  private readonly kept: KeptResults | undefined;
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
    isSnapshot = false,
  ) {
    this.file = file;
    this.now = now;
    this.transactions = new Transactions(db, file, () => {
      if (!isSnapshot) this.runs.markInterrupted(now(), this.conducted);
    });
    this.runs = new RunTable(db);
    this.seconds = new SecondTables(db);
    this.totals = new RunTotalsTable(db);
    this.samples = new RunSampleTable(db);
    const minutes = new MinuteTable(db);
    const steps = new StepReader(this.seconds, minutes);
    this.sampling = new RunSampling(this.runs, steps, this.samples);
    this.sums = new RunSums(this.seconds, minutes);
    const { transactions, runs, totals, samples, sampling } = this;
    this.kept = isSnapshot ? undefined : new KeptResults(transactions, { runs, steps, sampling, totals, minutes, samples });
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

  /** Whether what is written here will be found by the file's name; what is stored already can be read in any case, until it is closed. */
  get isInPlace(): boolean {
    return this.transactions.isInPlace;
  }

  async createRun(run: NewRun): Promise<number> {
    const id = this.transactions.write(() => this.runs.create(run, this.now()));
    this.conducted.add(id);
    return id;
  }

  async appendSecond(runId: number, second: RunSecond, events: RunEvent[]): Promise<void> {
    try {
      this.transactions.write(() => {
        const lastSecond = this.requireLastSecond(runId);
        this.seconds.write(runId, second, second.second <= lastSecond);
        this.runs.writeEvents(runId, second.second, events);
        const sums = this.sums.add(runId, second, lastSecond);
        this.runs.noteSecond(runId, second, sums, this.now());
        this.totals.remove(runId);
        this.samples.remove(runId);
      });
    } catch (error) {
      this.sums.forget(runId);
      throw error;
    }
    this.conducted.add(runId);
  }

  async finishRun(runId: number, end: RunEnd, events: RunEvent[]): Promise<void> {
    // Even if that cannot be stored: it is over.
    this.conducted.delete(runId);
    this.transactions.write(() => {
      const lastSecond = this.requireLastSecond(runId);
      this.runs.writeEvents(runId, null, events);
      this.runs.finish(runId, end);
      this.totals.write(runId, this.sums.whole(runId, lastSecond));
    });
    this.sums.forget(runId);
    this.kept?.prepareSample(runId);
    await this.readBack(runId);
  }

  async listRuns(): Promise<RunListItem[]> {
    return this.transactions.read(() => this.runs.list());
  }

  async readRun(runId: number): Promise<RunData | null> {
    const found = this.transactions.read(() => {
      const run = this.runs.record(runId);
      if (!run) return null;
      const isRunning = run.status === 'running';
      const lastSecond = this.requireLastSecond(runId);
      const stored = isRunning ? null : this.totals.read(runId);
      const data: RunData = {
        run,
        series: this.runs.series(runId),
        tasks: this.runs.tasks(runId),
        totals: stored ?? this.sums.sumUp(runId, lastSecond),
        ...this.seconds.problems.sumUp(runId),
        events: this.runs.events(runId),
      };
      return { data, lastSecond, keepTotals: !isRunning && !stored };
    });
    if (!found) return null;
    if (found.keepTotals) this.kept?.keepTotals(found.data.run, found.data.totals, found.lastSecond);
    return found.data;
  }

  async readSeconds(runId: number, range?: SecondRange): Promise<RunSecond[]> {
    return this.transactions.read(() => this.seconds.read(runId, range));
  }

  async readChart(runId: number, series: number | null): Promise<ChartColumns> {
    return this.transactions.read(() => {
      this.requireSeries(runId, series);
      return this.charts.read(runId, series);
    });
  }

  async readHeat(runId: number, series: number | null): Promise<string> {
    return this.transactions.read(() => {
      this.requireSeries(runId, series);
      return this.heat.read(runId, series);
    });
  }

  async readTotals(runId: number, { from = 0, to = Number.MAX_SAFE_INTEGER }: SecondRange): Promise<RunTotals> {
    return this.transactions.read(() => this.sums.sumUp(runId, Math.min(this.requireLastSecond(runId), to - 1), from, to));
  }

  async readStretch(runId: number, { from = 0, to = Number.MAX_SAFE_INTEGER }: SecondRange): Promise<StretchReport> {
    return this.transactions.read(() => {
      const sums = this.sums.stretch(runId, from, Math.min(this.requireLastSecond(runId) + 1, to)).parts();
      return stretchReport({
        ...sums,
        run: { startedAt: this.runs.startedAt(runId) },
        series: this.runs.series(runId),
        tasks: this.runs.tasks(runId),
        failures: sums.failures.map((group) => ({ ...group, samples: this.seconds.problems.samples(runId, group) })),
      });
    });
  }

  async readSparkLines(runIds: number[]): Promise<SparkLines[]> {
    return this.transactions.read(() => this.sparks.read(runIds));
  }

  async compareRuns(a: ComparedPart, b: ComparedPart): Promise<RunComparison> {
    for (const part of [a, b]) this.kept?.completeMinutes(part);
    const drawn = this.transactions.read(() => [this.drawn(a, 'a'), this.drawn(b, 'b')] as const);
    for (const one of drawn) this.kept?.keepSample(one);
    return compareSampled(...drawn);
  }

  async lastRunId(): Promise<number | null> {
    return this.transactions.read(() => this.runs.lastId());
  }

  async updateRun(runId: number, change: { name?: string; note?: string; baseline?: boolean }): Promise<void> {
    this.transactions.write(() => {
      this.requireLastSecond(runId);
      this.runs.update(runId, change);
    });
  }

  async deleteRun(runId: number): Promise<boolean> {
    const found = this.transactions.write(() => {
      this.runs.markInterrupted(this.now(), this.conducted);
      const run = this.runs.record(runId);
      if (run?.status === 'running') throw new StoreError(`Run ${runId} is still running; stop it before you delete it.`);
      if (run) this.runs.delete(runId);
      return run !== null;
    });
    this.sums.forget(runId);
    if (found) this.transactions.releaseSpace();
    return found;
  }

  async close(): Promise<void> {
    this.transactions.close();
  }

  /** Reads the end of a run as another program would: what this one has in its memory, the file may hold no more. */
  private async readBack(runId: number): Promise<void> {
    if (this.file === ':memory:') return;
    const lastSecond = this.transactions.read(() => this.requireLastSecond(runId));
    const asOthers = SqliteStore.openSnapshot(this.file);
    try {
      await asOthers.readRun(runId);
      for (let from = Math.max(0, lastSecond + 1 - READ_BACK_SECONDS); from <= lastSecond; from += SECONDS_AT_ONCE)
        await asOthers.readSeconds(runId, { from, to: from + SECONDS_AT_ONCE });
    } finally {
      await asOthers.close();
    }
  }

  private requireLastSecond(runId: number): number {
    const lastSecond = this.runs.lastSecond(runId);
    if (lastSecond === null)
      throw new StoreError(`There is no run ${runId} in the history ${this.file}; it may have been deleted.`, { notFound: true });
    return lastSecond;
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
}
