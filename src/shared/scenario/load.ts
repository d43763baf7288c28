import type { Phase } from '../stats/frame';
import type { Load } from './schema';

/**
 * A stretch of the planned number of nodes over time: from `fromNodes` to `toNodes` at an even rate, seconds of the run's clock.
 * A stretch without change is a hold; the last one may have no end (`toSeconds` Infinity).
 */
export interface LoadSegment {
  fromSeconds: number;
  toSeconds: number;
  fromNodes: number;
  toNodes: number;
}

/** The planned number of nodes over time. */
export interface LoadPlan {
  segments: LoadSegment[];
  /** When the run ends by itself; null when it goes on until stopped. */
  durationSeconds: number | null;
}

/** Lays out a scenario's load. Stages begin from zero nodes. */
export function planLoad(load: Load): LoadPlan {
  if (load.stages) {
    const segments: LoadSegment[] = [];
    let at = 0;
    let nodes = 0;
    for (const stage of load.stages) {
      if (stage.rampSeconds > 0 || stage.nodes !== nodes) {
        segments.push({ fromSeconds: at, toSeconds: at + stage.rampSeconds, fromNodes: nodes, toNodes: stage.nodes });
      }
      at += stage.rampSeconds;
      nodes = stage.nodes;
      if (stage.holdSeconds > 0) {
        segments.push({ fromSeconds: at, toSeconds: at + stage.holdSeconds, fromNodes: nodes, toNodes: nodes });
      }
      at += stage.holdSeconds;
    }
    return { segments, durationSeconds: at };
  }
  const nodes = load.nodes ?? 1;
  return {
    segments: rampAndHold(0, 0, nodes, load.spawnRate ?? nodes),
    durationSeconds: load.durationSeconds ?? null,
  };
}

/** From `fromNodes` to `toNodes` at `rate` nodes a second, then hold. */
function rampAndHold(fromSeconds: number, fromNodes: number, toNodes: number, rate: number): LoadSegment[] {
  const rampEnd = fromSeconds + Math.abs(toNodes - fromNodes) / rate;
  const hold = { fromSeconds: rampEnd, toSeconds: Number.POSITIVE_INFINITY, fromNodes: toNodes, toNodes };
  return toNodes === fromNodes ? [hold] : [{ fromSeconds, toSeconds: rampEnd, fromNodes, toNodes }, hold];
}

/**
 * The load after an edit at `atSeconds`: what came before stays, from then on the number of nodes goes from where it is planned to be
 * to `nodes` at `rate` nodes a second.
 */
export function editLoad(plan: LoadPlan, atSeconds: number, nodes: number, rate: number): LoadPlan {
  const before = plan.segments.filter((segment) => segment.fromSeconds < atSeconds).map((segment) => cutAt(segment, atSeconds));
  const current = before[before.length - 1]?.toNodes ?? 0;
  return { segments: [...before, ...rampAndHold(atSeconds, current, nodes, rate)], durationSeconds: plan.durationSeconds };
}

/** The part of a segment whose changes lie before `atSeconds`, at the same rate. */
function cutAt(segment: LoadSegment, atSeconds: number): LoadSegment {
  const { fromSeconds, toSeconds, fromNodes, toNodes } = segment;
  if (toSeconds <= atSeconds) return segment;
  if (fromNodes === toNodes) return { ...segment, toSeconds: atSeconds };
  const rate = Math.abs(toNodes - fromNodes) / (toSeconds - fromSeconds);
  const changed = Math.ceil((atSeconds - fromSeconds) * rate - 1e-9);
  return {
    fromSeconds,
    toSeconds: fromSeconds + changed / rate,
    fromNodes,
    toNodes: fromNodes + Math.sign(toNodes - fromNodes) * changed,
  };
}

/** Planned nodes at a time: node i is there from `i / rate` into its ramp on, so a ramp's first node is there at once. */
export function nodesAt(segments: readonly LoadSegment[], seconds: number): number {
  let nodes = 0;
  for (const segment of segments) {
    if (segment.fromSeconds > seconds) break;
    nodes = nodesWithin(segment, seconds);
  }
  return nodes;
}

function nodesWithin(segment: LoadSegment, seconds: number): number {
  const { fromSeconds, toSeconds, fromNodes, toNodes } = segment;
  if (seconds >= toSeconds || fromNodes === toNodes) return toNodes;
  const part = ((seconds - fromSeconds) / (toSeconds - fromSeconds)) * Math.abs(toNodes - fromNodes);
  // The epsilon keeps node 3 at 0.6 s of 5 nodes a second in spite of binary fractions.
  const changed = Math.floor(part + 1e-9) + 1;
  return toNodes > fromNodes ? Math.min(toNodes, fromNodes + changed) : Math.max(toNodes, fromNodes - changed);
}

/** The largest number of nodes that a plan reaches. */
export function peakNodes(segments: readonly LoadSegment[]): number {
  return segments.reduce((peak, { fromNodes, toNodes }) => Math.max(peak, fromNodes, toNodes), 0);
}

/** One change of the fleet: node `node` begins or stops at `atSeconds`. */
export interface FleetChange {
  atSeconds: number;
  node: number;
  spawn: boolean;
}

/**
 * What a shard has to do within a segment, in order of time: spawns (node i of a ramp from f nodes at `(i - f) / rate` into it) and stops
 * (newest first, at the same rate), of the nodes i with i mod `shardCount` = `shard`.
 */
export function* fleetChanges(segment: LoadSegment, shard: number, shardCount: number): Generator<FleetChange> {
  const { fromSeconds, toSeconds, fromNodes, toNodes } = segment;
  if (fromNodes === toNodes) return;
  const secondsPerNode = (toSeconds - fromSeconds) / Math.abs(toNodes - fromNodes);
  if (toNodes > fromNodes) {
    for (let node = fromNodes; node < toNodes; node++) {
      if (node % shardCount !== shard) continue;
      yield { atSeconds: fromSeconds + (node - fromNodes) * secondsPerNode, node, spawn: true };
    }
  } else {
    for (let node = fromNodes - 1; node >= toNodes; node--) {
      if (node % shardCount !== shard) continue;
      yield { atSeconds: fromSeconds + (fromNodes - 1 - node) * secondsPerNode, node, spawn: false };
    }
  }
}

/**
 * The phase of a second of the plan: `ramp` while the number of nodes is on its way, `steady` while it holds, `cooldown` once it goes down
 * to zero for good. Phases change at whole seconds of the run's clock, so that a second has one phase: it is steady when all of it is.
 * (After a stop everything is cooldown; that is the run's business, not the plan's.)
 */
export function phaseOfSecond(segments: readonly LoadSegment[], second: number): Phase {
  const last = segments[segments.length - 1];
  if (!last) return 'cooldown';
  if (last.toNodes === 0 && last.fromSeconds <= second && (last.fromNodes > 0 || second >= last.toSeconds)) return 'cooldown';
  const isChanging = (segment: LoadSegment) =>
    segment.fromNodes !== segment.toNodes && segment.fromSeconds < second + 1 && segment.toSeconds > second;
  return segments.some(isChanging) ? 'ramp' : 'steady';
}
