import { SCENARIO_VERSION, type ScenarioDocument } from '../../shared/scenario/schema';

/** What “New scenario” begins with: the address and what the nodes do are left to the user. */
export function newScenario(): ScenarioDocument {
  return {
    nodeswarm: SCENARIO_VERSION,
    name: 'New scenario',
    target: { baseUrl: '' },
    load: { nodes: 10, spawnRate: 1, durationSeconds: 60 },
    nodeTypes: [{ name: 'Node', wait: { kind: 'constant', seconds: 1 }, tasks: [] }],
  };
}
