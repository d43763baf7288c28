import type { ScenarioDocument } from '../../../src/shared/scenario/schema';

/** What all clients do: keep-alive POST of a small JSON body over this many connections. */
export const CONNECTIONS = 64;
/** Where to. */
export const DATA_PATH = '/data';
/** What peers send that cannot template a body; as long as what the others send. */
export const STATIC_BODY = '{"node":42,"temperature":42,"humidity":55.1}';
/** One in eleven requests goes to another task. */
export const WEIGHTS = { data: 10, health: 1 };

const TEMPLATED_BODY = '{"node":{{node.index}},"temperature":{{randomInteger(1,100)}},"humidity":{{randomNumber(0,100,1)}}}';

function post(path: string, name = path) {
  return { request: { method: 'POST' as const, path, name, body: { kind: 'json' as const, text: TEMPLATED_BODY } } };
}

/** A name for each scenario is a courtesy to whoever looks at a process list. */
interface ScenarioOptions {
  url: string;
  nodes: number;
  /** Whole run, the spawning included. */
  durationSeconds: number;
  spawnRate?: number;
  localAddresses?: string[];
  http?: '2';
}

function scenario(
  name: string,
  options: ScenarioOptions,
  nodeType: Omit<ScenarioDocument['nodeTypes'][number], 'name'>,
): ScenarioDocument {
  const { url, nodes, durationSeconds, spawnRate = nodes * 10, localAddresses = [], http = 'auto' } = options;
  return {
    nodeswarm: 1,
    name,
    target: { baseUrl: url, http, localAddresses, tls: { insecure: true } },
    load: { nodes, spawnRate, durationSeconds },
    nodeTypes: [{ name: 'node', ...nodeType }],
  };
}

/** Requests back to back: as fast as it goes. `series` names, each with a task; two of different weight unless told. */
export function fullSpeed(options: Omit<ScenarioOptions, 'nodes'> & { nodes?: number; series?: number }): ScenarioDocument {
  const { series, nodes = CONNECTIONS } = options;
  const tasks =
    series === undefined
      ? [
          { name: 'send_data', weight: WEIGHTS.data, steps: [post(DATA_PATH)] },
          { name: 'send_health', weight: WEIGHTS.health, steps: [post('/health')] },
        ]
      : Array.from({ length: series }, (_, index) => ({ name: `send_${index}`, steps: [post(DATA_PATH, `/data/${index}`)] }));
  return scenario('full speed', { ...options, nodes }, { wait: { kind: 'constant', seconds: 0 }, tasks });
}

/** Nodes that send one request each and then do nothing, connected. */
export function idleNodes(options: ScenarioOptions): ScenarioDocument {
  return scenario('idle nodes', options, {
    wait: { kind: 'constant', seconds: 3600 },
    onStart: [post(DATA_PATH)],
    tasks: [{ name: 'nothing' }],
  });
}

/**
 * A few nodes that open `connections` connections in all, one after the other, and keep none: what a process needs for the work of connecting,
 * whoever does it (code that was compiled, a young generation that has grown), without the nodes.
 */
export function fewNodesConnecting(options: ScenarioOptions & { connections: number }): ScenarioDocument {
  const perSecond = options.connections / options.durationSeconds / options.nodes;
  const document = scenario('few nodes', options, {
    wait: { kind: 'throughput', perSecond, onOverrun: 'queue' },
    tasks: [{ name: 'send_data', steps: [post(DATA_PATH)] }],
  });
  return { ...document, target: { ...document.target, keepAlive: false } };
}

/**
 * Nodes that connect when they are spawned, and then send every `pacingSeconds`, each at a time of its own. Without the first request a node would connect
 * at its first slot, up to a period later: then a fleet at 10 s would be opening its connections long after the last node was spawned.
 */
export function fleet(options: ScenarioOptions & { pacingSeconds: number }): ScenarioDocument {
  return scenario('fleet', options, {
    wait: { kind: 'pacing', seconds: options.pacingSeconds, align: 'random' },
    onStart: [post(DATA_PATH)],
    tasks: [{ name: 'send_data', steps: [post(DATA_PATH)] }],
  });
}
