import type { Scenario } from '../../shared/scenario/schema';
import type { RunOverrides } from './run-commands';

/** What is in the fields of the start dialog; null or empty: nothing, which for the duration is until stopped, else as in the scenario. */
export interface StartDraft {
  nodes: number | null;
  spawnRate: number | null;
  host: string;
  durationSeconds: number | null;
  name: string;
  shards: number | null;
  seed: number | null;
}

/** The scenario's own values. */
export function draftOf(scenario: Scenario | null): StartDraft {
  return {
    nodes: scenario?.load.nodes ?? null,
    spawnRate: scenario?.load.spawnRate ?? null,
    host: scenario?.target.baseUrl ?? '',
    durationSeconds: scenario?.load.durationSeconds ?? null,
    name: '',
    shards: null,
    seed: null,
  };
}

/** What is wrong, by field. */
export function startProblems(draft: StartDraft): Partial<Record<keyof StartDraft, string>> {
  const problems: Partial<Record<keyof StartDraft, string>> = {};
  if (!isWhole(draft.nodes, 1, 1_000_000)) problems.nodes = 'Enter a whole number from 1 to 1,000,000.';
  if (draft.spawnRate !== null && draft.spawnRate <= 0) problems.spawnRate = 'Enter a number above 0.';
  if (!/^https?:\/\/[^/\s]/i.test(draft.host)) problems.host = 'Enter an address that begins with http:// or https://.';
  if (draft.durationSeconds !== null && draft.durationSeconds <= 0)
    problems.durationSeconds = 'Enter a number of seconds above 0.';
  if (!isWhole(draft.shards, 1, 256)) problems.shards = 'Enter a whole number from 1 to 256.';
  if (!isWhole(draft.seed, 0, Number.MAX_SAFE_INTEGER)) problems.seed = 'Enter a whole number, 0 or above.';
  return problems;
}

/** What the run is to have other than its scenario. */
export function overridesOf(draft: StartDraft, scenario: Scenario | null): RunOverrides {
  const own = draftOf(scenario);
  return {
    ...(draft.nodes !== null && draft.nodes !== own.nodes && { nodes: draft.nodes }),
    ...(draft.spawnRate !== null && draft.spawnRate !== own.spawnRate && { spawnRate: draft.spawnRate }),
    ...(draft.host !== own.host && { host: draft.host }),
    ...(draft.durationSeconds !== own.durationSeconds && { durationSeconds: draft.durationSeconds }),
    ...(draft.name.trim() !== '' && { name: draft.name.trim() }),
    ...(draft.shards !== null && { shards: draft.shards }),
    ...(draft.seed !== null && { seed: draft.seed }),
  };
}

function isWhole(value: number | null, low: number, high: number): boolean {
  return value === null || (Number.isInteger(value) && value >= low && value <= high);
}
