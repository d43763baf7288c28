import type { ScenarioDocument } from '../../../src/shared/scenario/schema';
import { type Calculation, calculate, type PacedNode, queueOf, type Service, serviceOf } from '../calculations/paced-nodes';
import { ascending, meanOf, percentileOf } from '../calculations/sample';
import { bounded, type Check, exactly, type TruthCase, within } from '../checks';
import type { Laboratory, MeasuredRun } from '../laboratory';
import type { Behaviour } from '../server/behaviour';
import type { LoggedRequest } from '../server/request-log';

/** Of the demand, and of the spawns: each node's grid begins at its spawn, so the fleet's is even. */
const PERIOD_US = 100_000;
/** Before the experiments these nodes send a few hundred requests: the first of a process take ms, for the code they run is not compiled yet. */
const WARM_UP = { name: 'warm-up', nodes: 10, requests: 40 };
/** When the experiments begin, in which the fleet is spawned in the order of its types. */
const BEGIN_US = WARM_UP.nodes * PERIOD_US;
/** Half a slot is left at the end, and of the saturated server's answers a good part, so that no count hangs on the last ms. */
const STOP_US = BEGIN_US + 30_150_000;

interface Experiment {
  name: string;
  title: string;
  nodes: number;
  onOverrun: 'queue' | 'skip' | 'shift';
  behaviour: Behaviour;
  service: (pathUs: number) => Service;
}

const STALL = { stallMs: 5000, otherwiseMs: 1, at: 50 };
const PER_SECOND = 5.5;

const EXPERIMENTS: Experiment[] = [
  ...(['queue', 'skip'] as const).flatMap((onOverrun) =>
    [1, 10].map((nodes) => ({
      name: `saturated-${onOverrun}-${nodes}`,
      title: `10/s asked of a server with capacity ${PER_SECOND}/s, ${nodes === 1 ? 'one node' : `${nodes} nodes`}; ${onOverrun}`,
      nodes,
      onOverrun,
      behaviour: { kind: 'capacity', perSecond: PER_SECOND } as const,
      service: (pathUs: number) => queueOf(PER_SECOND, pathUs),
    })),
  ),
  ...(['queue', 'skip', 'shift'] as const).map((onOverrun) => ({
    name: `stall-${onOverrun}`,
    title: `10/s asked, the server stalls for 5 s once and otherwise takes 1 ms; ${onOverrun}`,
    nodes: 1,
    onOverrun,
    behaviour: { kind: 'stall', ...STALL } as const,
    service: (pathUs: number) => serviceOf((nth) => (nth === STALL.at ? STALL.stallMs : STALL.otherwiseMs) * 1000, pathUs),
  })),
];

/** Response from schedule and missed sends against an exact queueing calculation: all experiments are node types of one run. */
export function coordinatedOmissionCase(laboratory: Laboratory): TruthCase {
  return {
    name: 'coordinated-omission',
    title: 'Coordinated omission: what a stalled or saturated server does to a planned load',
    run: async () => {
      const server = await laboratory.serve({
        [WARM_UP.name]: { kind: 'delay', distribution: { kind: 'constant', ms: 1 } },
        ...Object.fromEntries(EXPERIMENTS.map(({ name, behaviour }) => [name, behaviour])),
      });
      try {
        const run = await laboratory.measure(documentOf(server.url));
        const log = await server.log();
        const checks: Check[] = [];
        let firstNode = WARM_UP.nodes;
        for (const experiment of EXPERIMENTS) {
          checks.push(...checksOf(experiment, firstNode, run, log));
          firstNode += experiment.nodes;
        }
        return { checks, remarks: EXPERIMENTS.map(({ name, title }) => `${name}: ${title}`) };
      } finally {
        server.stop();
      }
    },
  };
}

function documentOf(baseUrl: string): ScenarioDocument {
  const warmUpStep = { request: { path: `/${WARM_UP.name}/{{node.index}}`, name: WARM_UP.name } };
  return {
    nodeswarm: 1,
    name: 'coordinated omission',
    target: { baseUrl },
    load: {
      nodes: EXPERIMENTS.reduce((sum, { nodes }) => sum + nodes, WARM_UP.nodes),
      spawnRate: 1e6 / PERIOD_US,
      durationSeconds: STOP_US / 1e6,
    },
    nodeTypes: [
      {
        name: WARM_UP.name,
        fixedCount: WARM_UP.nodes,
        wait: { kind: 'constant', seconds: STOP_US / 1e6 },
        tasks: [{ name: WARM_UP.name, steps: Array.from({ length: WARM_UP.requests }, () => warmUpStep) }],
      },
      ...EXPERIMENTS.map(({ name, nodes, onOverrun }) => ({
        name,
        fixedCount: nodes,
        wait: { kind: 'throughput' as const, perSecond: 1e6 / PERIOD_US / nodes, onOverrun },
        tasks: [{ name, steps: [{ request: { path: `/${name}/{{node.index}}`, name } }] }],
      })),
    ],
  };
}

/** What has to come out when the way there and back takes `pathUs`. */
function truthOf({ nodes, onOverrun, service }: Experiment, firstNode: number, pathUs: number): Calculation {
  const plan = Array.from({ length: nodes }, (_, node): PacedNode => {
    return { spawnUs: (firstNode + node) * PERIOD_US, periodUs: nodes * PERIOD_US, onOverrun };
  });
  return calculate(plan, service(pathUs), STOP_US);
}

function checksOf(experiment: Experiment, firstNode: number, run: MeasuredRun, log: readonly LoggedRequest[]): Check[] {
  const { name } = experiment;
  const seen = log.filter(({ path }) => path === name);
  const latency = ascending(seen.map(({ sentUs, receivedUs }) => sentUs - receivedUs));
  const total = run.data.totals.select(run.data.series.findIndex((series) => series.name === name));
  // The calculation knows the server; what the way there and back takes has to be told.
  const pathUs = Math.max(1, total.latency.percentile(50) - percentileOf(latency, 50));
  const truth = truthOf(experiment, firstNode, pathUs);
  const response = ascending(truth.requests.map(({ doneUs, intendedUs }) => doneUs - intendedUs));
  // Beside 2 %: a timer of the engine comes up to 1 ms after the slot, and the way takes its time.
  const limits = { share: 0.02, absolute: 2, unit: ' ms', digits: 1 };
  const checks = [
    exactly(`${name} requests`, truth.requests.length, total.completed),
    exactly(`${name} missed sends`, truth.missed, total.missed),
    exactly(`${name} seen by the server`, total.started, seen.length),
    ...[50, 90, 95, 99, 100].map((p) =>
      within(
        `${name} response from schedule ${p === 100 ? 'maximum' : `p${p}`}`,
        percentileOf(response, p) / 1000,
        total.responseFromSchedule.percentile(p) / 1000,
        limits,
      ),
    ),
    within(`${name} response from schedule mean`, meanOf(response) / 1000, total.responseFromSchedule.mean() / 1000, limits),
    ...[50, 95].map((p) =>
      within(`${name} latency p${p}`, percentileOf(latency, p) / 1000, total.latency.percentile(p) / 1000, limits),
    ),
  ];
  if (name !== 'stall-queue') return checks;
  const ratio = total.responseFromSchedule.percentile(95) / total.latency.percentile(95);
  return [...checks, bounded(`${name} p95 of response over latency`, ratio, 'at least', 100, 0)];
}
