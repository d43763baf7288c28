import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { builtEntries } from '../../src/main/process/build-entries';
import { NodeProcessHost } from '../../src/main/process/node-host';
import type { ChildEntry, ChildHandle, ForkOptions, ProcessHost } from '../../src/main/process/process-host';
import type { LiveRun, RunRequest } from '../../src/main/runs/run';
import { RunController } from '../../src/main/runs/run-controller';
import type { ShardReport } from '../../src/main/swarm/messages';
import type { ScenarioDocument } from '../../src/shared/scenario/schema';
import type { Frame, RunSecond } from '../../src/shared/stats/frame';
import { buildReport, type RunReport } from '../../src/shared/stats/report';
import type { RunData } from '../../src/shared/stats/run';
import { bundleEntry } from '../support/bundle-entry';
import { scenarioOf } from '../support/swarm-run';
import { HoldUps } from './hold-ups';
import type { Behaviour } from './server/behaviour';
import type { HoldUp } from './server/canary';
import { monotonicUs } from './server/monotonic';
import { type LoggedRequest, type RequestColumns, rowsOf } from './server/request-log';
import type { TruthServerCommand, TruthServerReport } from './server/truth-server';

/** The machine is quiet when it was not held up for `QUIET_MS` in the last `QUIET_US`. */
const QUIET_US = 4e6;
const QUIET_MS = 3;

/** Real-time priorities of threads. */
export const PRIORITY = { helpers: 1, main: 2, canary: 3 };

/** What a shard reported of a quarter of a second, us of its clock. */
export interface TimedFrame {
  fromUs: number;
  toUs: number;
  frame: Frame;
}

/** A run in progress whose shards can be tampered with. */
export interface WatchedRun {
  run: LiveRun;
  /** Process ids of the shards. */
  shards: number[];
  seconds: RunSecond[];
  /** When the run's clock was started, us of the monotonic clock; the shards' clocks start within milliseconds after it. */
  beganUs: number;
  /** When the machine kept processes from running on the engine's processor, and when on the server's. */
  machine: HoldUps;
  serverMachine: HoldUps;
  frames: TimedFrame[];
}

/** A run that has ended, and what it is held against. */
export interface MeasuredRun extends WatchedRun {
  data: RunData;
  report: RunReport;
}

/** A second of a run, and what it has to be judged by. */
export interface SeenSecond {
  run: string;
  second: RunSecond;
  /** The longest that the machine kept processes from running in it, on the engine's processor and on the server's. */
  heldUpMs: number;
  serverHeldUpMs: number;
  /** Whether the engine had its processor to itself. */
  alone: boolean;
}

/** What a run of the suite may be told beside its scenario. */
export interface ExperimentOptions {
  shards?: number;
  seed?: number;
  stopTimeoutSeconds?: number;
  /** Other runs are on at the same time, on the same processor: it starts behind them, and nobody leaves it alone. */
  amongOthers?: boolean;
}

/**
 * The place where experiments are made: servers whose behaviour is known, each in a process of its own and tied to the first processor, and runs of
 * the built engine, tied to the last. The build is copied first, so that it stays the same while sources change.
 */
export class Laboratory {
  readonly serverCpu = 0;
  readonly engineCpu = availableParallelism() - 1;
  private readonly servers = new Set<TruthServerHandle>();
  /** Seconds of all runs that the suite did nothing to. */
  readonly untouched: SeenSecond[] = [];
  private readonly machine = new HoldUps();
  private readonly serverMachine = new HoldUps();
  private readonly canaries: ChildHandle<never, HoldUp>[] = [];

  private constructor(
    private readonly entries: Record<ChildEntry, string>,
    private readonly serverFile: string,
    private readonly canaryFile: string,
    private readonly remove: () => void,
    /** Whether processes can be tied to processors here. */
    readonly pins: boolean,
    /** Whether a process may be given priority here. */
    readonly favours: boolean,
  ) {}

  /** `favoured: false` leaves processors and priorities as they are, for tests that do not look at times. */
  static async open({ favoured } = { favoured: true }): Promise<Laboratory> {
    const bundle = await bundleEntry('test/truth/server/truth-server.ts');
    const canary = await bundleEntry('test/truth/server/canary.ts');
    const built = builtEntries();
    const copy = mkdtempSync(join(dirname(dirname(bundle.file)), 'nodeswarm-truth-'));
    cpSync(dirname(built.shard), copy, { recursive: true });
    writeFileSync(join(copy, 'package.json'), '{ "type": "module" }');
    const entries = Object.fromEntries(Object.keys(built).map((entry) => [entry, join(copy, `${entry}.js`)])) as Record<
      ChildEntry,
      string
    >;
    const remove = () => {
      bundle.remove();
      canary.remove();
      rmSync(copy, { recursive: true, force: true });
    };
    const pins = favoured && availableParallelism() > 1 && spawnSync('taskset', ['--version'], { stdio: 'ignore' }).status === 0;
    const laboratory = new Laboratory(entries, bundle.file, canary.file, remove, pins, favoured && mayFavour());
    // Without priority it would see what the engine does, too, and excuse it.
    if (laboratory.pins && laboratory.favours) {
      laboratory.watch(laboratory.engineCpu, laboratory.machine);
      laboratory.watch(laboratory.serverCpu, laboratory.serverMachine);
    }
    return laboratory;
  }

  async close(): Promise<void> {
    for (const server of this.servers) server.stop();
    for (const canary of this.canaries) canary.kill();
    this.remove();
  }

  private watch(cpu: number, heldUps: HoldUps): void {
    const host = new NodeProcessHost({ demo: this.canaryFile });
    const canary = host.fork<never, HoldUp>('demo', { name: 'Nodeswarm truth canary' });
    canary.onMessage((heldUp) => heldUps.add(heldUp));
    this.place(canary.pid, cpu);
    this.prioritise(canary.pid ?? 0, PRIORITY.canary);
    this.canaries.push(canary);
  }

  /**
   * Waits, for `patienceSeconds` at the most, until the machine has not been held up for a while. Resolves to whether it is quiet; without a canary
   * nobody knows, and it is taken for quiet.
   */
  async quiet(patienceSeconds: number): Promise<boolean> {
    const giveUpUs = monotonicUs() + patienceSeconds * 1e6;
    const sinceUs = monotonicUs();
    while (this.canaries.length > 0) {
      const nowUs = monotonicUs();
      if (nowUs - sinceUs >= QUIET_US && this.machine.longestMs(nowUs - QUIET_US, nowUs) < QUIET_MS) return true;
      if (nowUs > giveUpUs) return false;
      await sleep(250);
    }
    return true;
  }

  /** A server that treats each path as told. */
  async serve(behaviours: Record<string, Behaviour>): Promise<TruthServerHandle> {
    const host = new NodeProcessHost({ demo: this.serverFile });
    const child = host.fork<TruthServerCommand, TruthServerReport>('demo', {
      name: 'Nodeswarm truth server',
      execArgv: ['--max-semi-space-size=64'],
    });
    this.place(child.pid, this.serverCpu);
    const server = await TruthServerHandle.ready(child, () => this.servers.delete(server));
    this.servers.add(server);
    this.prioritise(server.pid, PRIORITY.main);
    server.behave(behaviours);
    return server;
  }

  /** Starts a run. */
  async start(document: ScenarioDocument, options: ExperimentOptions = {}): Promise<WatchedRun> {
    const shards: number[] = [];
    const frames: TimedFrame[] = [];
    const host = new WatchedHost(new NodeProcessHost(this.entries), frames, (pid) => {
      if (pid === undefined) return;
      shards.push(pid);
      this.pin(pid, this.engineCpu);
      if (!options.amongOthers) this.prioritise(pid, PRIORITY.helpers);
    });
    const request: RunRequest = { scenario: scenarioOf(document), folder: import.meta.dirname, shards: 1, seed: 1 };
    if (options.shards) request.shards = options.shards;
    if (options.seed) request.seed = options.seed;
    if (options.stopTimeoutSeconds !== undefined) request.stopTimeoutSeconds = options.stopTimeoutSeconds;
    const run = await new RunController({ host, store: null }).start(request);
    const beganUs = monotonicUs();
    for (const pid of shards) this.prioritise(pid, PRIORITY.main);
    const seconds: RunSecond[] = [];
    run.on('second', (second) => seconds.push(second));
    return { run, shards, seconds, beganUs, machine: this.machine, serverMachine: this.serverMachine, frames };
  }

  /** Carries out a run that is left alone, to its end. */
  async measure(document: ScenarioDocument, options: ExperimentOptions = {}): Promise<MeasuredRun> {
    const watched = await this.start(document, options);
    const measured = await finished(watched);
    const { durationSeconds: endSeconds = Number.POSITIVE_INFINITY } = document.load;
    for (const second of measured.seconds) {
      // Shards that share the processor keep each other from it while they start, and again when they end.
      const isCrowded = measured.shards.length > 1 && (second.second === 0 || second.second + 1 > endSeconds);
      this.untouched.push(seenSecond(document.name, measured, second, !options.amongOthers && !isCrowded));
    }
    return measured;
  }

  /**
   * Ties a process to a processor and puts it before everyday work (SCHED_RR) where this user may do so: the suite measures the tool, not its
   * neighbours. To be called as soon as it exists, so that its threads inherit both.
   */
  place(pid: number | undefined, cpu: number): void {
    if (pid === undefined) return;
    this.pin(pid, cpu);
    this.prioritise(pid, PRIORITY.helpers);
  }

  private pin(pid: number, cpu: number): void {
    if (this.pins) spawnSync('taskset', ['-a', '-c', '-p', String(cpu), String(pid)], { stdio: 'ignore' });
  }

  /**
   * Puts the main thread of a process that is up before the helper threads of V8 (compilers, collectors), as it would be if they had
   * a processor of their own: at the same priority each would keep it waiting for a whole time slice of 100 ms.
   */
  prioritise(pid: number, priority: number): void {
    if (this.favours) spawnSync('chrt', ['-r', '-p', String(priority), String(pid)], { stdio: 'ignore' });
  }
}

/** Waits for the end of a run. */
export async function finished(watched: WatchedRun): Promise<MeasuredRun> {
  const data = await watched.run.done;
  return { ...watched, data, report: buildReport(data) };
}

/** A second of a run with how long the machine was held up in it. */
export function seenSecond(run: string, watched: WatchedRun, second: RunSecond, alone: boolean): SeenSecond {
  const fromUs = watched.beganUs + second.second * 1e6;
  const toUs = fromUs + 1e6;
  const heldUpMs = watched.machine.longestMs(fromUs, toUs);
  return { run, second, heldUpMs, serverHeldUpMs: watched.serverMachine.longestMs(fromUs, toUs), alone };
}

/** A server's process, seen from the suite. */
export class TruthServerHandle {
  private waitingForLog: ((columns: RequestColumns) => void) | null = null;

  private constructor(
    private readonly child: ChildHandle<TruthServerCommand, TruthServerReport>,
    readonly url: string,
    private readonly stopped: () => void,
  ) {}

  static ready(child: ChildHandle<TruthServerCommand, TruthServerReport>, stopped: () => void): Promise<TruthServerHandle> {
    return new Promise((resolve, reject) => {
      let server: TruthServerHandle | null = null;
      const output: string[] = [];
      child.onOutput((line) => output.push(line));
      child.onExit((reason) => reject(new Error(`the server of the suite ended: ${reason}\n${output.join('\n')}`)));
      child.onMessage((report) => {
        if (report.kind === 'log') server?.waitingForLog?.(report.columns);
        else {
          server = new TruthServerHandle(child, `http://127.0.0.1:${report.port}`, stopped);
          resolve(server);
        }
      });
    });
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  /** Treats each path as told from now on, and begins a new log. */
  behave(behaviours: Record<string, Behaviour>): void {
    this.child.post({ kind: 'behave', behaviours });
  }

  /** Refuses connections and drops those there are, or takes them again. */
  refuse(refuse: boolean): void {
    this.child.post({ kind: 'refuse', refuse });
  }

  columns(): Promise<RequestColumns> {
    return new Promise((resolve) => {
      this.waitingForLog = resolve;
      this.child.post({ kind: 'log' });
    });
  }

  /** Everything since it was last told how to behave. */
  async log(): Promise<LoggedRequest[]> {
    return rowsOf(await this.columns());
  }

  stop(): void {
    this.stopped();
    this.child.kill();
  }
}

/** Lets the suite see the processes of a run, and the frames that they report. */
class WatchedHost implements ProcessHost {
  constructor(
    private readonly host: ProcessHost,
    private readonly frames: TimedFrame[],
    private readonly forked: (pid: number | undefined) => void,
  ) {}

  fork<In, Out>(entry: ChildEntry, options: ForkOptions): ChildHandle<In, Out> {
    const child = this.host.fork<In, Out>(entry, options);
    this.forked(child.pid);
    let fromUs = 0;
    child.onMessage((message) => {
      const report = message as ShardReport;
      if (report.kind !== 'frame') return;
      const toUs = report.endSeconds * 1e6;
      this.frames.push({ fromUs, toUs, frame: report });
      fromUs = toUs;
    });
    return child;
  }
}

function mayFavour(): boolean {
  return spawnSync('chrt', ['-r', '1', 'true'], { stdio: 'ignore' }).status === 0;
}
