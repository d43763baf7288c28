import type { ShardHealth } from './frame';
import { Histogram, type SparseHistogram } from './histogram';

/** The health of one shard, summed over seconds. Plain data, so that it can be stored and sent. */
export interface ShardSum {
  shard: number;
  /** Seconds that the shard reported. */
  seconds: number;
  /** us */
  scheduleLag: SparseHistogram;
  eventLoopUtilizationSum: number;
  eventLoopUtilizationMax: number;
  loopDelayMaxMs: number;
  cpuMs: number;
  gcPauseMs: number;
  rssBytesMax: number;
  openSocketsMax: number;
  /** What ran out last, if anything did. */
  exhausted: ShardHealth['exhausted'];
}

/** Adds up the health of one shard. */
export class ShardTotals {
  readonly scheduleLag = new Histogram();
  private readonly rest: Omit<ShardSum, 'scheduleLag'>;

  constructor(shard: number) {
    this.rest = {
      shard,
      seconds: 0,
      eventLoopUtilizationSum: 0,
      eventLoopUtilizationMax: 0,
      loopDelayMaxMs: 0,
      cpuMs: 0,
      gcPauseMs: 0,
      rssBytesMax: 0,
      openSocketsMax: 0,
      exhausted: null,
    };
  }

  /** Adds one second of the shard. */
  addSecond(health: ShardHealth): void {
    this.add({
      ...this.rest,
      ...health,
      seconds: 1,
      eventLoopUtilizationSum: health.eventLoopUtilization,
      eventLoopUtilizationMax: health.eventLoopUtilization,
      rssBytesMax: health.rssBytes,
      openSocketsMax: health.openSockets,
    });
  }

  /** Adds a sum of further seconds of the same shard. */
  add(other: ShardSum): void {
    const { rest } = this;
    this.scheduleLag.add(other.scheduleLag);
    rest.seconds += other.seconds;
    rest.eventLoopUtilizationSum += other.eventLoopUtilizationSum;
    rest.eventLoopUtilizationMax = Math.max(rest.eventLoopUtilizationMax, other.eventLoopUtilizationMax);
    rest.loopDelayMaxMs = Math.max(rest.loopDelayMaxMs, other.loopDelayMaxMs);
    rest.cpuMs += other.cpuMs;
    rest.gcPauseMs += other.gcPauseMs;
    rest.rssBytesMax = Math.max(rest.rssBytesMax, other.rssBytesMax);
    rest.openSocketsMax = Math.max(rest.openSocketsMax, other.openSocketsMax);
    rest.exhausted = other.exhausted ?? rest.exhausted;
  }

  toData(): ShardSum {
    return { ...this.rest, scheduleLag: this.scheduleLag.toSparse() };
  }
}
