import type { DifferenceArea } from '../../../shared/stats/run-differences';

/** What the fields of the options are called; the scenario's are shown with their paths, as in its JSON. */
const OPTION_NAMES: Record<string, string> = {
  nodes: 'Nodes',
  spawnRate: 'Spawn rate (nodes/s)',
  durationSeconds: 'Duration (s)',
  host: 'Host',
  shards: 'Shards',
  seed: 'Seed',
  stopTimeoutSeconds: 'Stop timeout (s)',
};
const MACHINE_NAMES: Record<string, string> = {
  hostname: 'Host name',
  platform: 'Platform',
  arch: 'Architecture',
  cpu: 'CPU',
  cores: 'Cores',
  memoryBytes: 'Memory (bytes)',
};
const VERSION_NAMES: Record<string, string> = { nodeswarm: 'Nodeswarm', node: 'Node.js' };

export const AREA_NAMES: Record<DifferenceArea, string> = {
  scenario: 'Scenario',
  options: 'Options',
  machine: 'Machine',
  versions: 'Versions',
};

const NAMES: Record<DifferenceArea, Record<string, string>> = {
  scenario: {},
  options: OPTION_NAMES,
  machine: MACHINE_NAMES,
  versions: VERSION_NAMES,
};

/** The name of a field as a reader knows it, and whether it is a path (shown in the mono font). */
export function fieldName(area: DifferenceArea, path: string): { text: string; isPath: boolean } {
  const name = NAMES[area][path];
  return name ? { text: name, isPath: false } : { text: path, isPath: true };
}
