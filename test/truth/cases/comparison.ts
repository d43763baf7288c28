import { setTimeout as sleep } from 'node:timers/promises';
import type { ScenarioDocument } from '../../../src/shared/scenario/schema';
import { type ComparedRun, compareRuns, type RunComparison } from '../../../src/shared/stats/comparison';
import { type Simulation, simulate } from '../../shared/stats/simulated-run';
import { bounded, type TruthCase } from '../checks';
import type { Laboratory, MeasuredRun } from '../laboratory';
import type { Behaviour } from '../server/behaviour';

const GENERATED_PAIRS = 200;
const SHIFTED_PAIRS = 100;
/** Long runs, which are compared by minutes: of a level with an autocorrelation time of two minutes. */
const LONG_PAIRS = 100;
const LONG_SHIFTED_PAIRS = 50;
const LONG: Partial<Simulation> = {
  seconds: 3 * 3600,
  levelDeviation: 0.1,
  phi: 0.983,
  series: [
    { medianMs: 40, sigma: 0.5, requestsPerSecond: 4 },
    { medianMs: 12, sigma: 0.8, requestsPerSecond: 2, errorRate: 0.01 },
  ],
};
const REAL_PAIRS = 20;
/**
 * Twenty processes that start at once on one processor keep each other from it for seconds. And twelve ms more than a second, so that their frames, which end
 * four times a second, do not all end at the same moment.
 */
const APART_MS = 1012;
/** A comparison takes 10 blocks of at least 10 s. */
const REAL_SECONDS = 112;
const RESAMPLES = 200;

/** Verdicts of the comparison where the answer is known. */
export function comparisonCases(laboratory: Laboratory): TruthCase[] {
  return [
    {
      name: 'comparison-generated',
      title: 'Comparison of generated runs, per-second levels with AR(1) dependence',
      run: async () => ({
        checks: [
          bounded(`A/A, ${GENERATED_PAIRS} pairs of 300 s: % with any alarm`, generatedAlarms(GENERATED_PAIRS), 'at most', 5, 1),
          bounded(
            `p95 shifted by 20 %, ${SHIFTED_PAIRS} pairs of 300 s: % found`,
            shiftsFound(SHIFTED_PAIRS, { phi: 0.5, levelDeviation: 0.1 }),
            'at least',
            90,
            1,
          ),
          bounded(`A/A, ${LONG_PAIRS} pairs of 3 h: % with any alarm`, generatedAlarms(LONG_PAIRS, LONG), 'at most', 5, 1),
          bounded(
            `p95 shifted by 20 %, ${LONG_SHIFTED_PAIRS} pairs of 3 h: % found`,
            shiftsFound(LONG_SHIFTED_PAIRS, LONG),
            'at least',
            90,
            1,
          ),
        ],
      }),
    },
    {
      name: 'comparison-real',
      title: `Comparison of ${REAL_PAIRS} pairs of real runs of the same backend`,
      run: () => realPairs(laboratory),
    },
  ];
}

/** Two series whose level wanders from second to second. */
function fleet(seed: string, change: Partial<Simulation> = {}): Simulation {
  return {
    seed,
    seconds: 300,
    levelDeviation: 0.15,
    phi: 0.7,
    series: [
      { medianMs: 40, sigma: 0.5, requestsPerSecond: 15 },
      { medianMs: 12, sigma: 0.8, requestsPerSecond: 5, errorRate: 0.01 },
    ],
    ...change,
  };
}

function generatedAlarms(pairs: number, change: Partial<Simulation> = {}): number {
  let alarms = 0;
  for (let pair = 0; pair < pairs; pair++) {
    const a = simulate(1, fleet(`truth A/A ${pair} a`, change));
    const b = simulate(2, fleet(`truth A/A ${pair} b`, change));
    if (raisesAlarm(compareRuns(a, b, { seed: pair, resamples: RESAMPLES }))) alarms++;
  }
  return (alarms / pairs) * 100;
}

/** All latencies of one series are 20 % longer, so its 95 %ile is. */
function shiftsFound(pairs: number, change: Partial<Simulation>): number {
  let found = 0;
  for (let pair = 0; pair < pairs; pair++) {
    const [first, ...others] = fleet('', change).series;
    if (!first) throw new Error('the generated fleet has no series');
    const a = simulate(1, fleet(`truth shift ${pair} a`, change));
    const slower = [{ ...first, medianMs: first.medianMs * 1.2 }, ...others];
    const b = simulate(2, fleet(`truth shift ${pair} b`, { ...change, series: slower }));
    const row = compareRuns(a, b, { seed: pair, resamples: RESAMPLES }).rows.find(({ name }) => name === '/series/0');
    if (row?.measures.find(({ measure }) => measure === 'p95')?.verdict === 'regression') found++;
  }
  return (found / pairs) * 100;
}

/** All runs A at once, then all runs B at once: so the two of a pair are minutes apart, as they are in life. */
async function realPairs(laboratory: Laboratory) {
  const pairs = Array.from({ length: REAL_PAIRS }, (_, pair) => pair);
  const waves: MeasuredRun[][] = [];
  for (const side of ['a', 'b']) {
    const behaviours = pairs.flatMap((pair): [string, Behaviour][] => [
      [`data-${pair}`, wandering(30, 0.5, `${side} data ${pair}`)],
      [`health-${pair}`, wandering(8, 0.8, `${side} health ${pair}`)],
    ]);
    const server = await laboratory.serve(Object.fromEntries(behaviours));
    try {
      const run = async (pair: number) => {
        await sleep(pair * APART_MS);
        return laboratory.measure(documentOf(server.url, pair), { seed: pair + 1, amongOthers: true });
      };
      waves.push(await Promise.all(pairs.map(run)));
    } finally {
      server.stop();
    }
  }
  const [a = [], b = []] = waves;
  const comparisons = pairs.map((pair) => compareRuns(compared(a[pair]), compared(b[pair]), { seed: pair }));
  const alarms = comparisons.filter(raisesAlarm);
  const counts = new Map<string, number>();
  for (const { verdict } of comparisons.flatMap(({ rows }) => rows.flatMap(({ measures }) => measures))) {
    counts.set(verdict, (counts.get(verdict) ?? 0) + 1);
  }
  const judged = comparisons.filter(({ rows }) =>
    rows.some(({ measures }) => measures.some(({ verdict }) => verdict !== 'not enough data')),
  );
  return {
    checks: [
      bounded(
        `A/A, ${REAL_PAIRS} pairs of ${REAL_SECONDS} s: % with any alarm`,
        (alarms.length / REAL_PAIRS) * 100,
        'at most',
        5,
        1,
      ),
      bounded('pairs that could be judged', judged.length, 'at least', REAL_PAIRS, 0),
    ],
    remarks: [
      `verdicts: ${[...counts].map(([verdict, count]) => `${count} ${verdict}`).join(', ')}`,
      ...alarms.map(({ headline }) => headline),
    ],
  };
}

function wandering(medianMs: number, sigma: number, seed: string): Behaviour {
  return { kind: 'wandering', distribution: { kind: 'lognormal', medianMs, sigma }, deviation: 0.1, phi: 0.5, seed };
}

function documentOf(baseUrl: string, pair: number): ScenarioDocument {
  const task = (name: string, weight: number) => ({
    name,
    weight,
    steps: [{ request: { path: `/${name}-${pair}/{{node.index}}`, name: `/${name}` } }],
  });
  return {
    nodeswarm: 1,
    name: `pair ${pair}`,
    target: { baseUrl },
    load: { nodes: 20, spawnRate: 20, durationSeconds: REAL_SECONDS },
    nodeTypes: [
      { name: 'node', wait: { kind: 'pacing', seconds: 1, align: 'random' }, tasks: [task('data', 3), task('health', 1)] },
    ],
  };
}

function compared(run: MeasuredRun | undefined): ComparedRun {
  if (!run) throw new Error('a run of a pair is missing');
  return { run: run.data.run, series: run.data.series, seconds: run.seconds };
}

function raisesAlarm({ rows }: RunComparison): boolean {
  return rows.some(({ measures }) => measures.some(({ verdict }) => verdict === 'regression' || verdict === 'improvement'));
}
