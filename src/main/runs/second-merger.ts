import { ExceptionLedger, FailureLedger } from '../../shared/stats/failures';
import { type Frame, PHASES, type Phase, type RunSecond, type SeriesDelta, type ShardHealth } from '../../shared/stats/frame';
import { EMPTY_HISTOGRAM, mergeSparse } from '../../shared/stats/histogram';
import { forEachInFlight, mergeDeltas, type PackedDeltas, packDeltas } from '../../shared/stats/packed-deltas';
import { guardTrouble, judgeSecond, loopTrouble } from './health';

/** A second is closed without a shard that is this far behind the others: a stuck shard must not stop the clock for all. */
const SECONDS_OF_PATIENCE = 5;

/** What the plan says about a second. */
export interface SecondPlan {
  phase: Phase;
  plannedNodes: number;
}

interface OpenSecond {
  /** As reported: added up when the second is closed, all at once. */
  series: PackedDeltas[];
  /** Tasks begun, by index. */
  tasks: number[];
  failures: FailureLedger;
  exceptions: ExceptionLedger;
  shards: { shard: number; health: ShardHealth }[];
  /** Living nodes at the end of the second, by shard; shards that have not reported the last of it are missing. */
  nodes: Map<number, number>;
  troubles: string[];
  /** How far the shards that have reported the last of it went, s of the run's clock; 0 when none has. */
  endSeconds: number;
}

/**
 * Adds up the frames of all shards into seconds, aligned on the run's clock. A second is closed, and given out, when every shard has reported
 * the last of it. Nothing that was reported is ever dropped: what comes for a closed second counts in the next open one, which is
 * then marked invalid.
 */
export class SecondMerger {
  private readonly open = new Map<number, OpenSecond>();
  private readonly alive: Set<number>;
  private readonly nodes: number[];
  /** Requests begun and not yet ended, by `seriesPhaseKey`, of each shard. */
  private readonly inFlight: Map<number, number>[];
  private nextSecond = 0;
  private newestSecond = 0;

  constructor(
    shardCount: number,
    private readonly planOf: (second: number) => SecondPlan,
    private readonly emit: (second: RunSecond) => void,
  ) {
    this.alive = new Set(Array.from({ length: shardCount }, (_, shard) => shard));
    this.nodes = Array.from({ length: shardCount }, () => 0);
    this.inFlight = Array.from({ length: shardCount }, () => new Map());
  }

  /** Adds a frame and gives out the seconds that it completes. */
  add(frame: Frame): void {
    const isLate = frame.second < this.nextSecond;
    const second = this.openSecond(Math.max(frame.second, this.nextSecond));
    if (isLate) second.troubles.push(`shard ${frame.shard} reported late`);
    second.series.push(frame.series);
    const inFlight = this.inFlight[frame.shard] as Map<number, number>;
    forEachInFlight(frame.series, (key, more) => inFlight.set(key, (inFlight.get(key) ?? 0) + more));
    addTasks(second.tasks, frame.tasks);
    second.failures.add(frame.failures);
    second.exceptions.add(frame.exceptions);
    this.nodes[frame.shard] = frame.nodes.reduce((sum, count) => sum + count, 0);
    if (frame.health) addHealth(second.shards, frame.shard, frame.health);
    const heldUp = loopTrouble(frame.shard, this.nodes.length, frame.loopLagP99Us ?? 0);
    if (heldUp) second.troubles.push(heldUp);
    const heldBack = guardTrouble(frame.shard, this.nodes.length, frame.heldBack ?? 0);
    if (heldBack) second.troubles.push(heldBack);
    // The last of a second that is closed says nothing about the one it is counted in: that is still waited for.
    if (frame.lastOfSecond && !isLate) {
      second.nodes.set(frame.shard, this.nodes[frame.shard] ?? 0);
      second.endSeconds = Math.max(second.endSeconds, frame.endSeconds);
    }
    this.newestSecond = Math.max(this.newestSecond, frame.second);
    this.closeComplete();
  }

  /** A shard has sent its last frame. */
  shardFinished(shard: number): void {
    this.alive.delete(shard);
    this.nodes[shard] = 0;
    this.closeComplete();
  }

  /**
   * A shard is gone in mid-run. What it had in flight, as far as it had reported, is counted as aborted. Returns how much that was and how many
   * nodes went with it.
   */
  shardLost(shard: number): { nodes: number; aborted: number } {
    const second = this.openSecond(this.nextSecond);
    let aborted = 0;
    const lost: SeriesDelta[] = [];
    for (const [key, inFlight] of this.inFlight[shard] ?? []) {
      if (inFlight <= 0) continue;
      aborted += inFlight;
      const phase = PHASES[key % PHASES.length] as Phase;
      lost.push({ ...NOTHING, series: Math.floor(key / PHASES.length), phase, aborted: inFlight });
    }
    second.series.push(packDeltas(lost));
    this.inFlight[shard]?.clear();
    const nodes = this.nodes[shard] ?? 0;
    second.troubles.push(`shard ${shard} was lost`);
    this.shardFinished(shard);
    return { nodes, aborted };
  }

  /** Gives out every second that anything was reported for; the run ended at `endSeconds` of its clock. */
  finish(endSeconds: number): void {
    this.alive.clear();
    const last = Math.max(...this.open.keys(), -1);
    while (this.nextSecond <= last) this.close(endSeconds);
  }

  private closeComplete(): void {
    // With no shard left, finish() knows when the run ended.
    while (this.nextSecond <= this.newestSecond && this.alive.size > 0) {
      const second = this.openSecond(this.nextSecond);
      const missing = [...this.alive].filter((shard) => !second.nodes.has(shard));
      if (missing.length > 0) {
        if (this.newestSecond - this.nextSecond < SECONDS_OF_PATIENCE) return;
        second.troubles.push(`no report from shard ${missing.join(', ')}`);
      }
      this.close(missing.length > 0 ? Number.POSITIVE_INFINITY : second.endSeconds);
    }
  }

  private close(endSeconds: number): void {
    const number = this.nextSecond++;
    const second = this.open.get(number) ?? newSecond();
    this.open.delete(number);
    const { phase, plannedNodes } = this.planOf(number);
    second.shards.sort((a, b) => a.shard - b.shard);
    this.emit({
      second: number,
      lengthSeconds: Math.min(1, Math.max(0.001, endSeconds - number)),
      phase,
      nodes: this.nodes.reduce((sum, latest, shard) => sum + (second.nodes.get(shard) ?? latest), 0),
      plannedNodes,
      series: mergeDeltas(second.series),
      tasks: second.tasks.flatMap((begun, task): [number, number][] => (begun > 0 ? [[task, begun]] : [])),
      failures: second.failures.list(),
      exceptions: second.exceptions.list(),
      health: judgeSecond(second.shards, [...new Set(second.troubles)]),
      shards: second.shards,
    });
  }

  private openSecond(number: number): OpenSecond {
    let second = this.open.get(number);
    if (!second) {
      second = newSecond();
      this.open.set(number, second);
    }
    return second;
  }
}

/** A delta in which nothing happened. */
const NOTHING = {
  started: 0,
  completed: 0,
  failed: 0,
  aborted: 0,
  missed: 0,
  resent: 0,
  bodyBytes: 0,
  latency: EMPTY_HISTOGRAM,
  responseFromSchedule: EMPTY_HISTOGRAM,
  connect: EMPTY_HISTOGRAM,
};

function newSecond(): OpenSecond {
  return {
    series: [],
    tasks: [],
    failures: new FailureLedger(),
    exceptions: new ExceptionLedger(),
    shards: [],
    nodes: new Map(),
    troubles: [],
    endSeconds: 0,
  };
}

function addTasks(sums: number[], begun: Uint32Array): void {
  for (let task = 0; task < begun.length; task++) sums[task] = (sums[task] ?? 0) + (begun[task] as number);
}

/** A second has one report of each shard: of several, some of them late, the worst of each value is kept and what was used is added up. */
function addHealth(shards: { shard: number; health: ShardHealth }[], shard: number, health: ShardHealth): void {
  const present = shards.find((entry) => entry.shard === shard);
  if (!present) {
    shards.push({ shard, health });
    return;
  }
  const before = present.health;
  present.health = {
    eventLoopUtilization: Math.max(before.eventLoopUtilization, health.eventLoopUtilization),
    loopDelayMaxMs: Math.max(before.loopDelayMaxMs, health.loopDelayMaxMs),
    scheduleLag: mergeSparse(before.scheduleLag, health.scheduleLag),
    cpuMs: before.cpuMs + health.cpuMs,
    gcPauseMs: before.gcPauseMs + health.gcPauseMs,
    rssBytes: health.rssBytes,
    openSockets: health.openSockets,
    exhausted: before.exhausted ?? health.exhausted,
  };
}
