import { EventEmitter } from 'node:events';
import { editLoad, type LoadPlan, nodesAt, phaseOfSecond } from '../../shared/scenario/load';
import { listSeries, listTasks } from '../../shared/scenario/series';
import { ExceptionLedger, FailureLedger } from '../../shared/stats/failures';
import type { RunEvent, RunSecond } from '../../shared/stats/frame';
import { mergeDeltas, packDeltas } from '../../shared/stats/packed-deltas';
import type { RunData, RunRecord } from '../../shared/stats/run';
import { CURRENT_RATE_SECONDS, type RecentSecond, recentSecond } from '../../shared/stats/summary';
import { RunTotals } from '../../shared/stats/totals';
import type { RunEnd, RunStore } from '../store/run-store';
import type { ShardReport } from '../swarm/messages';
import { collectAsUsual, collectSeldom } from './garbage';
import { HistoryWriter } from './history-writer';
import { OutageWatch } from './outage-watch';
import { type LiveRun, type RunListeners, RunRefused } from './run';
import { SecondMerger, type SecondPlan } from './second-merger';
import type { ShardGroup } from './shard-group';

/** An edit takes effect this much later, so that every shard has heard of it by then. */
const EDIT_NOTICE_SECONDS = 0.1;

/** Beyond the stop timeout, a shard gets this long to end by itself. */
const STOP_GRACE_MS = 5_000;

/**
 * A run in progress: sums up what the shards report, once a second hands the second to the store and to the host, and
 * conducts edits, the stop and the end.
 */
export class ConductedRun extends EventEmitter<RunListeners> implements LiveRun {
  readonly totals = new RunTotals();
  readonly recentSeconds: RecentSecond[] = [];
  readonly done: Promise<RunData>;

  private readonly merger: SecondMerger;
  private readonly failures = new FailureLedger();
  private readonly exceptions = new ExceptionLedger();
  private readonly events: RunEvent[] = [];
  private unstoredEvents: RunEvent[] = [];
  private readonly outages: OutageWatch;
  private readonly running: Set<number>;
  private resolveDone: (data: RunData) => void = () => {};
  private startMs = 0;
  private stopAtSeconds = Number.POSITIVE_INFINITY;
  private endAtSeconds = 0;
  private stoppedByUser = false;
  private hurried = false;
  private ended = false;
  private hadUncaughtError = false;
  private killTimer: NodeJS.Timeout | null = null;
  /** null when the run is not kept. */
  private readonly history: HistoryWriter | null;

  constructor(
    readonly record: RunRecord,
    private load: LoadPlan,
    private readonly shards: ShardGroup,
    store: RunStore | null,
  ) {
    super();
    this.history =
      store && record.id !== 0 ? new HistoryWriter(store, record.id, (level, text) => this.emit('log', { level, text })) : null;
    this.done = new Promise((resolve) => {
      this.resolveDone = resolve;
    });
    this.outages = new OutageWatch(listSeries(record.scenario));
    this.running = new Set(Array.from({ length: shards.size }, (_, shard) => shard));
    this.merger = new SecondMerger(
      shards.size,
      (second) => this.planOf(second),
      (second) => this.secondMerged(second),
    );
  }

  /** Starts the run's clock, here and in every shard. */
  begin(): void {
    collectSeldom();
    this.startMs = performance.now();
    this.shards.listen({
      report: (report) => this.onReport(report),
      output: (shard, line) => this.emit('log', { level: 'warn', text: `shard ${shard}: ${line}` }),
      exited: (shard, reason) => this.onExit(shard, reason),
    });
    this.shards.command({ kind: 'start' });
    const { maxRequestsPerSecond } = this.record.options;
    if (maxRequestsPerSecond === undefined) return;
    this.addEvent('note', `rate guard: at most ${maxRequestsPerSecond} requests a second, the rest are held back`, 0);
  }

  get unstoredSeconds(): RunSecond[] {
    return this.history?.unstored ?? [];
  }

  get historyBehind(): string | null {
    return this.history?.behind ?? null;
  }

  get stopping(): boolean {
    return Number.isFinite(this.stopAtSeconds);
  }

  stop(): void {
    if (this.ended) return;
    if (!this.stopping) {
      this.stoppedByUser = true;
      this.noteStop(this.elapsedSeconds());
      this.shards.command({ kind: 'stop' });
      this.addEvent('stop', 'stopped by the user');
      return;
    }
    if (this.hurried) return;
    this.hurried = true;
    this.shards.command({ kind: 'stop-now' });
    this.addEvent('stop-now', 'stopped at once: requests in flight are aborted');
    this.killAfter(STOP_GRACE_MS);
  }

  edit(change: { nodes: number; spawnRate: number }): void {
    const { nodes, spawnRate } = change;
    if (this.stopping || this.ended) throw new RunRefused('the run is stopping: start a new one with other numbers');
    if (!Number.isInteger(nodes) || nodes < 1)
      throw new RunRefused(`the number of nodes must be a whole number of at least 1, not ${nodes}`);
    if (!(spawnRate > 0)) throw new RunRefused(`the spawn rate must be above 0, not ${spawnRate}`);
    const atSeconds = this.elapsedSeconds() + EDIT_NOTICE_SECONDS;
    this.load = editLoad(this.load, atSeconds, nodes, spawnRate);
    this.shards.command({ kind: 'edit', atSeconds, load: this.load.segments, durationSeconds: this.load.durationSeconds });
    this.addEvent('edit', `${nodes} nodes at ${spawnRate} a second`, atSeconds);
  }

  noteUncaughtError(what: string): void {
    if (this.ended) return;
    const text = `something went wrong in Nodeswarm itself at ${this.elapsedSeconds().toFixed(1)} s (${what}): the results of the run may be incomplete`;
    if (!this.hadUncaughtError) this.addReason(text);
    this.hadUncaughtError = true;
    this.emit('log', { level: 'error', text });
  }

  snapshot(): RunData {
    const { scenario } = this.record;
    return {
      run: this.record,
      series: listSeries(scenario),
      tasks: listTasks(scenario),
      totals: this.totals,
      failures: this.failures.list(),
      exceptions: this.exceptions.list(),
      events: [...this.events],
    };
  }

  private elapsedSeconds(): number {
    return (performance.now() - this.startMs) / 1000;
  }

  private planOf(second: number): SecondPlan {
    const { segments, durationSeconds } = this.load;
    // A second in which the run was stopped is no steady one: not all of it is.
    const cooldown = second >= Math.floor(this.stopAtSeconds) || (durationSeconds !== null && second >= durationSeconds);
    return {
      phase: cooldown ? 'cooldown' : phaseOfSecond(segments, second),
      // At the second's end, which a node that is planned for the next second's beginning does not belong to.
      plannedNodes: cooldown ? 0 : nodesAt(segments, second + 1 - 1e-6),
    };
  }

  private onReport(report: ShardReport): void {
    switch (report.kind) {
      case 'frame':
        this.merger.add(report);
        break;
      case 'log':
        this.emit('log', { level: report.level, text: report.text });
        break;
      case 'finished':
        this.running.delete(report.shard);
        this.endAtSeconds = Math.max(this.endAtSeconds, report.atSeconds);
        this.noteStop(this.load.durationSeconds ?? report.atSeconds);
        this.merger.shardFinished(report.shard);
        if (this.running.size === 0) void this.end();
        break;
    }
  }

  private onExit(shard: number, reason: string): void {
    if (!this.running.delete(shard)) return;
    const atSeconds = this.elapsedSeconds();
    this.endAtSeconds = Math.max(this.endAtSeconds, atSeconds);
    const { nodes, aborted } = this.merger.shardLost(shard);
    this.record.degraded = true;
    const text = `shard ${shard} was lost at ${atSeconds.toFixed(1)} s (${reason}): ${nodes} nodes gone, ${aborted} requests in flight counted as aborted`;
    this.addReason(text);
    this.addEvent('shard-lost', text);
    this.emit('log', { level: 'error', text });
    if (this.running.size === 0) void this.end();
  }

  /** From this moment on everything is cooldown, and shards that do not come to their end are ended. */
  private noteStop(atSeconds: number): void {
    if (this.stopping) return;
    this.stopAtSeconds = atSeconds;
    this.killAfter(this.record.options.stopTimeoutSeconds * 1000 + STOP_GRACE_MS);
  }

  private killAfter(delayMs: number): void {
    if (this.killTimer) clearTimeout(this.killTimer);
    this.killTimer = setTimeout(() => this.shards.kill(), delayMs);
  }

  private secondMerged(second: RunSecond): void {
    this.relabelStopSecond(second);
    this.announceRampEnds(second);
    for (const { atMs, text } of this.outages.add(second)) this.addEvent('recovered', text, atMs / 1000);
    this.totals.addSecond(second);
    this.failures.add(second.failures);
    this.exceptions.add(second.exceptions);
    this.recentSeconds.push(recentSecond(second));
    if (this.recentSeconds.length > CURRENT_RATE_SECONDS) this.recentSeconds.shift();
    const events = this.unstoredEvents;
    this.unstoredEvents = [];
    this.history?.add(second, events);
    this.emit('second', second);
  }

  /** The second in which a run was stopped is not steady to its end, but its shards could not know that when it began. */
  private relabelStopSecond(second: RunSecond): void {
    const stoppedWithin = this.stopAtSeconds > second.second && this.stopAtSeconds < second.second + 1;
    if (!stoppedWithin) return;
    const relabelled = second.series.map((delta) =>
      delta.phase === 'steady' ? { ...delta, phase: 'cooldown' as const } : delta,
    );
    // What nodes sent for their onStop is cooldown already, and may be of the same series.
    second.series = mergeDeltas([packDeltas(relabelled)]);
  }

  private announceRampEnds(second: RunSecond): void {
    for (const { fromNodes, toNodes, toSeconds } of this.load.segments) {
      const endsHere = toSeconds > second.second && toSeconds <= second.second + 1;
      if (!endsHere || fromNodes === toNodes || toSeconds > this.stopAtSeconds) continue;
      this.addEvent('spawn-done', `${second.nodes} of ${toNodes} planned nodes are up`, toSeconds);
    }
  }

  private addEvent(kind: RunEvent['kind'], text: string, atSeconds = this.elapsedSeconds()): void {
    const event = { atMs: Math.round(atSeconds * 1000), kind, text };
    this.events.push(event);
    this.unstoredEvents.push(event);
    this.emit('event', event);
  }

  private addReason(text: string): void {
    const { record } = this;
    record.statusReason = record.statusReason ? `${record.statusReason}; ${text}` : text;
  }

  private async end(): Promise<void> {
    if (this.ended) return;
    this.ended = true;
    if (this.killTimer) clearTimeout(this.killTimer);
    this.merger.finish(this.endAtSeconds);
    const { record } = this;
    const allLost = record.degraded && !this.stopping;
    record.status = allLost ? 'failed' : this.stoppedByUser ? 'stopped' : 'finished';
    record.endedAt = record.startedAt + Math.round(this.endAtSeconds * 1000);
    const { started, completed, failed, aborted } = this.totals.select(null);
    if (started !== completed + failed + aborted) {
      const text = `accounting does not close: ${started} started, ${completed} completed, ${failed} failed, ${aborted} aborted`;
      this.addReason(text);
      this.emit('log', { level: 'error', text });
    }
    await this.history?.settle();
    if (this.history?.gap) this.addReason(this.history.gap);
    const end: RunEnd = {
      status: record.status,
      statusReason: record.statusReason,
      degraded: record.degraded,
      endedAt: record.endedAt,
    };
    const unfinished = await this.history?.finish(end, this.unstoredEvents);
    if (unfinished) {
      if (!this.history?.gap) this.addReason(unfinished);
      this.emit('log', { level: 'error', text: unfinished });
    }
    collectAsUsual();
    const data = this.snapshot();
    this.emit('end', data);
    this.resolveDone(data);
  }
}
