import { PHASES, type Phase, type RunSecond, type SeriesDelta } from './frame';
import { Histogram, mergeAll, type SparseHistogram } from './histogram';
import { DELTA_COUNTERS } from './packed-deltas';
import { type ShardSum, ShardTotals } from './shard-totals';

/** Sums of one series in one phase. Plain data, so that it can be stored and sent. */
export interface PhaseSum extends SeriesDelta {}

/** Seconds of a run, by phase and validity. */
export interface RunClockSums {
  /** Seconds of the run's clock in each phase; a run's last second may be part of one. */
  phaseSeconds: Record<Phase, number>;
  invalidSeconds: number;
  scheduleLag: SparseHistogram;
  eventLoopUtilizationSum: number;
  eventLoopUtilizationMax: number;
  /** Entries added. */
  seconds: number;
}

/** A `RunTotals` as it is stored and sent. */
export interface RunTotalsData {
  sums: PhaseSum[];
  clock: RunClockSums;
  tasks: [number, number][];
  /** Health of each shard that reported, by shard. */
  shards: ShardSum[];
}

/**
 * The sum of any seconds of a run: a whole run, its steady phase, a window dragged on a chart. The only place where seconds
 * are added up; percentiles are read from the merged histograms, never averaged.
 */
export class RunTotals {
  /** By series; what a series had in each phase, if anything. */
  private readonly sums: Partial<Record<Phase, SeriesTotals>>[] = [];
  /** All series together, so that to read them costs the same however many there are. */
  private readonly together: Partial<Record<Phase, SeriesTotals>> = {};
  private readonly taskCounts = new Map<number, number>();
  private readonly lag = new Histogram();
  private readonly shardTotals = new Map<number, ShardTotals>();
  private clock = { ramp: 0, steady: 0, cooldown: 0, invalid: 0, seconds: 0, utilizationSum: 0, utilizationMax: 0 };

  /** Adds a second. Each second of the run's clock once, in any order. */
  addSecond(second: RunSecond): void {
    for (const delta of second.series) this.seriesTotals(delta).addDelta(delta);
    this.addTogether(second.series);
    for (const [task, executed] of second.tasks) this.taskCounts.set(task, (this.taskCounts.get(task) ?? 0) + executed);
    this.clock[second.phase] += second.lengthSeconds;
    this.clock.seconds++;
    if (!second.health.valid) this.clock.invalid++;
    this.clock.utilizationSum += second.health.eventLoopUtilizationMean;
    this.clock.utilizationMax = Math.max(this.clock.utilizationMax, second.health.eventLoopUtilizationMax);
    this.lag.add(second.health.scheduleLag);
    for (const { shard, health } of second.shards) this.shardTotalsOf(shard).addSecond(health);
  }

  /** Adds what happened in one series and phase. */
  addDelta(delta: SeriesDelta): void {
    this.seriesTotals(delta).addDelta(delta);
    this.togetherIn(delta.phase).addDelta(delta);
  }

  /**
   * What a series (or all, `null`) had in each of the given phases (all, unless told), if anything, to be read before anything more is
   * added here.
   */
  parts(series: number | null, phases: readonly Phase[] = PHASES): readonly Readonly<SeriesTotals>[] {
    const byPhase = series === null ? this.together : this.sums[series];
    return phases.flatMap((phase) => byPhase?.[phase] ?? []);
  }

  /**
   * The sums of a series (or of all, `null`) over the given phases (all, unless told): counters and histograms to read percentiles from.
   */
  select(series: number | null, phases?: readonly Phase[]): SeriesTotals {
    const total = new SeriesTotals();
    for (const part of this.parts(series, phases)) total.add(part);
    return total;
  }

  /** Seconds of the run's clock in the given phases. */
  seconds(phases?: readonly Phase[]): number {
    return (phases ?? (['ramp', 'steady', 'cooldown'] as const)).reduce((sum, phase) => sum + this.clock[phase], 0);
  }

  get invalidSeconds(): number {
    return this.clock.invalid;
  }

  /** Schedule lag of all shards, us. */
  get scheduleLag(): Histogram {
    return this.lag;
  }

  get eventLoopUtilization(): { mean: number; max: number } {
    return {
      mean: this.clock.seconds === 0 ? 0 : this.clock.utilizationSum / this.clock.seconds,
      max: this.clock.utilizationMax,
    };
  }

  /** The health of each shard that reported, by shard. */
  shards(): ShardSum[] {
    return [...this.shardTotals.values()].map((totals) => totals.toData()).sort((a, b) => a.shard - b.shard);
  }

  /** Tasks begun, by index in `listTasks(scenario)`. */
  executedTasks(task: number): number {
    return this.taskCounts.get(task) ?? 0;
  }

  /** Plain data, for the store and for messages. */
  toData(): RunTotalsData {
    return {
      sums: this.entries().map(({ series, phase, sum }) => ({
        series,
        phase,
        started: sum.started,
        completed: sum.completed,
        failed: sum.failed,
        aborted: sum.aborted,
        missed: sum.missed,
        resent: sum.resent,
        bodyBytes: sum.bodyBytes,
        latency: sum.latency.toSparse(),
        responseFromSchedule: sum.responseFromSchedule.toSparse(),
        connect: sum.connect.toSparse(),
      })),
      clock: {
        phaseSeconds: { ramp: this.clock.ramp, steady: this.clock.steady, cooldown: this.clock.cooldown },
        invalidSeconds: this.clock.invalid,
        scheduleLag: this.lag.toSparse(),
        eventLoopUtilizationSum: this.clock.utilizationSum,
        eventLoopUtilizationMax: this.clock.utilizationMax,
        seconds: this.clock.seconds,
      },
      tasks: [...this.taskCounts],
      shards: this.shards(),
    };
  }

  static fromData(data: RunTotalsData): RunTotals {
    const totals = new RunTotals();
    for (const sum of data.sums) totals.addDelta(sum);
    const { phaseSeconds, invalidSeconds, scheduleLag, eventLoopUtilizationSum, eventLoopUtilizationMax, seconds } = data.clock;
    totals.clock = {
      ...phaseSeconds,
      invalid: invalidSeconds,
      seconds,
      utilizationSum: eventLoopUtilizationSum,
      utilizationMax: eventLoopUtilizationMax,
    };
    totals.lag.add(scheduleLag);
    for (const [task, executed] of data.tasks) totals.taskCounts.set(task, executed);
    for (const sum of data.shards) totals.shardTotalsOf(sum.shard).add(sum);
    return totals;
  }

  private seriesTotals({ series, phase }: SeriesDelta): SeriesTotals {
    this.sums[series] ??= {};
    const byPhase = this.sums[series] as Partial<Record<Phase, SeriesTotals>>;
    byPhase[phase] ??= new SeriesTotals();
    return byPhase[phase] as SeriesTotals;
  }

  /**
   * Adds what happened in a second to the sums of all series: merged beforehand, which takes half of the time, because there is one place for it that
   * stays in a cache.
   */
  private addTogether(deltas: readonly SeriesDelta[]): void {
    for (const phase of PHASES) {
      const own = deltas.filter((delta) => delta.phase === phase);
      if (own.length > 0) this.togetherIn(phase).addDeltas(own);
    }
  }

  private togetherIn(phase: Phase): SeriesTotals {
    this.together[phase] ??= new SeriesTotals();
    return this.together[phase] as SeriesTotals;
  }

  private shardTotalsOf(shard: number): ShardTotals {
    let totals = this.shardTotals.get(shard);
    if (!totals) {
      totals = new ShardTotals(shard);
      this.shardTotals.set(shard, totals);
    }
    return totals;
  }

  private entries(): { series: number; phase: Phase; sum: SeriesTotals }[] {
    return this.sums.flatMap((byPhase, series) =>
      PHASES.flatMap((phase) => (byPhase[phase] ? [{ series, phase, sum: byPhase[phase] }] : [])),
    );
  }
}

/** Counters and histograms of one series, or of several added up. */
export class SeriesTotals {
  started = 0;
  completed = 0;
  failed = 0;
  aborted = 0;
  missed = 0;
  resent = 0;
  bodyBytes = 0;
  readonly latency = new Histogram();
  readonly responseFromSchedule = new Histogram();
  readonly connect = new Histogram();

  /** Answered or failed; what the column Requests shows. Aborted ones stand apart. */
  get requests(): number {
    return this.completed + this.failed;
  }

  addDelta(delta: SeriesDelta): void {
    for (const counter of DELTA_COUNTERS) this[counter] += delta[counter];
    this.latency.add(delta.latency);
    this.responseFromSchedule.add(delta.responseFromSchedule);
    this.connect.add(delta.connect);
  }

  /** As `addDelta` of each; together of no more requests than a second has. */
  addDeltas(deltas: readonly SeriesDelta[]): void {
    for (const delta of deltas) for (const counter of DELTA_COUNTERS) this[counter] += delta[counter];
    this.latency.add(mergeAll(deltas.map(({ latency }) => latency)));
    this.responseFromSchedule.add(mergeAll(deltas.map(({ responseFromSchedule }) => responseFromSchedule)));
    this.connect.add(mergeAll(deltas.map(({ connect }) => connect)));
  }

  add(other: SeriesTotals): void {
    for (const counter of DELTA_COUNTERS) this[counter] += other[counter];
    this.latency.addHistogram(other.latency);
    this.responseFromSchedule.addHistogram(other.responseFromSchedule);
    this.connect.addHistogram(other.connect);
  }
}
