import type { ScenarioDocument } from '../../../src/shared/scenario/schema';
import { Histogram } from '../../../src/shared/stats/histogram';
import { mergeDeltas } from '../../../src/shared/stats/packed-deltas';
import { minimumSamples } from '../../../src/shared/stats/summary';
import { ascending, percentileOf } from '../calculations/sample';
import { bounded, type CaseResult, type Check, type TruthCase, within } from '../checks';
import { HoldUps } from '../hold-ups';
import type { Laboratory, MeasuredRun, TimedFrame, TruthServerHandle } from '../laboratory';
import type { DelayDistribution } from '../server/delay-distribution';
import { type LoggedRequest, rowsOf } from '../server/request-log';

const DISTRIBUTIONS: DelayDistribution[] = [
  { kind: 'constant', ms: 5 },
  { kind: 'bimodal', fastMs: 2, slowMs: 20, slowShare: 0.3 },
  { kind: 'lognormal', medianMs: 8, sigma: 0.6 },
  { kind: 'heavy tail', medianMs: 5, sigma: 0.4, slowMs: 2000, slowShare: 0.001 },
];

/** Seconds long enough for a 99.9 %ile of the slowest. */
const RATES: { perSecond: number; seconds: number }[] = [
  { perSecond: 100, seconds: 32 },
  { perSecond: 1000, seconds: 12 },
  { perSecond: 5000, seconds: 12 },
  { perSecond: 20_000, seconds: 12 },
];

const PERCENTILES = [50, 90, 99, 99.9];
const NODE_RATE = 10;
/** What is looked at begins when the fleet is whole, and its process has compiled the code that it runs all the time. */
const RAMP_SECONDS = 4;
/** Beside the fleet, this share of nodes sends requests that take about 1.5 ms: their extra time is the floor of the path. */
const PROBE_SHARE = 0.1;
/**
 * A quarter of a second counts when it lies in a generator-valid second, and neither the server nor, on either processor, the machine was held
 * up for longer than this in it or shortly before: then the server would not know the truth (what waits for it to be read is in nobody's log), or the
 * machine would be measured. What is allowed is about what percentiles may differ by.
 */
const SERVER_HELD_UP_MS = 0.5;
const MACHINE_HELD_UP_MS = 0.3;
const SHORTLY_US = 20_000;
/** So much of the time must count. Where the machine is held up a few times a second, most of it does not. */
const COUNTING_SHARE = 0.2;
/** Length of a frame. */
const WINDOW_US = 250_000;
const PROBE: DelayDistribution = { kind: 'uniform', minMs: 1, maxMs: 2 };

/** The percentiles of known distributions of latency, at rates from a hundred to twenty thousand a second. */
export function latencyCases(laboratory: Laboratory): TruthCase[] {
  return DISTRIBUTIONS.map((distribution) => ({
    name: `latency-${distribution.kind.replace(' ', '-')}`,
    title: `Latency: ${titleOf(distribution)}`,
    run: async () => {
      const server = await laboratory.serve({});
      try {
        const results: CaseResult[] = [];
        for (const rate of RATES) results.push(await measure(laboratory, server, distribution, rate));
        return {
          checks: results.flatMap(({ checks }) => checks),
          remarks: results.flatMap(({ remarks = [] }) => remarks),
        };
      } finally {
        server.stop();
      }
    },
  }));
}

async function measure(
  laboratory: Laboratory,
  server: TruthServerHandle,
  distribution: DelayDistribution,
  { perSecond, seconds }: { perSecond: number; seconds: number },
): Promise<CaseResult> {
  server.behave({
    connect: { kind: 'delay', distribution: { kind: 'constant', ms: 0 } },
    work: { kind: 'delay', distribution },
    probe: { kind: 'delay', distribution: PROBE },
  });
  const run = await laboratory.measure(document(server.url, distribution, perSecond, seconds));
  const columns = await server.columns();
  const log = rowsOf(columns);
  const windows = countedWindows(run, HoldUps.ofPairs(columns.held));
  const work = samples(run, log, 'work', windows.counted);
  const probe = samples(run, log, 'probe', windows.counted);
  const floorUs = probe.measured.percentile(50) - percentileOf(probe.truth, 50);
  const rate = `${perSecond}/s`;
  const checks: Check[] = PERCENTILES.filter((p) => work.truth.length >= minimumSamples(p)).map((p) =>
    within(`${rate} p${p}`, (percentileOf(work.truth, p) + floorUs) / 1000, work.measured.percentile(p) / 1000, {
      share: 0.01,
      absolute: 0.2,
      unit: ' ms',
      digits: 3,
    }),
  );
  const floorTail = [99, 99.9].map((p) => ((probe.measured.percentile(p) - percentileOf(probe.truth, p)) / 1000).toFixed(3));
  const shown = `${rate}: floor of the path ${(floorUs / 1000).toFixed(3)} ms (at p99 ${floorTail[0]}, p99.9 ${floorTail[1]}), ${work.truth.length} requests in ${windows.counted.length / 4} of ${seconds} s; left out: ${windows.told}`;
  return {
    checks: [
      ...checks,
      bounded(`${rate} seconds that count`, windows.counted.length / 4, 'at least', seconds * COUNTING_SHARE, 1),
    ],
    remarks: [shown],
  };
}

interface Windows {
  counted: TimedFrame[];
  told: string;
}

function countedWindows(run: MeasuredRun, server: HoldUps): Windows {
  const whole = run.seconds.filter(({ second, lengthSeconds }) => second >= RAMP_SECONDS && lengthSeconds === 1);
  const steady = new Set(whole.map(({ second }) => second));
  const valid = new Set(whole.filter(({ health }) => health.valid).map(({ second }) => second));
  const left = {
    'generator-limited': 0,
    'server held up': 0,
    'machine held up': 0,
    "machine held up on the server's processor": 0,
  };
  const counted = run.frames.filter(({ fromUs, toUs, frame }) => {
    if (!steady.has(frame.second)) return false;
    const [from, to] = [run.beganUs + fromUs - SHORTLY_US, run.beganUs + toUs];
    if (!valid.has(frame.second)) left['generator-limited']++;
    else if (server.longestMs(from, to) > SERVER_HELD_UP_MS) left['server held up']++;
    else if (run.machine.longestMs(from, to) > MACHINE_HELD_UP_MS) left['machine held up']++;
    else if (run.serverMachine.longestMs(from, to) > MACHINE_HELD_UP_MS) left["machine held up on the server's processor"]++;
    else return true;
    return false;
  });
  const because = new Map<string, number>();
  for (const reason of whole.flatMap(({ health }) => health.reasons)) {
    const [kind = ''] = reason.split(':');
    because.set(kind, (because.get(kind) ?? 0) + 1);
  }
  const told = [
    ...Object.entries(left).map(([why, frames]) => `${why} ${frames / 4} s`),
    ...[...because].map(([reason, seconds]) => `(${reason}: ${seconds} s)`),
  ];
  return { counted, told: told.join(', ') };
}

function document(baseUrl: string, distribution: DelayDistribution, perSecond: number, seconds: number): ScenarioDocument {
  const nodes = perSecond / NODE_RATE;
  const probes = Math.ceil(nodes * PROBE_SHARE);
  const nodeType = (name: string, fixedCount: number): ScenarioDocument['nodeTypes'][number] => ({
    name,
    fixedCount,
    wait: { kind: 'throughput', perSecond: NODE_RATE, align: 'random' },
    // So that no request of the tasks has to connect.
    onStart: [{ request: { path: '/connect/{{node.index}}', name: 'connect' } }],
    tasks: [{ name, steps: [{ request: { path: `/${name}/{{node.index}}`, name } }] }],
  });
  return {
    nodeswarm: 1,
    name: `${distribution.kind} at ${perSecond}/s`,
    target: { baseUrl },
    load: { nodes: nodes + probes, spawnRate: (nodes + probes) / RAMP_SECONDS, durationSeconds: RAMP_SECONDS + seconds },
    nodeTypes: [nodeType('work', nodes), nodeType('probe', probes)],
  };
}

/** What the engine measured and what the server did, in the windows that count: by the moment of the answer. */
function samples(run: MeasuredRun, log: LoggedRequest[], name: string, windows: readonly TimedFrame[]) {
  const series = run.data.series.findIndex((key) => key.name === name);
  const measured = new Histogram();
  for (const { frame } of windows)
    for (const delta of mergeDeltas([frame.series])) if (delta.series === series) measured.add(delta.latency);
  const counted = new Set(windows.map(({ fromUs }) => Math.round(fromUs / WINDOW_US)));
  const truth = log.filter(({ path, sentUs }) => path === name && counted.has(Math.floor((sentUs - run.beganUs) / WINDOW_US)));
  return { measured, truth: ascending(truth.map(({ sentUs, receivedUs }) => sentUs - receivedUs)) };
}

function titleOf(distribution: DelayDistribution): string {
  switch (distribution.kind) {
    case 'constant':
      return `constant ${distribution.ms} ms`;
    case 'uniform':
      return `uniform ${distribution.minMs} to ${distribution.maxMs} ms`;
    case 'bimodal':
      return `bimodal, ${distribution.fastMs} ms or (${distribution.slowShare * 100} %) ${distribution.slowMs} ms`;
    case 'lognormal':
      return `lognormal, median ${distribution.medianMs} ms, sigma ${distribution.sigma}`;
    case 'heavy tail':
      return `lognormal, median ${distribution.medianMs} ms, sigma ${distribution.sigma}, but ${distribution.slowShare * 100} % ${distribution.slowMs} ms`;
  }
}
