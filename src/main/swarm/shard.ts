import { FleetComposition } from '../../shared/scenario/fleet';
import { type LoadSegment, nodesAt, peakNodes } from '../../shared/scenario/load';
import type { Step } from '../../shared/scenario/schema';
import { listSeries, listTasks, seriesIdentity, seriesNameOf } from '../../shared/scenario/series';
import type { Frame } from '../../shared/stats/frame';
import type { SparseHistogram } from '../../shared/stats/histogram';
import type { PackedDeltas } from '../../shared/stats/packed-deltas';
import { RunClock } from './clock';
import { FrameClock } from './frame-clock';
import { FrameSender } from './frame-sender';
import { HealthProbe } from './health-probe';
import { LoopLag } from './loop-lag';
import type { ShardPlan, ShardReport } from './messages';
import { type NodeSurroundings, SwarmNode } from './node';
import { type CompiledStep, NodeTypeEngine } from './node-type-engine';
import { Recorder } from './recorder';
import { Fleet } from './schedule/fleet';
import { PhaseClock } from './schedule/phase-clock';
import { RateGuard } from './schedule/rate-guard';
import { Appointment, TimerWheel } from './schedule/timer-wheel';
import { createWaitPolicy, type WaitContext } from './schedule/wait-policy';
import { SharedRequests } from './shared-requests';
import { CsvSharing } from './template/csv-places';
import { NodeTypeProgram } from './template/program';
import type { HttpExchange } from './transport/http/http-exchange';
import { HttpTransport } from './transport/http/http-transport';
import { TroubleLog } from './trouble-log';

/**
 * One shard's part of a run: its nodes, their schedule, their connections and what is recorded of them. Plan in, frames out; nothing
 * in it knows what process it runs in. The constructor compiles the plan and throws an Error with a sentence for the user when it cannot be
 * carried out.
 */
export class Shard {
  private readonly clock = new RunClock();
  private readonly wheel = new TimerWheel(this.clock);
  private readonly recorder: Recorder;
  private readonly trouble = new TroubleLog();
  private readonly health = new HealthProbe();
  private readonly transport: HttpTransport;
  private readonly phases: PhaseClock;
  private readonly rateGuard: RateGuard | null;
  private readonly frames: FrameClock;
  private readonly frameSender: FrameSender;
  private readonly loopLag: LoopLag;
  private readonly fleet: Fleet<SwarmNode<HttpExchange>>;
  private readonly composition: FleetComposition;
  private readonly engines: NodeTypeEngine<HttpExchange>[];
  private readonly durationEnd = new Appointment(() => this.stop());
  private readonly stopTimeout = new Appointment(() => this.stopNow());
  private readonly waitContext: WaitContext = { wallClockAtStartUs: 0 };
  /** Tasks begun since the last frame, by index in `listTasks`. */
  private readonly taskCounts: Uint32Array;
  /** Nodes that exist of each type, those on their way out included: counted as they come and go, because counting ten thousand takes a while. */
  private readonly nodeCounts: number[];
  private sequence = 0;
  private stopping = false;
  private finished = false;

  constructor(
    private readonly plan: ShardPlan,
    private readonly post: (report: ShardReport) => void,
  ) {
    const { scenario, seed, shard, shardCount, maxRequestsPerSecond } = plan;
    this.recorder = new Recorder(listSeries(scenario).length);
    this.taskCounts = new Uint32Array(listTasks(scenario).length);
    this.rateGuard = maxRequestsPerSecond === null ? null : new RateGuard(maxRequestsPerSecond / shardCount);
    this.transport = new HttpTransport(plan, this.clock, this.wheel);
    this.phases = new PhaseClock(plan.load);
    this.frames = new FrameClock(this.wheel, (second, lastOfSecond, endUs) => this.emitFrame(second, lastOfSecond, endUs));
    this.frameSender = new FrameSender(this.clock, post);
    this.loopLag = new LoopLag((nowUs) => this.frames.advance(nowUs));
    this.composition = new FleetComposition(scenario.nodeTypes);
    this.nodeCounts = scenario.nodeTypes.map(() => 0);
    this.engines = this.compileNodeTypes();
    const around: NodeSurroundings<HttpExchange> = {
      seed,
      clock: this.clock,
      wheel: this.wheel,
      phases: this.phases,
      recorder: this.recorder,
      trouble: this.trouble,
      transport: this.transport,
      rateGuard: this.rateGuard,
      mask: (text) => this.transport.maskSecrets(text),
      taskBegun: (task) => {
        this.taskCounts[task] = (this.taskCounts[task] ?? 0) + 1;
      },
      advanceFrames: (nowUs) => this.frames.advance(nowUs),
      nodeGone: (node) => {
        this.countNode(node.index, -1);
        this.fleet.nodeGone(node);
      },
    };
    this.fleet = new Fleet(
      this.wheel,
      plan.load,
      shard,
      shardCount,
      (index, spawnUs) => {
        this.frames.advance(spawnUs);
        this.countNode(index, 1);
        return new SwarmNode(index, spawnUs, this.engineOf(index), around);
      },
      () => this.finish(),
    );
  }

  /** The run's clock starts now. */
  start(): void {
    this.clock.restart();
    this.waitContext.wallClockAtStartUs = Date.now() * 1000;
    this.wheel.start((nowUs) => this.loopLag.turn(nowUs));
    this.health.start();
    this.frames.start();
    if (this.plan.durationSeconds !== null) this.wheel.schedule(this.durationEnd, this.plan.durationSeconds * 1e6);
    this.fleet.start(this.clock.nowUs());
  }

  /** The load is another one from `atSeconds` on. */
  edit(load: LoadSegment[], atSeconds: number, durationSeconds: number | null): void {
    if (this.stopping) return;
    this.phases.setSegments(load);
    if (durationSeconds === null) this.wheel.cancel(this.durationEnd);
    else this.wheel.schedule(this.durationEnd, durationSeconds * 1e6);
    this.fleet.replan(load, atSeconds, nodesAt(load, atSeconds), this.clock.nowUs());
  }

  /** Ends the run gracefully: no new tasks; requests in flight and onStop get the stop timeout. */
  stop(): void {
    if (this.stopping) return;
    this.stopping = true;
    const nowUs = this.clock.nowUs();
    // What ends here must not show in a second that was over before.
    this.frames.advance(nowUs);
    this.phases.stopAt(nowUs);
    this.wheel.cancel(this.durationEnd);
    this.wheel.schedule(this.stopTimeout, nowUs + this.plan.stopTimeoutSeconds * 1e6);
    this.fleet.stop(nowUs);
  }

  /** Ends the run at once; requests in flight are aborted. */
  stopNow(): void {
    this.stop();
    this.fleet.stopNow(this.clock.nowUs());
  }

  private finish(): void {
    if (this.finished) return;
    this.finished = true;
    const nowUs = this.clock.nowUs();
    this.frames.finish(nowUs);
    this.frameSender.flush();
    this.wheel.stop();
    this.health.stop();
    this.transport.destroy();
    this.post({ kind: 'finished', shard: this.plan.shard, atSeconds: nowUs / 1e6 });
  }

  private emitFrame(second: number, lastOfSecond: boolean, endUs: number): void {
    // The frame before goes first, if the loop had no time for it.
    this.frameSender.flush();
    const tasks = this.taskCounts.slice();
    this.taskCounts.fill(0);
    const frame: Omit<Frame, 'series' | 'health'> = {
      kind: 'frame',
      shard: this.plan.shard,
      sequence: this.sequence++,
      second,
      lastOfSecond,
      endSeconds: endUs / 1e6,
      nodes: [...this.nodeCounts],
      tasks,
      ...this.trouble.take(),
      loopLagP99Us: lastOfSecond ? this.loopLag.takeP99(endUs, this.clock.nowUs()) : null,
      heldBack: lastOfSecond ? (this.rateGuard?.takeHeld() ?? 0) : null,
    };
    const scheduleLag = lastOfSecond ? this.recorder.scheduleLag.drain() : null;
    this.frameSender.send(this.completeFrame(frame, this.recorder.endFrame(), scheduleLag));
  }

  /** What takes a while: the counts, and at the end of a second what the system knows of this process. */
  private *completeFrame(
    frame: Omit<Frame, 'series' | 'health'>,
    counting: Generator<void, PackedDeltas>,
    scheduleLag: SparseHistogram | null,
  ): Generator<void, Frame> {
    const series = yield* counting;
    if (scheduleLag === null) return { ...frame, series, health: null };
    yield;
    const health = {
      ...this.health.take(Math.min(1, frame.endSeconds - frame.second)),
      scheduleLag,
      openSockets: this.transport.openSockets,
      exhausted: this.transport.takeExhausted(),
    };
    yield;
    return { ...frame, series, health };
  }

  private countNode(index: number, change: 1 | -1): void {
    const type = this.composition.typeOf(index);
    this.nodeCounts[type] = (this.nodeCounts[type] ?? 0) + change;
  }

  private engineOf(node: number): NodeTypeEngine<HttpExchange> {
    const engine = this.engines[this.composition.typeOf(node)];
    if (!engine) throw new Error(`node ${node} has no type`);
    return engine;
  }

  private compileNodeTypes(): NodeTypeEngine<HttpExchange>[] {
    const { scenario, seed, csv, secrets } = this.plan;
    const fleetSize = peakNodes(this.plan.load);
    const sharing = new CsvSharing(this.composition, fleetSize);
    const seriesIds = new Map(listSeries(scenario).map((key, index) => [seriesIdentity(key), index]));
    let firstTaskId = 0;
    return scenario.nodeTypes.map((nodeType, index) => {
      const csvPlaces = (file: string) => sharing.placesFor(file, index);
      const program = new NodeTypeProgram(nodeType, { seed, csv, secrets, fleetSize, csvPlaces });
      const requests = new SharedRequests(program, (request) => this.transport.compileRequest(request, program));
      const compileStep = (step: Step): CompiledStep<HttpExchange> => {
        if (step.request) {
          const series = seriesIds.get(seriesIdentity({ method: step.request.method, name: seriesNameOf(step.request) })) ?? -1;
          return { kind: 'request', request: requests.compiled(step.request), series };
        }
        const { seconds, minSeconds, maxSeconds } = step.pause ?? {};
        return { kind: 'pause', minUs: (seconds ?? minSeconds ?? 0) * 1e6, maxUs: (seconds ?? maxSeconds ?? 0) * 1e6 };
      };
      const wait = createWaitPolicy(nodeType.wait, this.waitContext);
      const engine = new NodeTypeEngine(index, nodeType, program, wait, firstTaskId, compileStep);
      firstTaskId += nodeType.tasks.length;
      return engine;
    });
  }
}
