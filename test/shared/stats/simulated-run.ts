import { scenarioSchema } from '../../../src/shared/scenario/schema';
import type { ComparedRun } from '../../../src/shared/stats/comparison';
import type { Phase, RunSecond, SeriesDelta } from '../../../src/shared/stats/frame';
import { bucketIndex, EMPTY_HISTOGRAM, type SparseHistogram } from '../../../src/shared/stats/histogram';
import type { RunRecord } from '../../../src/shared/stats/run';
import { SeededRandom } from '../../../src/shared/stats/seeded-random';

/** Standard normal numbers from a seeded generator (Box and Muller, 1958). */
export function gaussian(random: SeededRandom): number {
  return Math.sqrt(-2 * Math.log(1 - random.float())) * Math.cos(2 * Math.PI * random.float());
}

/** A histogram made by sorting: for the few values of a second much faster than laying out all buckets. */
export function sparseOf(valuesUs: readonly number[]): SparseHistogram {
  if (valuesUs.length === 0) return EMPTY_HISTOGRAM;
  const sorted = Float64Array.from(valuesUs).sort();
  const indexes = new Uint16Array(sorted.length);
  const counts = new Uint32Array(sorted.length);
  let filled = 0;
  let sum = 0;
  for (const value of sorted) {
    const index = bucketIndex(value);
    if (filled === 0 || indexes[filled - 1] !== index) indexes[filled++] = index;
    counts[filled - 1] = (counts[filled - 1] as number) + 1;
    sum += value;
  }
  const [min, max] = [sorted[0] as number, sorted[sorted.length - 1] as number];
  return { count: sorted.length, sum, min, max, indexes: indexes.slice(0, filled), counts: counts.slice(0, filled) };
}

export function delta(series: number, valuesUs: readonly number[], change: Partial<SeriesDelta> = {}): SeriesDelta {
  const latency = sparseOf(valuesUs);
  const failed = change.failed ?? 0;
  return {
    series,
    phase: 'steady',
    started: valuesUs.length,
    completed: valuesUs.length - failed,
    failed,
    aborted: 0,
    missed: 0,
    resent: 0,
    bodyBytes: 10 * valuesUs.length,
    latency,
    responseFromSchedule: latency,
    connect: EMPTY_HISTOGRAM,
    ...change,
  };
}

export function second(at: number, series: SeriesDelta[], change: Partial<RunSecond> = {}): RunSecond {
  return {
    second: at,
    lengthSeconds: 1,
    phase: 'steady',
    nodes: 10,
    plannedNodes: 10,
    series,
    tasks: [],
    failures: [],
    exceptions: [],
    health: {
      valid: true,
      reasons: [],
      scheduleLag: EMPTY_HISTOGRAM,
      eventLoopUtilizationMean: 0.1,
      eventLoopUtilizationMax: 0.2,
    },
    shards: [],
    ...change,
  };
}

export function runRecord(id: number, change: Partial<RunRecord> = {}): RunRecord {
  return {
    id,
    name: `run ${id}`,
    note: '',
    status: 'finished',
    degraded: false,
    statusReason: '',
    baseline: false,
    startedAt: 1_800_000_000_000,
    endedAt: 1_800_000_300_000,
    scenario: scenarioSchema.parse({
      nodeswarm: 1,
      name: 'simulated',
      target: { baseUrl: 'http://127.0.0.1:1' },
      load: { nodes: 100, spawnRate: 10, durationSeconds: 300 },
      nodeTypes: [{ name: 'IoTNode', wait: { kind: 'pacing', seconds: 5 } }],
    }),
    scenarioHash: '0123456789abcdef',
    options: {
      nodes: 100,
      spawnRate: 10,
      durationSeconds: 300,
      host: 'http://127.0.0.1:1',
      shards: 1,
      seed: 7,
      stopTimeoutSeconds: 10,
    },
    versions: { nodeswarm: '0.1.0', node: '24.21.0' },
    machine: { hostname: 'bench', platform: 'linux', arch: 'x64', cpu: 'cpu', cores: 2, memoryBytes: 2 ** 33 },
    ...change,
  };
}

/** How the latency of a simulated backend behaves. */
export interface Simulation {
  seed: string;
  seconds: number;
  /** One entry a series. */
  series: {
    medianMs: number;
    /** Standard deviation of the log of single latencies. */
    sigma: number;
    requestsPerSecond: number;
    errorRate?: number;
    /** What the upper tenth of latencies is multiplied with. */
    tailFactor?: number;
  }[];
  /** Standard deviation of the log of a second's level, and how much of it lives on into the next second (AR(1)). */
  levelDeviation: number;
  phi: number;
  phaseOf?: (second: number) => Phase;
}

/** A run against a backend whose level wanders: the log of each second's latencies shares an AR(1) term. */
export function simulate(id: number, simulation: Simulation, change: Partial<RunRecord> = {}): ComparedRun {
  const random = new SeededRandom(simulation.seed);
  const { phi, levelDeviation } = simulation;
  const innovation = levelDeviation * Math.sqrt(1 - phi * phi);
  const levels = simulation.series.map(() => levelDeviation * gaussian(random));
  const seconds = Array.from({ length: simulation.seconds }, (_, at) => {
    const phase = simulation.phaseOf?.(at) ?? 'steady';
    const deltas = simulation.series.map(({ medianMs, sigma, requestsPerSecond, errorRate = 0, tailFactor = 1 }, index) => {
      const level = phi * (levels[index] as number) + innovation * gaussian(random);
      levels[index] = level;
      let failed = 0;
      const values = Array.from({ length: requestsPerSecond }, () => {
        if (random.float() < errorRate) failed++;
        const z = gaussian(random);
        // 1.2816 is the normal distribution's 90 %ile.
        return Math.round(1000 * medianMs * Math.exp(level + sigma * z) * (z > 1.2816 ? tailFactor : 1));
      });
      return delta(index, values, { failed, phase });
    });
    return second(at, deltas, { phase });
  });
  const series = simulation.series.map((_, index) => ({ method: 'POST', name: `/series/${index}` }));
  return { run: runRecord(id, change), series, seconds };
}
