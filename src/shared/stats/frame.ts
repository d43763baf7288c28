import type { SparseHistogram } from './histogram';
import type { PackedDeltas } from './packed-deltas';

/** Every recorded value belongs to one phase, by its intended start. */
export const PHASES = ['ramp', 'steady', 'cooldown'] as const;
export type Phase = (typeof PHASES)[number];

/** What happened in one series and phase during a frame or a second. All numbers are deltas. */
export interface SeriesDelta {
  /** Index in `listSeries(scenario)`. */
  series: number;
  phase: Phase;
  /** Requests begun. started = completed + failed + aborted, over a whole run. */
  started: number;
  /** Answered as expected. */
  completed: number;
  failed: number;
  /** In flight at stop and given up. */
  aborted: number;
  /** Slots of the schedule that passed while the node was still busy. */
  missed: number;
  /** Sent again because a kept-alive connection had been closed by the server. */
  resent: number;
  /** Bytes of response bodies, before decompression. */
  bodyBytes: number;
  /** First byte sent (or connect begun) to last byte received; us. */
  latency: SparseHistogram;
  /** Intended start to last byte received; us. */
  responseFromSchedule: SparseHistogram;
  /** Connect plus TLS, for requests that opened a connection; us. */
  connect: SparseHistogram;
}

/** What came back and what was sent, for one failed request. Secrets are masked. */
export interface FailureSample {
  /** ms since the run's start. */
  atMs: number;
  node: number;
  nodeType: string;
  task: string;
  /** Request line and headers as sent; the first 8 KB, and then how long it was. */
  requestHead: string;
  /** First 4 KB. */
  requestBody: string;
  /** null when no answer came. */
  status: number | null;
  /** Status line and headers, bounded as those of the request. */
  responseHead: string;
  /** First 4 KB. */
  responseBody: string;
  latencyMs: number;
  /** What exactly was wrong (`expected status 2xx, got 503`, `connect ECONNREFUSED 127.0.0.1:80`). */
  detail: string;
}

/** Failures of one (series, error) pair. */
export interface FailureGroup {
  series: number;
  /** Stable name: `HTTP 503`, `ConnectionRefused`, `Expectation: status`, … */
  error: string;
  occurrences: number;
  /** ms since the run's start. */
  firstMs: number;
  lastMs: number;
  /** The first ones, at most 5. */
  samples: FailureSample[];
}

/** Steps that could not be carried out: nothing was sent, or its answer could not be used. */
export interface ExceptionGroup {
  message: string;
  nodeType: string;
  /** Task name, `onStart` or `onStop`. */
  task: string;
  /** 0-based place of the step in the task. */
  step: number;
  count: number;
  firstMs: number;
  lastMs: number;
  /** Indexes of the first few nodes. */
  nodes: number[];
}

/** How well a shard kept up during one second. */
export interface ShardHealth {
  /** Share of the second that the event loop was busy, 0 to 1. */
  eventLoopUtilization: number;
  loopDelayMaxMs: number;
  /** us */
  scheduleLag: SparseHistogram;
  /** CPU time used in the second, ms (may exceed 1000 with helper threads). */
  cpuMs: number;
  gcPauseMs: number;
  rssBytes: number;
  openSockets: number;
  /** What ran out, if anything did. */
  exhausted: 'files' | 'ports' | null;
}

/** What a shard reports four times a second. A frame never reaches across the end of a second of the run's clock. */
export interface Frame {
  kind: 'frame';
  shard: number;
  /** 0, 1, 2, … without gaps. */
  sequence: number;
  /** Second of the run's clock that all of the frame belongs to. */
  second: number;
  /** Nothing more will come for this second. Then `health` is there. */
  lastOfSecond: boolean;
  /** Where the frame ends, s of the run's clock: a full second for the last of a second, earlier only when the shard ended in it. */
  endSeconds: number;
  /** Living nodes at the frame's end, by node type. */
  nodes: number[];
  series: PackedDeltas;
  /** Tasks begun, by index in `listTasks(scenario)`. */
  tasks: Uint32Array;
  failures: FailureGroup[];
  exceptions: ExceptionGroup[];
  health: ShardHealth | null;
  /** With `health`: how long what came at any time of the second would have waited for the event loop, 99 %ile, us. */
  loopLagP99Us: number | null;
  /** With `health`: requests that the rate guard held back at any time of the second. */
  heldBack: number | null;
}

/** Whether the numbers of a second can be trusted, and why not. */
export interface SecondHealth {
  valid: boolean;
  /** Sentences; empty when valid. */
  reasons: string[];
  /** us, merged over shards. */
  scheduleLag: SparseHistogram;
  eventLoopUtilizationMean: number;
  eventLoopUtilizationMax: number;
}

/** One second of a run, merged over its shards. What is stored, charted and summed up is made of these only. */
export interface RunSecond {
  second: number;
  /** 1, except for the last second of a run, which ends with the run. */
  lengthSeconds: number;
  phase: Phase;
  /** Living nodes at the second's end. */
  nodes: number;
  plannedNodes: number;
  /** One entry for each series and phase that something happened in. */
  series: SeriesDelta[];
  /** [index in `listTasks(scenario)`, tasks begun], of those that were. */
  tasks: [number, number][];
  failures: FailureGroup[];
  exceptions: ExceptionGroup[];
  health: SecondHealth;
  /** Health of each shard that reported, by shard. */
  shards: { shard: number; health: ShardHealth }[];
}

/** A mark on the run's time line. */
export interface RunEvent {
  atMs: number;
  kind: 'spawn-done' | 'edit' | 'stop' | 'stop-now' | 'shard-lost' | 'recovered' | 'statistics-reset' | 'note';
  text: string;
}
