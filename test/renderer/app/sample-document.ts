import type { ScenarioDocument } from '../../../src/shared/scenario/schema';

/** A small scenario without mistakes, in another form than the canonical one. */
export function sampleDocument(): ScenarioDocument {
  return {
    nodeswarm: 1,
    name: 'Sample',
    load: { nodes: 10, spawnRate: 2, durationSeconds: 30 },
    target: { baseUrl: 'http://127.0.0.1:8090' },
    nodeTypes: [{ name: 'Sensor', tasks: [{ name: 'send', steps: [{ request: { method: 'POST', path: '/data' } }] }] }],
  };
}

export function sampleText(): string {
  return JSON.stringify(sampleDocument());
}
