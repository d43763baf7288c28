import type { ScenarioDocument } from '../../../src/shared/scenario/schema';
import type { Phase } from '../../../src/shared/stats/frame';
import type { LagPercentiles, ReportAccounting } from '../../../src/shared/stats/report';

/** What `swarm-runner.ts` is to do. */
export interface SwarmJob {
  document: ScenarioDocument;
  shards: number;
}

/** One second of a run, all shards together. */
export interface SwarmSecond {
  second: number;
  phase: Phase;
  lengthSeconds: number;
  /** Living nodes at its end. */
  nodes: number;
  requests: number;
  valid: boolean;
  /** RSS of the shards. */
  rssBytes: number;
  cpuMs: number;
  openSockets: number;
}

/** What came of a run. */
export interface SwarmOutcome {
  /** Status of the run, with its reason when there is one. */
  status: string;
  accounting: ReportAccounting;
  /** The most frequent ones, with how often. */
  failures: string[];
  steadyRequestsPerSecond: number;
  /** Of requests of the steady phase. */
  steadyLagMs: LagPercentiles;
  /** Sends missed in the steady phase. */
  steadyMissed: number;
  /** From when a request was intended to when it was answered: the longest of the whole run; null without requests. */
  responseFromScheduleMaxMs: number | null;
  utilizationMean: number;
  invalidSeconds: number;
  shardRssBytesMax: number[];
  seconds: SwarmSecond[];
}
