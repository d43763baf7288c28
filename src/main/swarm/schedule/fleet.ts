import { type FleetChange, fleetChanges, type LoadSegment } from '../../../shared/scenario/load';
import { Appointment, type TimerWheel } from './timer-wheel';

/** A node as the fleet sees it. */
export interface FleetNode {
  readonly index: number;
  start(): void;
  leave(nowUs: number): void;
  leaveNow(): void;
}

/**
 * Brings a shard's nodes to life and to their end as the load plan says: node i at its planned time, newest first when the number goes down.
 * It has one appointment, with the next change.
 */
export class Fleet<N extends FleetNode> {
  /** Nodes that are meant to be alive, by index. */
  private readonly active = new Map<number, N>();
  /** Nodes on their way out. */
  private readonly leaving = new Set<N>();
  private changes: Iterator<FleetChange>;
  private upcoming: FleetChange | null = null;
  private readonly nextChange = new Appointment((nowUs) => this.applyDue(nowUs));
  private appliedSeconds = -1;
  private stopped = false;

  constructor(
    private readonly wheel: TimerWheel,
    segments: readonly LoadSegment[],
    private readonly shard: number,
    private readonly shardCount: number,
    private readonly createNode: (index: number, spawnUs: number) => N,
    private readonly allGone: () => void,
  ) {
    this.changes = this.changesOf(segments, -1);
  }

  get size(): number {
    return this.active.size + this.leaving.size;
  }

  /** Applies what is due now and waits for the rest. */
  start(nowUs: number): void {
    this.advance();
    this.applyDue(nowUs);
  }

  /**
   * A new plan that holds from `atSeconds` on. What the old plan did since then is set right: nodes beyond the number planned
   * for that moment leave.
   */
  replan(segments: readonly LoadSegment[], atSeconds: number, plannedNodes: number, nowUs: number): void {
    if (this.stopped) return;
    for (const node of [...this.active.values()].sort((a, b) => b.index - a.index)) {
      if (this.appliedSeconds > atSeconds && node.index >= plannedNodes) this.remove(node, nowUs);
    }
    this.changes = this.changesOf(segments, Math.min(this.appliedSeconds, atSeconds));
    this.advance();
    this.applyDue(nowUs);
  }

  /** Every node leaves; no new one comes. */
  stop(nowUs: number): void {
    if (this.stopped) return;
    this.stopped = true;
    this.wheel.cancel(this.nextChange);
    for (const node of [...this.active.values()]) this.remove(node, nowUs);
    if (this.size === 0) this.allGone();
  }

  /** Every node ends at once. */
  stopNow(nowUs: number): void {
    this.stop(nowUs);
    for (const node of [...this.leaving]) node.leaveNow();
  }

  /** A node has ended. */
  nodeGone(node: N): void {
    this.leaving.delete(node);
    if (this.active.get(node.index) === node) this.active.delete(node.index);
    if (this.stopped && this.size === 0) this.allGone();
  }

  private applyDue(nowUs: number): void {
    while (this.upcoming && this.upcoming.atSeconds * 1e6 <= nowUs) {
      this.apply(this.upcoming, nowUs);
      this.advance();
    }
    if (this.upcoming) this.wheel.schedule(this.nextChange, Math.ceil(this.upcoming.atSeconds * 1e6));
  }

  private apply(change: FleetChange, nowUs: number): void {
    this.appliedSeconds = change.atSeconds;
    const current = this.active.get(change.node);
    if (change.spawn && !current) {
      const node = this.createNode(change.node, Math.round(change.atSeconds * 1e6));
      this.active.set(change.node, node);
      node.start();
    } else if (!change.spawn && current) {
      this.remove(current, nowUs);
    }
  }

  private remove(node: N, nowUs: number): void {
    this.active.delete(node.index);
    this.leaving.add(node);
    node.leave(nowUs);
  }

  private advance(): void {
    const next = this.changes.next();
    this.upcoming = next.done ? null : next.value;
  }

  private *changesOf(segments: readonly LoadSegment[], afterSeconds: number): Generator<FleetChange> {
    for (const segment of segments) {
      if (segment.toSeconds <= afterSeconds) continue;
      for (const change of fleetChanges(segment, this.shard, this.shardCount)) if (change.atSeconds > afterSeconds) yield change;
    }
  }
}
