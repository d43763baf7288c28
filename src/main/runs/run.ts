import type { EventEmitter } from 'node:events';
import type { Scenario, Stage } from '../../shared/scenario/schema';
import type { RunEvent, RunSecond } from '../../shared/stats/frame';
import type { RunData, RunRecord } from '../../shared/stats/run';
import type { RecentSecond } from '../../shared/stats/summary';
import type { RunTotals } from '../../shared/stats/totals';

/** What a user may set for one run without touching the scenario. */
export interface LoadOverrides {
  nodes?: number;
  spawnRate?: number;
  /** null: until stopped, whatever the scenario says. */
  durationSeconds?: number | null;
  stages?: Stage[];
  /** Instead of the scenario's base URL. */
  host?: string;
}

/** What it takes to start a run. */
export interface RunRequest {
  scenario: Scenario;
  /** Folder that file names in the scenario (CSV, certificates) are relative to. */
  folder: string;
  /** Files and folders that may be read for it; `folder` unless told. */
  allowedFiles?: readonly string[];
  overrides?: LoadOverrides;
  /** Cores less one, at least one, unless told. */
  shards?: number;
  /** A random one, which the run records, unless told. */
  seed?: number;
  stopTimeoutSeconds?: number;
  /** The rate guard: all shards together begin no more requests a second. No limit unless told. */
  maxRequestsPerSecond?: number;
  /** Hosts beyond the user's own network that the user has confirmed to be allowed to test. */
  mayTest?: readonly string[];
  /** Scenario name unless told. */
  name?: string;
  /** Where `{{secret.NAME}}` comes from; the environment, unless told. */
  secret?: (name: string) => string | undefined;
}

/** A run cannot be started as asked. The message is one sentence for the user: what is wrong and what to do. */
export class RunRefused extends Error {
  override name = 'RunRefused';
}

/** The scenario, a file or secret it refers to, or what was set for the run is wrong: another machine would refuse it as well. */
export class RunRequestWrong extends RunRefused {
  override name = 'RunRequestWrong';
}

/** What a run tells its host while it is on. */
export interface RunListeners {
  /** Once a second of the run's clock, in order. */
  second: [second: RunSecond];
  event: [event: RunEvent];
  log: [entry: { level: 'info' | 'warn' | 'error'; text: string }];
  /** `done` resolves right after. */
  end: [data: RunData];
}

/** A run in progress. */
export interface LiveRun extends EventEmitter<RunListeners> {
  /** `id` is 0 when the run is not kept. `status` and `endedAt` change when it ends. */
  readonly record: RunRecord;
  /** Everything since the start, up to the last finished second. */
  readonly totals: RunTotals;
  /** The last 10 finished seconds, for current rates. */
  readonly recentSeconds: readonly RecentSecond[];
  /** Seconds that the store has not taken (yet), ascending, up to an hour of them: reports need not miss them. */
  readonly unstoredSeconds: readonly RunSecond[];
  /** That the store does not take the newest seconds, and why, without a full stop; null while it does. */
  readonly historyBehind: string | null;
  readonly stopping: boolean;
  /** The run with all it gathered; never rejects. `data.run.status` says how it ended. */
  readonly done: Promise<RunData>;
  /** First call: gracefully (requests in flight and onStop get `stopTimeoutSeconds`). Second call: at once. */
  stop(): void;
  /** Changes the number of nodes and the spawn rate from now on. Throws `RunRefused` when the run is stopping or the numbers make no sense. */
  edit(change: { nodes: number; spawnRate: number }): void;
  /** Something went wrong in the program that conducts the run, and the run goes on: its log says so each time, its reason the first time. */
  noteUncaughtError(what: string): void;
  /** Run data as of now, for reports of a run that is still on. */
  snapshot(): RunData;
}
