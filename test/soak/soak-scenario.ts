import type { ScenarioDocument } from '../../src/shared/scenario/schema';

/** Requests that the backend does not answer end after this. */
const TIMEOUT_MS = 3_000;

/** Sensors that report and gateways that ask, over connections of their own; each in the order of `SERIES`. */
export function soakScenario(
  baseUrl: string,
  { name, nodes, spawnRate, durationSeconds, pacingSeconds }: SoakLoad,
): ScenarioDocument {
  const wait = { kind: 'pacing', seconds: pacingSeconds } as const;
  return {
    nodeswarm: 1,
    name,
    target: {
      baseUrl,
      timeoutMs: TIMEOUT_MS,
      connectTimeoutMs: TIMEOUT_MS,
      headers: { 'x-node': '{{node.type}}-{{node.index}}' },
    },
    load: { nodes, spawnRate, durationSeconds, stopTimeoutSeconds: 5 },
    nodeTypes: [
      {
        name: 'Sensor',
        weight: 4,
        variables: [
          { name: 'id', generator: { kind: 'randomInteger', min: 1, max: 100_000 } },
          { name: 'temperature', generator: { kind: 'randomWalk', start: 20, step: 0.5, min: -10, max: 50 }, refresh: 'task' },
        ],
        wait,
        onStart: [{ request: { path: '/greet/{{id}}', name: '/greet' } }],
        tasks: [
          {
            name: 'send_data',
            weight: 8,
            steps: [
              {
                request: {
                  method: 'POST',
                  path: '/data',
                  body: {
                    kind: 'json',
                    text: '{"id":{{id}},"temperature":{{temperature}},"humidity":{{randomNumber(0,100,1)}}}',
                  },
                },
              },
            ],
          },
          {
            name: 'send_health',
            weight: 2,
            steps: [{ request: { method: 'POST', path: '/health', body: { kind: 'text', text: 'up={{timestamp()}}' } } }],
          },
        ],
      },
      {
        name: 'Gateway',
        weight: 1,
        wait,
        tasks: [
          {
            name: 'check_for_ota',
            steps: [
              {
                request: {
                  path: '/ota/gateway-{{node.index}}',
                  name: '/ota',
                  expect: { bodyJson: [{ path: '$.status', equals: 'ok' }] },
                },
              },
            ],
          },
        ],
      },
    ],
  };
}

export interface SoakLoad {
  name: string;
  nodes: number;
  /** Nodes a second. */
  spawnRate: number;
  /** Until it is stopped, when there is none. */
  durationSeconds?: number;
  pacingSeconds: number;
}
