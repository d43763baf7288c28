import type { RunComparison } from '../../shared/stats/comparison';
import type { RunEvent, RunSecond } from '../../shared/stats/frame';
import type { StretchReport } from '../../shared/stats/report';
import type { RunData, RunListItem } from '../../shared/stats/run';
import type { RunTotals } from '../../shared/stats/totals';
import type { ChildHandle, ProcessHost } from '../process/process-host';
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
import { packRequest, type SentRequest, type StoreReply, type StoreRequest, unpackValue } from './store-protocol';

/** Processes started one after the other without a single answer, after which the calls that wait are given up. */
const MAX_STARTS_WITHOUT_ANSWER = 3;

/**
 * A process that has not answered anything for so long while something of a run waits is taken for stuck (stopped, or its disk hangs), and ended. Longer
 * than anything takes that a run may have to wait for: a comparison of days may take a minute. Where only others wait, who asked for a large history to be
 * brought up to date, or for much to be deleted, gets it however long it takes. ms
 */
const PATIENCE_MS = 300_000;

/** What may be sent twice (a second that comes again replaces itself), and so outlives a process of the store. */
const REPEATABLE: ReadonlySet<keyof RunStore> = new Set<keyof RunStore>(['appendSecond', 'finishRun', 'close']);

interface Call {
  request: StoreRequest;
  resolve: (value: unknown) => void;
  reject: (error: StoreError) => void;
}

/**
 * The store in a process of its own. When that process dies, or is stuck and therefore ended, what waits for an answer is rejected, but for seconds and the ends of
 * runs: those are sent again, in order, to a new process, so that nothing of a run is lost.
 */
export class StoreClient implements RunStore {
  private readonly host: ProcessHost;
  private readonly file: string;
  private readonly onLog: (line: string) => void;
  private child: ChildHandle<SentRequest, StoreReply> | undefined;
  /** Calls without an answer, in the order in which they were made. */
  private readonly calls = new Map<number, Call>();
  private lastId = 0;
  private startsWithoutAnswer = 0;
  private closing: Promise<void> | undefined;
  private readonly patienceMs: number;
  /** Set while something of a run waits for an answer. */
  private patience: NodeJS.Timeout | undefined;

  /** `file`: the database. `onLog` is given the lines that the process writes when something is wrong with it. */
  constructor(
    host: ProcessHost,
    file: string,
    onLog: (line: string) => void = () => {},
    { patienceMs = PATIENCE_MS }: { patienceMs?: number } = {},
  ) {
    this.host = host;
    this.file = file;
    this.onLog = onLog;
    this.patienceMs = patienceMs;
  }

  createRun(run: NewRun): Promise<number> {
    return this.call('createRun', [run]);
  }

  appendSecond(runId: number, second: RunSecond, events: RunEvent[]): Promise<void> {
    return this.call('appendSecond', [runId, second, events]);
  }

  finishRun(runId: number, end: RunEnd, events: RunEvent[]): Promise<void> {
    return this.call('finishRun', [runId, end, events]);
  }

  listRuns(): Promise<RunListItem[]> {
    return this.call('listRuns', []);
  }

  readRun(runId: number): Promise<RunData | null> {
    return this.call('readRun', [runId]);
  }

  readSeconds(runId: number, range?: SecondRange): Promise<RunSecond[]> {
    return this.call('readSeconds', [runId, range]);
  }

  readChart(runId: number, series: number | null): Promise<ChartColumns> {
    return this.call('readChart', [runId, series]);
  }

  readHeat(runId: number, series: number | null): Promise<string> {
    return this.call('readHeat', [runId, series]);
  }

  readTotals(runId: number, range: SecondRange): Promise<RunTotals> {
    return this.call('readTotals', [runId, range]);
  }

  readStretch(runId: number, range: SecondRange): Promise<StretchReport> {
    return this.call('readStretch', [runId, range]);
  }

  readSparkLines(runIds: number[]): Promise<SparkLines[]> {
    return this.call('readSparkLines', [runIds]);
  }

  compareRuns(a: ComparedPart, b: ComparedPart): Promise<RunComparison> {
    return this.call('compareRuns', [a, b]);
  }

  lastRunId(): Promise<number | null> {
    return this.call('lastRunId', []);
  }

  updateRun(runId: number, change: { name?: string; note?: string; baseline?: boolean }): Promise<void> {
    return this.call('updateRun', [runId, change]);
  }

  deleteRun(runId: number): Promise<boolean> {
    return this.call('deleteRun', [runId]);
  }

  /** Waits until everything sent is stored and the process has ended. */
  close(): Promise<void> {
    this.closing ??= this.shutDown();
    return this.closing;
  }

  private call<Method extends keyof RunStore>(method: Method, args: Parameters<RunStore[Method]>): ReturnType<RunStore[Method]> {
    const answer = this.closing
      ? Promise.reject(new StoreError('The history has been closed.'))
      : new Promise((resolve, reject) => this.send(method, args, resolve, reject));
    return answer as ReturnType<RunStore[Method]>;
  }

  private send(
    method: keyof RunStore,
    args: StoreRequest['args'],
    resolve: (value: unknown) => void,
    reject: (error: StoreError) => void,
  ): void {
    // Starting sends what is still waiting, which comes first.
    this.child ??= this.start();
    const request: StoreRequest = { id: ++this.lastId, method, args };
    this.calls.set(request.id, { request, resolve, reject });
    this.child.post(packRequest(request));
    if (!this.patience) this.beginWaiting();
  }

  private start(): ChildHandle<SentRequest, StoreReply> {
    const child = this.host.fork<SentRequest, StoreReply>('store', {
      name: 'Nodeswarm history',
      args: [this.file],
      outlivesParent: true,
    });
    this.startsWithoutAnswer++;
    // One that was given up may still say something.
    child.onMessage((reply) => {
      if (child === this.child) this.settle(reply);
    });
    child.onOutput(this.onLog);
    child.onExit((reason) => {
      if (child === this.child) this.ended(reason);
    });
    for (const { request } of this.calls.values()) child.post(packRequest(request));
    return child;
  }

  private settle(reply: StoreReply): void {
    this.startsWithoutAnswer = 0;
    const call = this.calls.get(reply.id);
    if (!call) return;
    this.calls.delete(reply.id);
    this.beginWaiting();
    if (reply.ok) call.resolve(unpackValue(call.request.method, reply.value));
    else call.reject(new StoreError(reply.error, { notFound: reply.notFound }));
  }

  private beginWaiting(): void {
    clearTimeout(this.patience);
    const runWaits = [...this.calls.values()].some(({ request }) => REPEATABLE.has(request.method));
    this.patience = runWaits ? setTimeout(() => this.endStuck(), this.patienceMs) : undefined;
  }

  private endStuck(): void {
    const reason = `it did not answer for ${this.patienceMs / 1000} s`;
    this.onLog(`The process that keeps the history is being ended: ${reason}.`);
    this.child?.kill();
    // Without waiting for its exit: who waits for a disk ends only once the disk answers.
    this.ended(reason);
  }

  private ended(reason: string): void {
    this.child = undefined;
    const error = new StoreError(`The process that keeps the history ended unexpectedly (${reason}); try again.`);
    for (const [id, call] of this.calls) {
      if (REPEATABLE.has(call.request.method)) continue;
      this.calls.delete(id);
      call.reject(error);
    }
    this.beginWaiting();
    if (this.calls.size === 0) return;
    if (this.startsWithoutAnswer < MAX_STARTS_WITHOUT_ANSWER) this.child = this.start();
    else this.giveUp(reason);
  }

  /** Rejects the writes that wait: who sent them may send them again, and that starts the next process. */
  private giveUp(reason: string): void {
    this.startsWithoutAnswer = 0;
    const error = new StoreError(`The process that keeps the history keeps ending (${reason}); start Nodeswarm again.`);
    const calls = [...this.calls.values()];
    this.calls.clear();
    this.beginWaiting();
    for (const call of calls) call.reject(error);
  }

  private async shutDown(): Promise<void> {
    if (!this.child && this.calls.size === 0) return;
    await new Promise((resolve, reject) => this.send('close', [], resolve, reject));
    await new Promise<void>((resolve) => (this.child ? this.child.onExit(() => resolve()) : resolve()));
  }
}
