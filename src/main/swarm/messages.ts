import type { LoadSegment } from '../../shared/scenario/load';
import type { Scenario } from '../../shared/scenario/schema';
import type { Frame } from '../../shared/stats/frame';
import type { CsvTable } from './template/csv-table';

/**
 * Everything that a shard needs. Files and secrets are in it, because a shard may one day be on another machine:
 * it reads no file and no environment variable of its own.
 */
export interface ShardPlan {
  scenario: Scenario;
  seed: number;
  /** Shard k of n simulates the nodes i with i mod n = k. */
  shard: number;
  shardCount: number;
  /** Nodes over time, seconds of the run's clock. */
  load: LoadSegment[];
  /** When the run ends by itself; null: when told. Seconds. */
  durationSeconds: number | null;
  stopTimeoutSeconds: number;
  /** All shards together begin no more requests a second, each its equal share; null: no limit. */
  maxRequestsPerSecond: number | null;
  /** Hosts beyond the user's own network that may be sent load: the user has confirmed each. */
  mayTest: string[];
  /** CSV tables by file name as written in the scenario. */
  csv: Record<string, CsvTable>;
  /** Values of `{{secret.NAME}}` by name. Never logged, stored or put into a sample. */
  secrets: Record<string, string>;
  /** PEM texts by file name as written in the scenario. */
  pem: Record<string, string>;
}

/** Controller to shard. */
export type ShardCommand =
  | { kind: 'plan'; plan: ShardPlan }
  /** The run's clock starts on receipt. */
  | { kind: 'start' }
  /** The load from now on: replaces all segments from `atSeconds` on. */
  | { kind: 'edit'; atSeconds: number; load: LoadSegment[]; durationSeconds: number | null }
  | { kind: 'stop' }
  | { kind: 'stop-now' };

/** Shard to controller. */
export type ShardReport =
  /** The plan is compiled; `start` may come. */
  | { kind: 'ready'; shard: number }
  /** The plan cannot be carried out. */
  | { kind: 'rejected'; shard: number; message: string }
  | Frame
  | { kind: 'log'; shard: number; level: 'info' | 'warn' | 'error'; text: string }
  /** The last frame was sent, the run ended here at `atSeconds` of its clock; the process exits after it. */
  | { kind: 'finished'; shard: number; atSeconds: number };
