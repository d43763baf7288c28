import type { ScenarioDocument } from '../../../src/shared/scenario/schema';
import { kolmogorovSmirnov } from '../../support/goodness-of-fit';
import { calculate, serviceOf } from '../calculations/paced-nodes';
import { ascending, meanOf, percentileOf } from '../calculations/sample';
import { bounded, type Check, exactly, type TruthCase, within } from '../checks';
import type { Laboratory, MeasuredRun } from '../laboratory';
import type { Behaviour } from '../server/behaviour';
import { type LoggedRequest, type RequestColumns, rowsOf } from '../server/request-log';

type Wait = NonNullable<ScenarioDocument['nodeTypes'][number]['wait']>;

/** Spawns and slots fall on multiples of 4 ms; the end is half way between two, so that no count hangs on the last ms; nor, where overruns
 * move a grid, on what the way there and back takes. */
const SPAWN_RATE = 250;
const SECONDS = 24.602;
const SERVICE_MS = 1;
/** The 99 %ile of how late a request may reach the server: the tick of the timer wheel is 1 ms, the rest is the way there. */
const LATE_MS = 3;
/** Exceeded once in 1,000 by a true sample (Kolmogorov's distribution); the seed is fixed. */
const KS_LIMIT = 1.95;

/** Waits after the task: what the gaps must look like. */
interface RenewalType {
  name: string;
  wait: Wait;
  nodes: number;
  /** Gaps of each node that are looked at: so few that every node gets that far, because who counts until the end counts short gaps more. */
  gaps: number;
  meanSeconds: number;
  deviationSeconds: number;
  distribution: ((seconds: number) => number) | null;
}

const RENEWALS: RenewalType[] = [
  {
    name: 'constant',
    wait: { kind: 'constant', seconds: 0.25 },
    nodes: 40,
    gaps: 80,
    meanSeconds: 0.25,
    deviationSeconds: 0,
    distribution: null,
  },
  {
    name: 'between',
    wait: { kind: 'between', minSeconds: 0.1, maxSeconds: 0.5 },
    nodes: 40,
    gaps: 60,
    meanSeconds: 0.3,
    deviationSeconds: 0.4 / Math.sqrt(12),
    distribution: (seconds) => Math.min(1, Math.max(0, (seconds - 0.1) / 0.4)),
  },
  {
    name: 'exponential',
    wait: { kind: 'exponential', meanSeconds: 0.3 },
    nodes: 40,
    gaps: 45,
    meanSeconds: 0.3,
    deviationSeconds: 0.3,
    distribution: (seconds) => (seconds <= 0 ? 0 : -Math.expm1(-seconds / 0.3)),
  },
];

/** Waits on a grid that begins with the spawn and no request overruns its slot. */
const GRIDS = [
  ...(['skip', 'queue', 'shift'] as const).map((onOverrun) => ({
    name: `pacing-${onOverrun}`,
    wait: { kind: 'pacing', seconds: 0.4, onOverrun } satisfies Wait,
    periodSeconds: 0.4,
  })),
  { name: 'throughput', wait: { kind: 'throughput', perSecond: 3.125 } satisfies Wait, periodSeconds: 0.32 },
];
const GRID_NODES = 20;

const OVERRUNS = (['skip', 'queue', 'shift'] as const).map((onOverrun) => ({
  name: `overrun-${onOverrun}`,
  wait: { kind: 'pacing', seconds: 0.4, onOverrun } satisfies Wait,
  onOverrun,
}));
/** Every fifth answer of a node takes so long that it covers three slots. */
const OVERRUN = { stallMs: 1300, otherwiseMs: SERVICE_MS, at: 2, every: 5 };
const OVERRUN_NODES = 10;

const JITTER = {
  name: 'jitter',
  wait: { kind: 'pacing', seconds: 0.5, jitterSeconds: 0.3 } satisfies Wait,
  nodes: 40,
  periodSeconds: 0.5,
  jitterSeconds: 0.3,
};
const RANDOM = {
  name: 'align-random',
  wait: { kind: 'pacing', seconds: 2, align: 'random' } satisfies Wait,
  nodes: 400,
  periodSeconds: 2,
};
const CLOCK = {
  name: 'align-clock',
  wait: { kind: 'pacing', seconds: 1, align: 'clock' } satisfies Wait,
  nodes: 20,
  periodSeconds: 1,
};

const TYPES: { name: string; wait: Wait; nodes: number }[] = [
  ...RENEWALS,
  ...GRIDS.map((grid) => ({ ...grid, nodes: GRID_NODES })),
  ...OVERRUNS.map((overrun) => ({ ...overrun, nodes: OVERRUN_NODES })),
  JITTER,
  RANDOM,
  CLOCK,
];

/** Every wait at the server: rate and gaps as defined, for one shard and for four. */
export function waitCases(laboratory: Laboratory): TruthCase[] {
  return [1, 4].map((shards) => ({
    name: `waits-${shards}`,
    title: `Planned rate and gaps of every wait, ${shards === 1 ? 'one shard' : `${shards} shards`}`,
    run: async () => {
      const normal: Behaviour = { kind: 'delay', distribution: { kind: 'constant', ms: SERVICE_MS } };
      const behaviours: [string, Behaviour][] = TYPES.map(({ name }) => [
        name,
        name.startsWith('overrun') ? { kind: 'stall', ...OVERRUN } : normal,
      ]);
      const server = await laboratory.serve(Object.fromEntries(behaviours));
      try {
        const run = await laboratory.measure(documentOf(server.url, `waits, ${shards} shards`), { shards });
        const columns = await server.columns();
        return judge(new Arrivals(rowsOf(columns), columns, run, shards), run);
      } finally {
        server.stop();
      }
    },
  }));
}

function documentOf(baseUrl: string, name: string): ScenarioDocument {
  const nodes = TYPES.reduce((sum, type) => sum + type.nodes, 0);
  return {
    nodeswarm: 1,
    name,
    target: { baseUrl },
    load: { nodes, spawnRate: SPAWN_RATE, durationSeconds: SECONDS },
    nodeTypes: TYPES.map(({ name: type, wait, nodes: fixedCount }) => ({
      name: type,
      fixedCount,
      wait,
      tasks: [{ name: type, steps: [{ request: { path: `/${type}/{{node.index}}`, name: type } }] }],
    })),
  };
}

/** The server's log by node, on the clock of the run. */
class Arrivals {
  private readonly byType = new Map<string, Map<number, LoggedRequest[]>>();
  /** By shard: when its clock was at zero, us of the monotonic clock; told by the promptest of all requests on a grid. */
  readonly originsUs: number[];

  constructor(
    log: LoggedRequest[],
    readonly columns: RequestColumns,
    readonly run: MeasuredRun,
    readonly shards: number,
  ) {
    this.originsUs = Array.from({ length: shards }, () => Number.POSITIVE_INFINITY);
    for (const request of log) {
      let nodes = this.byType.get(request.path);
      if (!nodes) {
        nodes = new Map();
        this.byType.set(request.path, nodes);
      }
      const list = nodes.get(request.node);
      if (list) list.push(request);
      else nodes.set(request.node, [request]);
    }
    for (const { name, periodSeconds } of GRIDS) {
      for (const [node, requests] of this.of(name)) {
        requests.forEach(({ receivedUs }, slot) => {
          const originUs = receivedUs - spawnUs(node) - slot * periodSeconds * 1e6;
          this.originsUs[node % shards] = Math.min(this.originsUs[node % shards] as number, originUs);
        });
      }
    }
  }

  /** Requests of each node of a type, in order. */
  of(type: string): [number, LoggedRequest[]][] {
    return [...(this.byType.get(type) ?? new Map<number, LoggedRequest[]>())];
  }

  /** How late a request came, ms, less what the machine was held up in the meantime; `lateUs` after its time. */
  lateMs({ receivedUs }: LoggedRequest, lateUs: number): number {
    return lateUs / 1000 - this.run.machine.totalMs(receivedUs - lateUs, receivedUs);
  }

  /** When a request came, on the clock of its shard, us. */
  atUs({ node, receivedUs }: LoggedRequest): number {
    return receivedUs - (this.originsUs[node % this.shards] as number);
  }
}

function spawnUs(node: number): number {
  return (node / SPAWN_RATE) * 1e6;
}

function judge(arrivals: Arrivals, run: MeasuredRun): { checks: Check[]; remarks: string[] } {
  const skewMs = (Math.max(...arrivals.originsUs) - Math.min(...arrivals.originsUs)) / 1000;
  const { p50, p99, max } = run.report.generator.scheduleLagMs;
  return {
    checks: [
      ...renewalChecks(arrivals),
      ...GRIDS.flatMap(({ name, periodSeconds }) => gridChecks(arrivals, name, periodSeconds)),
      ...OVERRUNS.flatMap(({ name, onOverrun }) => overrunChecks(arrivals, run, name, onOverrun)),
      ...jitterChecks(arrivals),
      ...randomChecks(arrivals),
      ...clockChecks(arrivals),
    ],
    remarks: [
      `schedule lag as told by the engine: median ${p50} ms, p99 ${p99} ms, maximum ${max} ms; clocks of the shards ${skewMs.toFixed(2)} ms apart`,
    ],
  };
}

function renewalChecks(arrivals: Arrivals): Check[] {
  let overheadSeconds = 0;
  return RENEWALS.flatMap(({ name, nodes, gaps, meanSeconds, deviationSeconds, distribution }) => {
    const lists = arrivals.of(name).map(([, requests]) => requests);
    // From the answer to the next request: the wait, and what it takes to get there and back.
    const seen = lists.flatMap((requests) =>
      requests.slice(1, gaps + 1).map((request, k) => {
        const gapUs = request.receivedUs - (requests[k] as LoggedRequest).sentUs;
        return distribution ? gapUs / 1e6 : meanSeconds + arrivals.lateMs(request, gapUs - meanSeconds * 1e6) / 1000;
      }),
    );
    const sorted = ascending(seen);
    // The overhead is told by the wait that has no distribution, which comes first.
    if (!distribution) overheadSeconds = percentileOf(sorted, 50) - meanSeconds;
    const mean = meanOf(seen);
    const standardError = deviationSeconds / Math.sqrt(seen.length);
    return [
      exactly(`${name} gaps`, nodes * gaps, seen.length),
      within(`${name} mean gap`, meanSeconds + overheadSeconds, mean, {
        share: 0.001,
        absolute: 4 * standardError,
        unit: ' s',
        digits: 4,
      }),
      distribution
        ? bounded(
            `${name} Kolmogorov-Smirnov`,
            kolmogorovSmirnov(seen, (seconds) => distribution(seconds - overheadSeconds)),
            'at most',
            KS_LIMIT,
          )
        : bounded(`${name} earliest, ms after its time`, ((sorted[0] ?? 0) - meanSeconds) * 1000, 'at least', 0, 3),
      ...(distribution
        ? []
        : [bounded(`${name} p99, ms after its time`, (percentileOf(sorted, 99) - meanSeconds) * 1000, 'at most', LATE_MS, 3)]),
    ];
  });
}

function gridChecks(arrivals: Arrivals, name: string, periodSeconds: number): Check[] {
  const lateMs: number[] = [];
  let offGrid = 0;
  let expected = 0;
  let seen = 0;
  for (const [node, requests] of arrivals.of(name)) {
    expected += Math.ceil((SECONDS * 1e6 - spawnUs(node)) / (periodSeconds * 1e6));
    seen += requests.length;
    requests.forEach((request, slot) => {
      const late = arrivals.atUs(request) - spawnUs(node) - slot * periodSeconds * 1e6;
      lateMs.push(arrivals.lateMs(request, late));
      if (late > (periodSeconds / 2) * 1e6) offGrid++;
    });
  }
  return [
    exactly(`${name} requests`, expected, seen),
    exactly(`${name} not in their slot`, 0, offGrid),
    bounded(`${name} p99, ms after the slot`, percentileOf(ascending(lateMs), 99), 'at most', LATE_MS, 3),
  ];
}

function overrunChecks(arrivals: Arrivals, run: MeasuredRun, name: string, onOverrun: 'skip' | 'queue' | 'shift'): Check[] {
  const lateMs: number[] = [];
  let expected = 0;
  let missed = 0;
  let seen = 0;
  for (const [node, requests] of arrivals.of(name)) {
    const truth = calculate(
      [{ spawnUs: spawnUs(node), periodUs: 400_000, onOverrun }],
      serviceOf((nth) => (nth % OVERRUN.every === OVERRUN.at ? OVERRUN.stallMs : OVERRUN.otherwiseMs) * 1000, 0),
      SECONDS * 1e6,
    );
    expected += truth.requests.length;
    missed += truth.missed;
    seen += requests.length;
    requests.forEach((request, nth) => {
      const calculated = truth.requests[nth];
      if (calculated) lateMs.push(arrivals.lateMs(request, arrivals.atUs(request) - calculated.sentUs));
    });
  }
  const series = run.report.series.find((row) => row.name === name);
  // A grid that moves takes up the delay of each overrun; the others never do.
  const overruns = onOverrun === 'shift' ? SECONDS / 2.5 : 1;
  return [
    exactly(`${name} requests`, expected, seen),
    exactly(`${name} missed sends`, missed, series?.missed ?? -1),
    bounded(`${name} p99, ms after the calculation`, percentileOf(ascending(lateMs), 99), 'at most', LATE_MS * overruns, 3),
  ];
}

function jitterChecks(arrivals: Arrivals): Check[] {
  const offsets: number[] = [];
  let expected = 0;
  for (const [node, requests] of arrivals.of(JITTER.name)) {
    // The last slots may be displaced beyond the end.
    const sure = Math.floor((SECONDS - JITTER.jitterSeconds - spawnUs(node) / 1e6) / JITTER.periodSeconds);
    expected += sure;
    requests.slice(0, sure).forEach((request, slot) => {
      offsets.push((arrivals.atUs(request) - spawnUs(node)) / 1e6 - slot * JITTER.periodSeconds);
    });
  }
  return [
    exactly('jitter requests', expected, offsets.length),
    bounded('jitter earliest, ms after the slot', Math.min(...offsets) * 1000, 'at least', -0.1, 3),
    bounded(
      'jitter Kolmogorov-Smirnov',
      kolmogorovSmirnov(offsets, (seconds) => Math.min(1, Math.max(0, seconds / JITTER.jitterSeconds))),
      'at most',
      KS_LIMIT,
    ),
  ];
}

function randomChecks(arrivals: Arrivals): Check[] {
  const phases: number[] = [];
  const lateMs: number[] = [];
  for (const [node, requests] of arrivals.of(RANDOM.name)) {
    const first = requests[0] as LoggedRequest;
    phases.push((arrivals.atUs(first) - spawnUs(node)) / 1e6);
    // The promptest request of a node tells its grid.
    const offsets = requests.map((request, slot) => request.receivedUs - slot * RANDOM.periodSeconds * 1e6);
    const grid = Math.min(...offsets);
    requests.forEach((request, slot) => {
      lateMs.push(arrivals.lateMs(request, (offsets[slot] as number) - grid));
    });
  }
  return [
    exactly('align-random nodes', RANDOM.nodes, phases.length),
    bounded(
      'align-random Kolmogorov-Smirnov of the phases',
      kolmogorovSmirnov(phases, (seconds) => Math.min(1, Math.max(0, seconds / RANDOM.periodSeconds))),
      'at most',
      KS_LIMIT,
    ),
    bounded("align-random p99, ms after the node's grid", percentileOf(ascending(lateMs), 99), 'at most', LATE_MS, 3),
  ];
}

function clockChecks(arrivals: Arrivals): Check[] {
  const { wallClockOffsetUs } = arrivals.columns;
  const lateMs: number[] = [];
  const periodUs = CLOCK.periodSeconds * 1e6;
  for (const [, requests] of arrivals.of(CLOCK.name)) {
    // The first one has to connect, and all nodes do it at the same moment.
    for (const request of requests.slice(1)) {
      const phase = (request.receivedUs + wallClockOffsetUs) % periodUs;
      lateMs.push(arrivals.lateMs(request, phase > periodUs / 2 ? phase - periodUs : phase));
    }
  }
  const sorted = ascending(lateMs);
  return [
    exactly('align-clock nodes', CLOCK.nodes, arrivals.of(CLOCK.name).length),
    bounded('align-clock earliest, ms after the wall clock', sorted[0] ?? Number.NaN, 'at least', -1, 3),
    bounded('align-clock p99, ms after the wall clock', percentileOf(sorted, 99), 'at most', LATE_MS, 3),
  ];
}
