import { MAX_LOG_ENTRIES } from '../../shared/api/events';
import { ApiError } from '../../shared/api/reply';
import type { LogEntry, RunSnapshot } from '../../shared/api/types';
import type { RunEvent, RunSecond } from '../../shared/stats/frame';
import type { RunData, RunRecord } from '../../shared/stats/run';
import { StretchSums } from '../../shared/stats/stretch-sums';
import { errorMessage } from '../../shared/text/error-text';
import { asSentence } from '../../shared/text/sentence';
import type { LiveRun, RunRequest } from '../runs/run';
import type { RunController } from '../runs/run-controller';
import type { Emit } from './handlers';
import { liveSnapshot, storedSnapshot } from './run-snapshot';
import { secondView } from './second-view';

/** The run that is on, or the last one that was: turns what it tells into events, and keeps what somebody who comes late has to know. */
export class CurrentRun {
  private live: LiveRun | null = null;
  private startedMs = 0;
  /** Statistics that began anew in mid-run. */
  private restart: StretchSums | null = null;
  /** Events of the run's time line that are of this host only. */
  private ownEvents: RunEvent[] = [];
  private log: LogEntry[] = [];
  private starting: Promise<unknown> | null = null;
  private lastSnapshot: RunSnapshot | null = null;
  /** What the last snapshot that was made says of the history. */
  private toldBehind: string | null = null;

  constructor(
    private readonly controller: RunController,
    private readonly emit: Emit,
  ) {}

  get running(): boolean {
    return this.live !== null;
  }

  /** Id of the run that is on. */
  get runningId(): number | null {
    return this.live?.record.id ?? null;
  }

  /** Throws an `ApiError` when a run is on already. */
  async start(request: RunRequest): Promise<RunSnapshot> {
    if (this.live || this.starting) {
      throw new ApiError(
        'conflict',
        'A run is already in progress; stop it, or wait until it ends, before you start another one.',
      );
    }
    const started = this.controller.start(request);
    this.starting = started;
    try {
      return this.begin(await started);
    } finally {
      this.starting = null;
    }
  }

  /** First call gracefully, second at once. Throws an `ApiError` when no run is on. */
  stop(): void {
    this.mustRun().stop();
    this.tellStatus();
  }

  /** Stops the run that is on, if any, and waits until it has ended and is stored. Never rejects. */
  async stopAndWait(): Promise<void> {
    await this.starting?.catch(() => undefined);
    const { live } = this;
    if (!live) return;
    live.stop();
    this.tellStatus();
    await live.done;
  }

  edit(change: { nodes: number; spawnRate: number }): void {
    this.mustRun().edit(change);
    this.tellStatus();
  }

  /** The run that is on, if any, says that something went wrong in the program itself. */
  noteUncaughtError(error: unknown): void {
    this.live?.noteUncaughtError(errorMessage(error));
  }

  /** The statistics shown begin anew; what is stored stays whole. */
  resetStatistics(): void {
    this.mustRun();
    this.restart = new StretchSums();
    const event: RunEvent = {
      atMs: Math.round(this.elapsedSeconds() * 1000),
      kind: 'statistics-reset',
      text: 'statistics reset',
    };
    this.ownEvents.push(event);
    this.tellEvent(event);
    this.tellStatus();
  }

  /** null when no run was started yet. */
  state(): { snapshot: RunSnapshot; running: boolean; log: LogEntry[] } | null {
    const snapshot = this.snapshot();
    return snapshot && { snapshot, running: this.running, log: [...this.log] };
  }

  /** The run of that id as it is now, if it is the one that is on. */
  snapshotOf(runId: number): RunSnapshot | null {
    return this.runningId === runId ? this.snapshot() : null;
  }

  /** All data of the run of that id, if it is the one that is on: to be read at once, for it changes as the run goes on. */
  dataOf(runId: number): RunData | null {
    return this.live?.record.id === runId ? this.live.snapshot() : null;
  }

  /** What is wrong with the run of that id so far, if it is the one that is on. */
  troubleOf(runId: number): Pick<RunRecord, 'degraded' | 'statusReason'> | undefined {
    if (this.live?.record.id !== runId) return undefined;
    const { degraded, statusReason } = this.live.record;
    return { degraded, statusReason };
  }

  private begin(run: LiveRun): RunSnapshot {
    this.live = run;
    this.startedMs = performance.now();
    this.restart = null;
    this.ownEvents = [];
    this.log = [];
    run.on('second', (second) => this.onSecond(run, second));
    run.on('event', (event) => this.tellEvent(event));
    run.on('log', ({ level, text }) => this.onLog(level, text));
    run.on('end', (data) => this.onEnd(data));
    const { name, options } = run.record;
    const processes = options.shards === 1 ? '1 process' : `${options.shards} processes`;
    this.note('info', `Run ${run.record.id}, ${name}, started with seed ${options.seed} in ${processes}.`);
    this.emit('history.changed', {});
    this.tellStatus();
    return this.mustHaveSnapshot();
  }

  private onSecond(run: LiveRun, second: RunSecond): void {
    this.restart?.add(second);
    const runId = run.record.id;
    const snapshot = this.mustHaveSnapshot();
    this.emit('run.second', { runId, second: secondView(second, snapshot.series.length), snapshot });
  }

  private onLog(level: LogEntry['level'], text: string): void {
    this.note(level, text);
    // Whether the history is behind may change when no second comes any more: at the end of a run that waits for it.
    if (this.live && this.live.historyBehind !== this.toldBehind) this.tellStatus();
  }

  private onEnd(data: RunData): void {
    const runId = data.run.id;
    this.live = null;
    this.lastSnapshot = storedSnapshot({ ...data, events: this.withOwnEvents(data.events) });
    const { status, statusReason } = data.run;
    this.note(
      status === 'failed' ? 'error' : 'info',
      `Run ${runId} is over: ${status}.${statusReason ? ` ${asSentence(statusReason)}` : ''}`,
      runId,
    );
    this.emit('run.status', { runId, snapshot: this.lastSnapshot });
    this.emit('history.changed', {});
  }

  private snapshot(): RunSnapshot | null {
    const { live } = this;
    if (!live) return this.lastSnapshot;
    const data = live.snapshot();
    this.toldBehind = live.historyBehind;
    return liveSnapshot(
      live,
      { ...data, ...this.restart?.parts(), events: this.withOwnEvents(data.events) },
      this.elapsedSeconds(),
    );
  }

  private mustHaveSnapshot(): RunSnapshot {
    const snapshot = this.snapshot();
    if (!snapshot) throw new Error('a run that is on has a snapshot');
    return snapshot;
  }

  private mustRun(): LiveRun {
    if (!this.live) throw new ApiError('refused', 'No run is in progress; start one first.');
    return this.live;
  }

  private elapsedSeconds(): number {
    return (performance.now() - this.startedMs) / 1000;
  }

  private withOwnEvents(events: readonly RunEvent[]): RunEvent[] {
    return [...events, ...this.ownEvents].sort((a, b) => a.atMs - b.atMs);
  }

  private tellStatus(): void {
    const snapshot = this.snapshot();
    if (snapshot) this.emit('run.status', { runId: snapshot.record.id, snapshot });
  }

  private tellEvent(event: RunEvent): void {
    const runId = this.runningId;
    if (runId === null) return;
    this.emit('run.event', { runId, event });
    // A shard that was lost is logged by the run itself.
    if (event.kind !== 'shard-lost') this.note('info', asSentence(event.text), runId);
  }

  private note(level: LogEntry['level'], text: string, runId = this.runningId): void {
    const entry: LogEntry = { at: Date.now(), level, text };
    this.log.push(entry);
    if (this.log.length > MAX_LOG_ENTRIES) this.log.shift();
    if (runId !== null) this.emit('run.log', { runId, entry });
  }
}
