import type { Phase } from '../../shared/stats/frame';
import { NO_TIME } from './clock';
import type { CompiledTask, NodeTypeEngine } from './node-type-engine';
import { Random } from './random';
import type { Recorder } from './recorder';
import type { PhaseClock } from './schedule/phase-clock';
import type { RateGuard } from './schedule/rate-guard';
import { Timer, type TimerWheel } from './schedule/timer-wheel';
import type { WaitState } from './schedule/wait-policy';
import type { Scope } from './template/scope';
import { TaskException } from './template/task-exception';
import type { Channel, CompiledRequest, Exchange, ExchangeOwner, Transport } from './transport/transport';
import type { TroubleLog } from './trouble-log';

/** What all nodes of a shard share. */
export interface NodeSurroundings<E extends Exchange> {
  seed: number;
  clock: { nowUs(): number };
  wheel: TimerWheel;
  phases: PhaseClock;
  recorder: Recorder;
  trouble: TroubleLog;
  transport: Transport<E>;
  /** null: requests begin whenever they are due. */
  rateGuard: RateGuard | null;
  /** Masks secrets in a text. */
  mask: (text: string) => string;
  /** Counts a task begun (index in `listTasks`). */
  taskBegun: (task: number) => void;
  /** Called before anything is recorded at `nowUs`: ends the frames that lie before it. */
  advanceFrames: (nowUs: number) => void;
  /** The node has ended and holds nothing any more. */
  nodeGone: (node: SwarmNode<E>) => void;
}

/** What a node is busy with. */
type Activity = 'onStart' | 'waiting' | 'task' | 'idle' | 'onStop' | 'gone';

/**
 * One simulated node. It is its own timer, its own place in the schedule and the owner of the exchange that it takes for its requests, so that
 * a request allocates nothing but the strings that are sent. Times are us of the run's clock; see docs/statistics.md for what they mean.
 */
export class SwarmNode<E extends Exchange> extends Timer implements ExchangeOwner, WaitState {
  readonly random: Random;
  readonly spawnUs = NO_TIME;
  gridOriginUs = NO_TIME;
  slot = 0;
  missedSlots = 0;

  private readonly taskRandom: Random;
  private readonly scope: Scope;
  private readonly channel: Channel<E>;
  /** From its first request to its next wait. */
  private exchange: E | null = null;

  private activity: Activity = 'onStart';
  private task: CompiledTask<E>;
  private step = 0;
  /** When the step to come is (or the current one was) to start. */
  private intendedUs = NO_TIME;
  /** When the node had nothing left to do. */
  private freeUs = NO_TIME;
  private phase: Phase = 'ramp';
  /** The request in flight; null when there is none. */
  private inFlight: CompiledRequest<E> | null = null;
  private leaving = false;
  /** Series of the last request, which missed slots are put down to; -1 before the first. */
  private lastSeries = -1;
  /** When the rate guard lets the request to come go, while it holds it back; 0 otherwise. us */
  private heldUntilUs = 0;

  constructor(
    readonly index: number,
    spawnUs: number,
    private readonly engine: NodeTypeEngine<E>,
    private readonly around: NodeSurroundings<E>,
  ) {
    super();
    this.random = new Random(around.seed, index, 'waits');
    this.taskRandom = new Random(around.seed, index, 'tasks');
    this.scope = engine.program.createScope(index);
    this.channel = around.transport.openChannel(index);
    this.task = engine.onStart;
    this.spawnUs = spawnUs;
    this.intendedUs = spawnUs;
    this.freeUs = spawnUs;
  }

  /** Begins with onStart. */
  start(): void {
    this.scope.beginTask(this.spawnUs);
    this.carryOn();
  }

  /** Ends the node: what is in flight is waited for, the rest of its task is left, onStop runs. */
  leave(nowUs: number): void {
    if (this.leaving) return;
    this.leaving = true;
    if (this.activity === 'task') this.countMissed(this.engine.wait.missedAtStop(this, nowUs));
    if (this.inFlight !== null) return;
    this.around.wheel.cancel(this);
    this.giveUpHeld();
    this.freeUs = nowUs;
    this.beginStopping();
  }

  /** Ends the node at once; what is in flight is aborted. */
  leaveNow(): void {
    if (this.activity === 'gone') return;
    this.around.wheel.cancel(this);
    this.giveUpHeld();
    if (this.inFlight !== null) {
      this.inFlight = null;
      this.exchange = null;
      this.channel.abort();
      this.around.recorder.aborted(this.lastSeries, this.phase);
    }
    this.end();
  }

  /** A pause is over or a task is due. */
  override onDue(): void {
    if (this.activity === 'waiting') this.beginTask();
    else this.carryOn();
  }

  exchangeDone(): void {
    const { exchange, inFlight } = this;
    if (exchange === null || inFlight === null) throw new Error('an answer came though nothing was sent');
    const { doneUs } = exchange;
    this.answered(inFlight, exchange, doneUs);
    this.around.wheel.catchUp(doneUs);
  }

  private answered(request: CompiledRequest<E>, exchange: E, doneUs: number): void {
    const { around } = this;
    around.advanceFrames(doneUs);
    around.rateGuard?.charge(exchange.followed + exchange.resent, doneUs);
    this.inFlight = null;
    if (exchange.error === null) request.judge(exchange);
    const failed = exchange.error !== null;
    around.recorder.finished(
      this.lastSeries,
      this.phase,
      failed,
      doneUs - exchange.sentUs,
      doneUs - this.intendedUs,
      exchange.connectUs,
      exchange.bodyBytes,
      exchange.resent,
    );
    // Time spent waiting for the pool is the scenario's choice, not the generator's fault.
    around.recorder.scheduleLag.record(Math.max(0, exchange.sentUs - Math.max(this.intendedUs, this.freeUs, exchange.grantedUs)));
    if (failed) this.reportFailure(request, exchange);
    this.freeUs = doneUs;
    this.intendedUs = doneUs;
    this.step++;
    if (this.leaving && this.activity !== 'onStop') {
      this.beginStopping();
      return;
    }
    if (!failed) {
      try {
        request.extract(exchange, this.scope);
      } catch (error) {
        this.abandonTask(error, this.step - 1);
        return;
      }
    }
    this.carryOn();
  }

  /** Carries out steps until one has to be waited for. */
  private carryOn(): void {
    const { steps } = this.task;
    while (this.step < steps.length) {
      const step = steps[this.step];
      if (!step) break;
      if (step.kind === 'pause') {
        const pauseUs = step.minUs === step.maxUs ? step.minUs : step.minUs + this.random.float() * (step.maxUs - step.minUs);
        this.intendedUs = Math.max(this.intendedUs, this.freeUs) + Math.round(pauseUs);
        this.freeUs = this.intendedUs;
        this.step++;
        this.around.wheel.schedule(this, this.intendedUs);
        return;
      }
      const { rateGuard } = this.around;
      if (rateGuard !== null && !this.mayBegin(rateGuard)) return;
      this.exchange ??= this.around.transport.takeExchange(this);
      const { exchange } = this;
      try {
        step.request.prepare(exchange, this.scope);
      } catch (error) {
        this.abandonTask(error, this.step);
        return;
      }
      if (rateGuard !== null) this.noteHeld(rateGuard, exchange);
      this.lastSeries = step.series;
      this.phase = this.around.phases.phaseOf(this.intendedUs);
      this.around.recorder.started(this.lastSeries, this.phase);
      this.inFlight = step.request;
      this.channel.send(exchange);
      return;
    }
    this.taskEnded();
  }

  /** Whether the next request may begin now; otherwise the node comes back when it may. */
  private mayBegin(guard: RateGuard): boolean {
    if (this.heldUntilUs > 0) return true;
    const nowUs = this.around.clock.nowUs();
    const beginUs = guard.reserve(nowUs);
    if (beginUs <= nowUs) return true;
    this.heldUntilUs = beginUs;
    this.around.wheel.schedule(this, beginUs);
    return false;
  }

  /** A request that was held back is not late by the generator's fault: what the guard took is told apart. */
  private noteHeld(guard: RateGuard, exchange: E): void {
    if (this.heldUntilUs === 0) return;
    exchange.grantedUs = this.heldUntilUs;
    this.heldUntilUs = 0;
    guard.letGo();
  }

  private giveUpHeld(): void {
    if (this.heldUntilUs === 0) return;
    this.heldUntilUs = 0;
    this.around.rateGuard?.letGo();
  }

  /** `tookTime`: false when nothing was waited for; then what follows goes through the wheel, so that no node keeps the loop for itself. */
  private taskEnded(tookTime = this.task.steps.length > 0): void {
    if (this.activity === 'onStop') {
      this.end();
      return;
    }
    if (this.leaving) {
      this.beginStopping();
      return;
    }
    if (!this.engine.hasTasks) {
      // It has said all it has to say in onStart, and stays connected until it is told to leave.
      this.activity = 'idle';
      this.giveBackExchange();
      return;
    }
    const { wait } = this.engine;
    this.intendedUs = this.activity === 'onStart' ? wait.first(this, this.freeUs) : wait.next(this, this.freeUs);
    this.countMissed(this.missedSlots);
    this.missedSlots = 0;
    if (this.intendedUs <= this.freeUs && tookTime) {
      this.beginTask();
    } else {
      this.activity = 'waiting';
      this.giveBackExchange();
      this.around.wheel.schedule(this, this.intendedUs);
    }
  }

  private beginTask(): void {
    this.activity = 'task';
    this.task = this.engine.drawTask(this.taskRandom);
    this.step = 0;
    // A task without steps ends when it was intended to start, not when the timer came round.
    this.freeUs = Math.max(this.freeUs, this.intendedUs);
    this.around.taskBegun(this.task.id);
    this.scope.beginTask(this.engine.wait.signalTimeUs(this, this.intendedUs));
    this.carryOn();
  }

  private beginStopping(): void {
    this.activity = 'onStop';
    this.leaving = true;
    this.task = this.engine.onStop;
    this.step = 0;
    this.intendedUs = this.freeUs;
    this.scope.beginTask(this.freeUs);
    this.carryOn();
  }

  private abandonTask(error: unknown, step: number): void {
    if (!(error instanceof TaskException)) throw error;
    this.giveUpHeld();
    const nowUs = this.around.clock.nowUs();
    this.around.advanceFrames(nowUs);
    this.around.trouble.exception(
      this.around.mask(error.message),
      this.engine.nodeType.name,
      this.task.name,
      step,
      this.index,
      nowUs / 1000,
    );
    this.step = this.task.steps.length;
    this.freeUs = Math.max(this.freeUs, nowUs);
    this.taskEnded(false);
  }

  private countMissed(slots: number): void {
    if (slots > 0 && this.lastSeries >= 0) this.around.recorder.missed(this.lastSeries, this.phase, slots);
  }

  private reportFailure(request: CompiledRequest<E>, exchange: E): void {
    const { around, task } = this;
    if (exchange.error === null) return;
    const atMs = exchange.doneUs / 1000;
    around.trouble.failure(this.lastSeries, exchange.error, atMs, () => ({
      atMs,
      node: this.index,
      nodeType: this.engine.nodeType.name,
      task: task.name,
      latencyMs: (exchange.doneUs - exchange.sentUs) / 1000,
      detail: around.mask(exchange.errorDetail),
      ...request.describe(exchange),
    }));
  }

  private giveBackExchange(): void {
    if (this.exchange === null) return;
    this.around.transport.giveBack(this.exchange);
    this.exchange = null;
  }

  private end(): void {
    this.activity = 'gone';
    this.giveBackExchange();
    this.channel.close();
    this.around.nodeGone(this);
  }
}
