import type { RunComparison } from '../../shared/stats/comparison';
import type { Phase, RunEvent, RunSecond } from '../../shared/stats/frame';
import type { StretchReport } from '../../shared/stats/report';
import type { RunData, RunListItem, RunRecord, RunStatus } from '../../shared/stats/run';
import type { RunTotals } from '../../shared/stats/totals';

/** What is known of a run when it begins. */
export type NewRun = Omit<RunRecord, 'id' | 'note' | 'status' | 'degraded' | 'statusReason' | 'baseline' | 'endedAt'> & {
  /** The process that conducts it; when it is gone, a run that still reads `running` is `interrupted`. */
  owner: { hostname: string; pid: number };
};

/** How a run ended. */
export interface RunEnd {
  status: Exclude<RunStatus, 'running'>;
  statusReason: string;
  degraded: boolean;
  endedAt: number;
}

/** What a time chart draws: one number a second in each column (NaN: nothing happened). */
export interface ChartColumns {
  second: Float64Array;
  /** 1; a run's last second may be a part of one. */
  lengthSeconds: Float64Array;
  phase: Phase[];
  nodes: Float64Array;
  plannedNodes: Float64Array;
  requests: Float64Array;
  failures: Float64Array;
  /** ms, of the second's own requests. */
  p50: Float64Array;
  p90: Float64Array;
  p95: Float64Array;
  p99: Float64Array;
  max: Float64Array;
  /** 1 where the second is valid. */
  valid: Float64Array;
  /** ms, over all shards; NaN also in seconds that were stored in layout 1. */
  scheduleLagP99: Float64Array;
  /** Why the newest seconds that are not valid are not (`MAX_REASONS`), ascending; of all series together only. */
  reasons: [second: number, reasons: string[]][];
}

/** Two small lines for a row of the history: at most `SPARK_POINTS` equal stretches of the run; null where nothing happened. */
export interface SparkLines {
  runId: number;
  requestsPerSecond: (number | null)[];
  /** ms; the highest of the stretch's seconds, because percentiles are not averaged. */
  p95: (number | null)[];
}

/** Points of a spark line at the most. */
export const SPARK_POINTS = 60;

/** Which seconds of a run to read: all unless told. `to` is exclusive. */
export interface SecondRange {
  from?: number;
  to?: number;
}

/** A run, or a part of it, to compare. */
export interface ComparedPart {
  runId: number;
  range?: SecondRange;
}

/**
 * Where runs are kept. The same interface in the process of the database (`SqliteStore`) and outside of it (`StoreClient`).
 * Every method rejects with a `StoreError` whose message says what happened and what to do.
 */
export interface RunStore {
  createRun(run: NewRun): Promise<number>;
  /**
   * Stores a second and the events since the last one in one transaction. A second that comes again replaces what it brought before.
   * Of the samples of a failure the run's first ones are kept (`MAX_FAILURE_SAMPLES`).
   */
  appendSecond(runId: number, second: RunSecond, events: RunEvent[]): Promise<void>;
  /** Ends a run; may come again. Rejects as well when what was stored of the run's end cannot be read back. */
  finishRun(runId: number, end: RunEnd, events: RunEvent[]): Promise<void>;
  /** Newest first. */
  listRuns(): Promise<RunListItem[]>;
  /** The run with its totals; null when there is no such run. */
  readRun(runId: number): Promise<RunData | null>;
  /** Stored seconds with their histograms, ascending; series, tasks and shards in them as well. */
  readSeconds(runId: number, range?: SecondRange): Promise<RunSecond[]>;
  /** Columns for a time chart of one series, or of all together (`null`). */
  readChart(runId: number, series: number | null): Promise<ChartColumns>;
  /** For each stored second, ascending, its column of the latency heat map (see `heatColumn`), as one text (see `heatText`). */
  readHeat(runId: number, series: number | null): Promise<string>;
  /** What the seconds of a range add up to. */
  readTotals(runId: number, range: SecondRange): Promise<RunTotals>;
  /**
   * What is said of a range of seconds, in whatever phases it lies; added up where the database is. The samples of its failures are those kept of the
   * run: they are the run's first ones, so that a range seldom has some of its own.
   */
  readStretch(runId: number, range: SecondRange): Promise<StretchReport>;
  /** In no particular order; a run without seconds has lines without points. Runs that there are not are left out. */
  readSparkLines(runIds: number[]): Promise<SparkLines[]>;
  /** Whether B is worse than A (see `compareRuns` in shared/stats); takes its time, but only where the database is. */
  compareRuns(a: ComparedPart, b: ComparedPart): Promise<RunComparison>;
  /** Newest run's id; null when there is none. */
  lastRunId(): Promise<number | null>;
  /** `baseline`: a scenario (by its name) has one; making a run the baseline takes the place from another. */
  updateRun(runId: number, change: { name?: string; note?: string; baseline?: boolean }): Promise<void>;
  /** false when there was no such run. One that is still on is not deleted: rejects. */
  deleteRun(runId: number): Promise<boolean>;
  close(): Promise<void>;
}

export class StoreError extends Error {
  override name = 'StoreError';

  /** What was asked for is not there, which is no trouble of the store itself. */
  readonly notFound: boolean;

  constructor(message: string, options: ErrorOptions & { notFound?: boolean } = {}) {
    super(message, options);
    this.notFound = options.notFound ?? false;
  }
}
