import { SCENARIO_VERSION, type Scenario, scenarioSchema } from './schema';

/** A scenario to begin with: one node type that asks a backend on this machine for `/` once a second. */
export function newScenario(): Scenario {
  return scenarioSchema.parse({
    nodeswarm: SCENARIO_VERSION,
    name: 'New scenario',
    target: { baseUrl: 'http://127.0.0.1:8090' },
    load: { nodes: 10, spawnRate: 1, durationSeconds: 60 },
    nodeTypes: [
      {
        name: 'Node',
        wait: { kind: 'pacing', seconds: 1 },
        tasks: [{ name: 'get', steps: [{ request: { method: 'GET', path: '/' } }] }],
      },
    ],
  });
}
