import type { SeriesKey } from '../scenario/series';
import { type FailureSample, PHASES, type Phase } from './frame';
import { Histogram, type SparseHistogram } from './histogram';
import type { RunData, RunRecord, RunStatus } from './run';
import type { ShardSum } from './shard-totals';
import { AGGREGATED, percentileMs, type StatisticsRow, statisticsRow } from './summary';

/** The statistics table: its last row and the others. */
export interface ReportTable {
  total: StatisticsRow;
  /** In the order of the scenario. */
  series: StatisticsRow[];
}

/** A run in a report. Moments are epoch ms. */
export interface ReportRun {
  id: number;
  name: string;
  status: RunStatus;
  /** A shard was lost. */
  degraded: boolean;
  /** Why it failed, was interrupted or is degraded; empty otherwise. */
  statusReason: string;
  startedAt: number;
  endedAt: number | null;
  seed: number;
  shards: number;
  nodes: number;
  spawnRate: number | null;
  host: string;
  /** Of Nodeswarm. */
  version: string;
  scenarioHash: string;
}

export interface ReportFailure {
  method: string;
  name: string;
  error: string;
  occurrences: number;
  /** epoch ms */
  firstAt: number;
  lastAt: number;
  samples: FailureSample[];
}

export interface ReportException {
  message: string;
  nodeType: string;
  task: string;
  /** 0-based place of the step in the task. */
  step: number;
  occurrences: number;
  /** epoch ms */
  firstAt: number;
  lastAt: number;
  nodes: number[];
}

export interface ReportTask {
  nodeType: string;
  task: string;
  weight: number;
  /** Weight over the sum of weights of the node type. */
  expectedRatio: number;
  executed: number;
  /** Executed over all tasks executed by the node type; null when there were none. */
  ratio: number | null;
}

/** null where nothing was recorded. */
export interface LagPercentiles {
  p50: number | null;
  p99: number | null;
  max: number | null;
}

export interface ReportShard {
  shard: number;
  /** Seconds that it reported. */
  seconds: number;
  scheduleLagMs: LagPercentiles;
  eventLoopUtilization: { mean: number; max: number };
  loopDelayMaxMs: number;
  cpuMs: number;
  gcPauseMs: number;
  rssBytesMax: number;
  openSocketsMax: number;
  exhausted: 'files' | 'ports' | null;
}

/** How well the generator itself kept up. */
export interface ReportGenerator {
  scheduleLagMs: LagPercentiles;
  eventLoopUtilization: { mean: number; max: number };
  invalidSeconds: number;
  shards: ReportShard[];
}

/** What became of every request begun; started = completed + failed + aborted once the run has ended. */
export interface ReportAccounting {
  started: number;
  completed: number;
  failed: number;
  aborted: number;
  missed: number;
}

/** What is said of any stretch of a run: of all of it, or of a window. */
export interface StretchReport extends ReportTable {
  /** Most frequent first. */
  failures: ReportFailure[];
  exceptions: ReportException[];
  tasks: ReportTask[];
  /** Seconds of the run's clock in each phase. */
  phases: Record<Phase, number>;
}

/** What `--json` writes, and what all other reports are made of. What it shares with a stretch is of the whole run. */
export interface RunReport extends StretchReport {
  run: ReportRun;
  /** The table of the steady phase only; null when there was none. */
  steady: ReportTable | null;
  generator: ReportGenerator;
  accounting: ReportAccounting;
}

/** Sums a run up. */
export function buildReport(data: RunData): RunReport {
  const { run, totals } = data;
  const { total, series, ...stretch } = stretchReport(data);
  const { started, completed, failed, aborted, missed } = totals.select(null);
  return {
    run: reportRun(run),
    total,
    series,
    steady: stretch.phases.steady > 0 ? reportTable(data, ['steady']) : null,
    ...stretch,
    generator: {
      scheduleLagMs: lagPercentiles(totals.scheduleLag),
      eventLoopUtilization: totals.eventLoopUtilization,
      invalidSeconds: totals.invalidSeconds,
      shards: totals.shards().map(reportShard),
    },
    accounting: { started, completed, failed, aborted, missed },
  };
}

/** What a stretch of a run is summed up from. */
export type StretchData = Pick<RunData, 'series' | 'tasks' | 'totals' | 'failures' | 'exceptions'> & {
  run: Pick<RunRecord, 'startedAt'>;
};

/** Sums up the stretch of a run that the totals, failures and exceptions of `data` are of. */
export function stretchReport(data: StretchData): StretchReport {
  const { totals } = data;
  return {
    ...reportTable(data),
    failures: reportFailures(data),
    exceptions: reportExceptions(data),
    tasks: reportTasks(data),
    phases: {
      ramp: totals.seconds(['ramp']),
      steady: totals.seconds(['steady']),
      cooldown: totals.seconds(['cooldown']),
    },
  };
}

/** The statistics table over the given phases (all, unless told). */
export function reportTable(
  { series, totals }: Pick<RunData, 'series' | 'totals'>,
  phases: readonly Phase[] = PHASES,
): ReportTable {
  const seconds = totals.seconds(phases);
  return {
    total: statisticsRow(AGGREGATED, totals.parts(null, phases), seconds),
    series: series.map((key, index) => statisticsRow(key, totals.parts(index, phases), seconds)),
  };
}

function reportRun(run: RunRecord): ReportRun {
  const { id, name, status, degraded, statusReason, startedAt, endedAt, options, versions, scenarioHash } = run;
  const { seed, shards, nodes, spawnRate, host } = options;
  return {
    id,
    name,
    status,
    degraded,
    statusReason,
    startedAt,
    endedAt,
    seed,
    shards,
    nodes,
    spawnRate,
    host,
    version: versions.nodeswarm,
    scenarioHash,
  };
}

function reportFailures({ run, series, failures }: StretchData): ReportFailure[] {
  return failures
    .map((group) => {
      const key: SeriesKey = series[group.series] ?? { method: '', name: `series ${group.series}` };
      return {
        method: key.method,
        name: key.name,
        error: group.error,
        occurrences: group.occurrences,
        firstAt: run.startedAt + group.firstMs,
        lastAt: run.startedAt + group.lastMs,
        samples: group.samples,
      };
    })
    .sort((a, b) => b.occurrences - a.occurrences);
}

function reportExceptions({ run, exceptions }: StretchData): ReportException[] {
  return exceptions
    .map(({ message, nodeType, task, step, count, firstMs, lastMs, nodes }) => ({
      message,
      nodeType,
      task,
      step,
      occurrences: count,
      firstAt: run.startedAt + firstMs,
      lastAt: run.startedAt + lastMs,
      nodes,
    }))
    .sort((a, b) => b.occurrences - a.occurrences);
}

function reportTasks({ tasks, totals }: StretchData): ReportTask[] {
  const ofType = new Map<string, { weight: number; executed: number }>();
  tasks.forEach(({ nodeType, weight }, index) => {
    const sum = ofType.get(nodeType) ?? { weight: 0, executed: 0 };
    ofType.set(nodeType, { weight: sum.weight + weight, executed: sum.executed + totals.executedTasks(index) });
  });
  return tasks.map(({ nodeType, task, weight }, index) => {
    const sum = ofType.get(nodeType) ?? { weight, executed: 0 };
    const executed = totals.executedTasks(index);
    return {
      nodeType,
      task,
      weight,
      expectedRatio: weight / sum.weight,
      executed,
      ratio: sum.executed === 0 ? null : executed / sum.executed,
    };
  });
}

function reportShard(sum: ShardSum): ReportShard {
  const { shard, seconds, loopDelayMaxMs, cpuMs, gcPauseMs, rssBytesMax, openSocketsMax, exhausted } = sum;
  return {
    shard,
    seconds,
    scheduleLagMs: lagPercentiles(histogramOf(sum.scheduleLag)),
    eventLoopUtilization: {
      mean: seconds === 0 ? 0 : sum.eventLoopUtilizationSum / seconds,
      max: sum.eventLoopUtilizationMax,
    },
    loopDelayMaxMs,
    cpuMs,
    gcPauseMs,
    rssBytesMax,
    openSocketsMax,
    exhausted,
  };
}

function lagPercentiles(lag: Histogram): LagPercentiles {
  return { p50: percentileMs(lag, 50), p99: percentileMs(lag, 99), max: percentileMs(lag, 100) };
}

function histogramOf(sparse: SparseHistogram): Histogram {
  const histogram = new Histogram();
  histogram.add(sparse);
  return histogram;
}
