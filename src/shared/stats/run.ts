import type { Scenario } from '../scenario/schema';
import type { SeriesKey, TaskKey } from '../scenario/series';
import type { ExceptionGroup, FailureGroup, RunEvent } from './frame';
import type { RunTotals } from './totals';

/**
 * running: its process lives. finished: went its planned way. stopped: by the user. interrupted: its process died.
 * failed: it could not be carried out.
 */
export type RunStatus = 'running' | 'finished' | 'stopped' | 'interrupted' | 'failed';

/** Where a run took place. */
export interface Machine {
  hostname: string;
  platform: string;
  arch: string;
  cpu: string;
  cores: number;
  memoryBytes: number;
}

/** What a run was started with. */
export interface RunOptions {
  /** Highest number of planned nodes. */
  nodes: number;
  /** null when stages are given. */
  spawnRate: number | null;
  durationSeconds: number | null;
  /** Base URL. */
  host: string;
  shards: number;
  seed: number;
  stopTimeoutSeconds: number;
  /** The rate guard; missing where there was none. */
  maxRequestsPerSecond?: number;
}

/** Everything known of a run but its seconds. */
export interface RunRecord {
  id: number;
  name: string;
  note: string;
  status: RunStatus;
  /** A shard was lost. */
  degraded: boolean;
  /** Why it failed, was interrupted or is degraded; empty otherwise. */
  statusReason: string;
  baseline: boolean;
  /** epoch ms */
  startedAt: number;
  endedAt: number | null;
  scenario: Scenario;
  /** SHA-256 over the canonical JSON of the scenario, first 16 hex digits. */
  scenarioHash: string;
  options: RunOptions;
  versions: { nodeswarm: string; node: string };
  machine: Machine;
}

/** A run in the history table: counts of the whole run; rate and p95 of the steady phase, of the whole run where there was none. */
export interface RunListItem {
  id: number;
  name: string;
  note: string;
  status: RunStatus;
  degraded: boolean;
  baseline: boolean;
  scenarioName: string;
  scenarioHash: string;
  host: string;
  startedAt: number;
  endedAt: number | null;
  durationSeconds: number;
  nodes: number;
  requests: number;
  failures: number;
  requestsPerSecond: number;
  /** ms; null when there was no request. */
  p95Ms: number | null;
  invalidSeconds: number;
}

/** A run with all that its reports need. */
export interface RunData {
  run: RunRecord;
  series: SeriesKey[];
  tasks: TaskKey[];
  totals: RunTotals;
  failures: FailureGroup[];
  exceptions: ExceptionGroup[];
  events: RunEvent[];
}
