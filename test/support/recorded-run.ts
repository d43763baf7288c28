import { hostname } from 'node:os';
import type { NewRun, RunEnd } from '../../src/main/store/run-store';
import { type Scenario, type ScenarioDocument, scenarioSchema } from '../../src/shared/scenario/schema';
import type { Phase, RunSecond, SeriesDelta, ShardHealth } from '../../src/shared/stats/frame';
import { EMPTY_HISTOGRAM, Histogram, type SparseHistogram } from '../../src/shared/stats/histogram';

/** Uniform numbers in [0, 1), the same for the same seed (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A histogram of the given values, us. */
export function histogramOf(values: readonly number[]): SparseHistogram {
  const histogram = new Histogram();
  for (const value of values) histogram.record(value);
  return histogram.toSparse();
}

/** A scenario whose one task sends a request of each of `seriesCount` names. */
export function scenarioOf(seriesCount: number, name = 'recorded'): Scenario {
  const steps = Array.from({ length: seriesCount }, (_, i) => ({
    request: { method: 'POST' as const, path: '/data', name: `/data/${i}` },
  }));
  const document: ScenarioDocument = {
    nodeswarm: 1,
    name,
    target: { baseUrl: 'http://127.0.0.1:8090' },
    load: { nodes: 100, spawnRate: 10, durationSeconds: 60 },
    nodeTypes: [{ name: 'Sensor', tasks: [{ name: 'send', weight: 3, steps }, { name: 'idle' }] }],
  };
  return scenarioSchema.parse(document);
}

/** A run that begins, conducted by this process. */
export function newRun(changes: Partial<NewRun> & { seriesCount?: number } = {}): NewRun {
  const { seriesCount = 2, ...rest } = changes;
  return {
    name: 'Recorded run',
    startedAt: 1_800_000_000_000,
    scenario: scenarioOf(seriesCount),
    scenarioHash: '0123456789abcdef',
    options: {
      nodes: 100,
      spawnRate: 10,
      durationSeconds: 60,
      host: 'http://127.0.0.1:8090',
      shards: 2,
      seed: 42,
      stopTimeoutSeconds: 10,
    },
    versions: { nodeswarm: '0.1.0', node: '24.0.0' },
    machine: { hostname: 'bench', platform: 'linux', arch: 'x64', cpu: 'Model X', cores: 8, memoryBytes: 16e9 },
    owner: { hostname: hostname(), pid: process.pid },
    ...rest,
  };
}

export const RUN_END: RunEnd = { status: 'finished', statusReason: '', degraded: false, endedAt: 1_800_000_060_000 };

export interface SecondOptions {
  seriesCount?: number;
  requestsPerSeries?: number;
  /** Of the logarithm of latency. */
  sigma?: number;
  phase?: Phase;
  valid?: boolean;
  failuresPerSeries?: number;
}

/** A second as two shards would have reported it: lognormal latencies, the same for the same seed and second. */
export function recordedSecond(second: number, options: SecondOptions = {}): RunSecond {
  const { seriesCount = 2, requestsPerSeries = 20, sigma = 0.5, phase = 'steady', valid = true, failuresPerSeries = 0 } = options;
  const random = seededRandom(1000 + second);
  const series = Array.from({ length: seriesCount }, (_, index): SeriesDelta => {
    const latencies = Array.from({ length: requestsPerSeries }, () =>
      Math.round(lognormal(random, 20_000 * (1 + index / 5), sigma)),
    );
    return {
      series: index,
      phase,
      started: requestsPerSeries,
      completed: requestsPerSeries - failuresPerSeries,
      failed: failuresPerSeries,
      aborted: 0,
      missed: index,
      resent: 0,
      bodyBytes: requestsPerSeries * 37,
      latency: histogramOf(latencies),
      responseFromSchedule: histogramOf(latencies.map((latency) => latency + Math.round(lognormal(random, 300, 1)))),
      connect: second === 0 ? histogramOf([150, 180, 9000]) : EMPTY_HISTOGRAM,
    };
  });
  const lags = [0, 1].map(() => histogramOf(Array.from({ length: 50 }, () => Math.round(lognormal(random, 200, 0.7)))));
  const merged = new Histogram();
  for (const lag of lags) merged.add(lag);
  return {
    second,
    lengthSeconds: 1,
    phase,
    nodes: 100,
    plannedNodes: 100,
    series,
    tasks: [
      [0, requestsPerSeries],
      [1, 3],
    ],
    failures: series
      .filter(({ failed }) => failed > 0)
      .map(({ series, failed }) => ({
        series,
        error: 'HTTP 503',
        occurrences: failed,
        firstMs: second * 1000 + 1.5,
        lastMs: second * 1000 + 900,
        samples: [failureSample(second, 'first'), failureSample(second, 'second')],
      })),
    exceptions: [],
    health: {
      valid,
      reasons: valid ? [] : ['Event loop utilisation was 0.97 (limit 0.85) on shard 1.'],
      scheduleLag: merged.toSparse(),
      eventLoopUtilizationMean: 0.25,
      eventLoopUtilizationMax: 0.5,
    },
    shards: lags.map((scheduleLag, shard) => ({ shard, health: shardHealth(scheduleLag, shard) })),
  };
}

export function failureSample(second: number, detail: string): RunSecond['failures'][number]['samples'][number] {
  return {
    atMs: second * 1000 + 1.5,
    node: 7,
    nodeType: 'Sensor',
    task: 'send',
    requestHead: 'POST /data HTTP/1.1\r\nHost: 127.0.0.1:8090\r\n\r\n',
    requestBody: '{"temperature":20}',
    status: 503,
    responseHead: 'HTTP/1.1 503 Service Unavailable\r\n\r\n',
    responseBody: 'überlastet 🙁',
    latencyMs: 12.25,
    detail,
  };
}

function shardHealth(scheduleLag: SparseHistogram, shard: number): ShardHealth {
  return {
    eventLoopUtilization: 0.125 * (shard + 1),
    loopDelayMaxMs: 3.5,
    scheduleLag,
    cpuMs: 250.5,
    gcPauseMs: 1.25,
    rssBytes: 80_000_000,
    openSockets: 50,
    exhausted: shard === 1 ? 'files' : null,
  };
}

function lognormal(random: () => number, median: number, sigma: number): number {
  const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return median * Math.exp(sigma * normal);
}
