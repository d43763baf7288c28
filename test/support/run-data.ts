import { type Scenario, scenarioSchema } from '../../src/shared/scenario/schema';
import { listSeries, listTasks } from '../../src/shared/scenario/series';
import { ExceptionLedger, FailureLedger } from '../../src/shared/stats/failures';
import type {
  ExceptionGroup,
  FailureGroup,
  FailureSample,
  Phase,
  RunEvent,
  RunSecond,
  SeriesDelta,
  ShardHealth,
} from '../../src/shared/stats/frame';
import { Histogram } from '../../src/shared/stats/histogram';
import type { RunData, RunRecord } from '../../src/shared/stats/run';
import { RunTotals } from '../../src/shared/stats/totals';
import { histogramOf, seededRandom } from './recorded-run';

export interface RunDataOptions {
  seed: number;
  durationSeconds: number;
  nodes: number;
  /** Nodes a second. */
  spawnRate: number;
  /** Requests of one node in a second. */
  requestsPerNode: number;
  /** Series beside the four of the tutorial. */
  extraSeries: number;
  /** Part of the requests that fail. */
  failureRate: number;
  /** Times the latency of every request. */
  latencyFactor: number;
  /** How far the latency sways in 250 s, as a part of it. Runs that sway far cannot be compared. */
  sway: number;
  /** Seconds in which the generator could not keep up. */
  invalidSeconds: number[];
  shards: number;
  /** Changes to the record, after it has been made. */
  run: Partial<RunRecord>;
}

const DEFAULTS: RunDataOptions = {
  seed: 1,
  durationSeconds: 60,
  nodes: 100,
  spawnRate: 10,
  requestsPerNode: 0.2,
  extraSeries: 0,
  failureRate: 0.01,
  latencyFactor: 1,
  sway: 0.4,
  invalidSeconds: [],
  shards: 1,
  run: {},
};

/** A run as the controller and the store would hand it out, made up of seeded random numbers, and its seconds. */
export function makeRun(options: Partial<RunDataOptions> = {}): { data: RunData; seconds: RunSecond[] } {
  const all = { ...DEFAULTS, ...options };
  const scenario = makeScenario(all);
  const random = seededRandom(all.seed);
  const seconds = Array.from({ length: all.durationSeconds + 1 }, (_, second) => makeSecond(second, all, scenario, random));
  return { data: gatherRun(makeRecord(all, scenario), seconds, makeEvents(all)), seconds };
}

/** The data of a run whose seconds are known: totals, failures and exceptions are what the seconds add up to. */
export function gatherRun(run: RunRecord, seconds: readonly RunSecond[], events: RunEvent[]): RunData {
  const totals = new RunTotals();
  const failures = new FailureLedger();
  const exceptions = new ExceptionLedger();
  for (const second of seconds) {
    totals.addSecond(second);
    failures.add(second.failures);
    exceptions.add(second.exceptions);
  }
  return {
    run,
    series: listSeries(run.scenario),
    tasks: listTasks(run.scenario),
    totals,
    failures: failures.list(),
    exceptions: exceptions.list(),
    events,
  };
}

/** The tutorial, with as many more tasks as there are to be series. */
function makeScenario(options: RunDataOptions): Scenario {
  const post = (path: string) => ({
    request: { method: 'POST' as const, path, body: { kind: 'json' as const, text: '{"v":1}' } },
  });
  return scenarioSchema.parse({
    nodeswarm: 1,
    name: 'IoT backend',
    description: 'Temperature and health of a fleet of sensors.',
    target: { baseUrl: 'http://127.0.0.1:8090' },
    load: { nodes: options.nodes, spawnRate: options.spawnRate, durationSeconds: options.durationSeconds },
    nodeTypes: [
      {
        name: 'IoTNode',
        wait: { kind: 'pacing', seconds: 5 },
        onStart: [{ request: { path: '/greet/{{iot_id}}', name: '/greet' } }],
        variables: [{ name: 'iot_id', generator: { kind: 'randomInteger', min: 1, max: 500 } }],
        tasks: [
          { name: 'send_data', weight: 10, steps: [post('/data')] },
          { name: 'send_health', weight: 1, steps: [{ pause: { seconds: 0.1 } }, post('/health')] },
          { name: 'check_for_ota', weight: 1, steps: [{ request: { path: '/ota' } }] },
          ...Array.from({ length: options.extraSeries }, (_, i) => ({ name: `extra_${i}`, steps: [post(`/extra/${i}`)] })),
        ],
      },
    ],
  });
}

function makeRecord(options: RunDataOptions, scenario: Scenario): RunRecord {
  const startedAt = Date.UTC(2026, 2, 14, 9, 26, 53);
  return {
    id: 7,
    name: 'IoT backend, before the release',
    note: '',
    status: 'finished',
    degraded: false,
    statusReason: '',
    baseline: false,
    startedAt,
    endedAt: startedAt + options.durationSeconds * 1000 + 412,
    scenario,
    scenarioHash: '0f1e2d3c4b5a6978',
    options: {
      nodes: options.nodes,
      spawnRate: options.spawnRate,
      durationSeconds: options.durationSeconds,
      host: 'http://127.0.0.1:8090',
      shards: options.shards,
      seed: options.seed,
      stopTimeoutSeconds: 10,
    },
    versions: { nodeswarm: '0.1.0', node: '24.21.0' },
    machine: { hostname: 'bench-1', platform: 'linux', arch: 'x64', cpu: 'Example CPU', cores: 4, memoryBytes: 16 * 2 ** 30 },
    ...options.run,
  };
}

function makeEvents(options: RunDataOptions): RunEvent[] {
  const spawnedMs = (options.nodes / options.spawnRate) * 1000;
  return [
    { atMs: spawnedMs, kind: 'spawn-done', text: `All ${options.nodes} nodes are up.` },
    { atMs: options.durationSeconds * 1000, kind: 'stop', text: 'The planned duration is over.' },
  ];
}

function makeSecond(second: number, options: RunDataOptions, scenario: Scenario, random: () => number): RunSecond {
  const rampSeconds = Math.ceil(options.nodes / options.spawnRate);
  const phase: Phase = second < rampSeconds ? 'ramp' : second < options.durationSeconds ? 'steady' : 'cooldown';
  const over = second >= options.durationSeconds;
  const nodes = over ? 0 : Math.min(options.nodes, Math.round((second + 1) * options.spawnRate));
  const spawned = over ? 0 : Math.max(0, nodes - Math.min(options.nodes, Math.round(second * options.spawnRate)));
  const weights = listTasks(scenario).map(({ weight }) => weight);
  const weightSum = weights.reduce((sum, weight) => sum + weight, 0);
  const invalid = options.invalidSeconds.includes(second);

  const series: SeriesDelta[] = [];
  const failures: FailureGroup[] = [];
  const tasks: [number, number][] = [];
  for (const [index] of listSeries(scenario).entries()) {
    const task = index - 1;
    const expected = index === 0 ? spawned : (nodes * options.requestsPerNode * (weights[task] ?? 0)) / weightSum;
    // The first series is sent once by every node, exactly; the others vary about what is expected.
    const requests = index === 0 ? spawned : Math.floor(expected + random() * Math.sqrt(expected) + random() * 0.5);
    const aborted = second === options.durationSeconds && index === 1 ? 2 : 0;
    if (requests + aborted === 0) continue;
    const slowdown = options.latencyFactor * (1 + options.sway * Math.sin(second / 40) + (invalid ? 2 : 0));
    const delta = makeDelta(index, phase, requests, aborted, slowdown, options.failureRate, random);
    if (delta.missed === 0 && invalid && index === 1) delta.missed = 3;
    series.push(delta);
    if (delta.failed > 0) failures.push(makeFailure(index, second, delta.failed, random));
    if (task >= 0) tasks.push([task, requests + aborted]);
  }
  return {
    second,
    lengthSeconds: over ? 0.4 : 1,
    phase,
    nodes,
    plannedNodes: nodes,
    series,
    tasks,
    failures,
    exceptions: phase === 'steady' && second % 20 === 0 ? [makeException(second)] : [],
    ...makeHealth(invalid, options.shards, random),
  };
}

function makeDelta(
  series: number,
  phase: Phase,
  requests: number,
  aborted: number,
  slowdown: number,
  failureRate: number,
  random: () => number,
): SeriesDelta {
  const latencies = Array.from({ length: requests }, () => latencyUs(series, slowdown, random));
  const failed = latencies.filter(() => random() < failureRate).length;
  return {
    series,
    phase,
    started: requests + aborted,
    completed: requests - failed,
    failed,
    aborted,
    missed: 0,
    resent: 0,
    bodyBytes: (requests - failed) * (40 + series),
    latency: histogramOf(latencies),
    responseFromSchedule: histogramOf(latencies.map((latency) => latency + Math.round(random() * 900))),
    connect: histogramOf(series === 0 ? latencies.map((latency) => Math.round(latency / 10)) : []),
  };
}

/** Lognormal about 20 ms, a little slower for later series, with one request in a hundred ten times as slow. */
function latencyUs(series: number, slowdown: number, random: () => number): number {
  const gaussian = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const outlier = random() < 0.01 ? 10 : 1;
  return Math.round(20_000 * (1 + series / 10) * slowdown * outlier * Math.exp(0.35 * gaussian));
}

function makeFailure(series: number, second: number, occurrences: number, random: () => number): FailureGroup {
  const atMs = second * 1000 + Math.floor(random() * 1000);
  const timedOut = random() < 0.3;
  const sample: FailureSample = {
    atMs,
    node: Math.floor(random() * 100),
    nodeType: 'IoTNode',
    task: 'send_data',
    requestHead: 'POST /data HTTP/1.1\r\nhost: 127.0.0.1:8090\r\ncontent-type: application/json\r\ncontent-length: 36',
    requestBody: '{"temperature":21.4,"humidity":55.0}',
    status: timedOut ? null : 503,
    responseHead: timedOut ? '' : 'HTTP/1.1 503 Service Unavailable\r\nretry-after: 1\r\ncontent-type: application/json',
    responseBody: timedOut ? '' : '{"error":"queue full"}',
    latencyMs: timedOut ? 60_000 : 84.2,
    detail: timedOut ? 'no answer within 60000 ms' : 'expected status 2xx or 3xx, got 503',
  };
  return {
    series,
    error: timedOut ? 'ResponseTimeout' : 'HTTP 503',
    occurrences,
    firstMs: atMs,
    lastMs: atMs,
    samples: [sample],
  };
}

function makeException(second: number): ExceptionGroup {
  return {
    message: 'Nothing found at JSON path $.token',
    nodeType: 'IoTNode',
    task: 'send_health',
    step: 1,
    count: 1,
    firstMs: second * 1000,
    lastMs: second * 1000,
    nodes: [second % 100],
  };
}

function makeHealth(invalid: boolean, shardCount: number, random: () => number): Pick<RunSecond, 'health' | 'shards'> {
  const shards = Array.from({ length: shardCount }, (_, shard) => {
    const utilization = (invalid ? 0.9 : 0.25) + random() * 0.08;
    const health: ShardHealth = {
      eventLoopUtilization: utilization,
      loopDelayMaxMs: invalid ? 44 : 2 + random(),
      scheduleLag: histogramOf(Array.from({ length: 20 }, () => Math.round((invalid ? 24_000 : 600) * (0.5 + random())))),
      cpuMs: utilization * 1000,
      gcPauseMs: random() * 4,
      rssBytes: 92 * 2 ** 20,
      openSockets: 100,
      exhausted: null,
    };
    return { shard, health };
  });
  const lag = new Histogram();
  for (const { health } of shards) lag.add(health.scheduleLag);
  const utilizations = shards.map(({ health }) => health.eventLoopUtilization);
  return {
    shards,
    health: {
      valid: !invalid,
      reasons: invalid ? ['Schedule lag p99 is above 10 ms.', 'Event-loop utilization is above 0.85.'] : [],
      scheduleLag: lag.toSparse(),
      eventLoopUtilizationMean: utilizations.reduce((sum, value) => sum + value, 0) / shardCount,
      eventLoopUtilizationMax: Math.max(...utilizations),
    },
  };
}
