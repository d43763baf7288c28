import { describe, expect, it } from 'vitest';
import { type ComparedRun, compareRuns, type RunComparison } from '../../../src/shared/stats/comparison';
import { warningText } from '../../../src/shared/stats/comparison-warnings';
import type { RunRecord } from '../../../src/shared/stats/run';
import type { Measure } from '../../../src/shared/stats/verdict';
import { delta, runRecord, type Simulation, second, simulate } from './simulated-run';

/** Two series whose level wanders by 15 % with an autocorrelation time of 5.7 s. */
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

function measure(comparison: RunComparison, name: string, which: Measure) {
  const found = comparison.rows.find((row) => row.name === name)?.measures.find((entry) => entry.measure === which);
  if (!found) throw new Error(`no ${which} of ${name}`);
  return found;
}

function verdicts(comparison: RunComparison): string[] {
  return comparison.rows.flatMap(({ measures }) => measures.map(({ verdict }) => verdict));
}

/** Every second the same requests. */
function still(id: number, valuesUs: readonly number[], failed = 0, seconds = 120, change: Partial<RunRecord> = {}): ComparedRun {
  return {
    run: runRecord(id, change),
    series: [{ method: 'GET', name: '/still' }],
    seconds: Array.from({ length: seconds }, (_, at) => second(at, [delta(0, valuesUs, { failed })])),
  };
}

describe('over many simulated pairs', { timeout: 180_000 }, () => {
  it.each([
    { phi: 0.7, levelDeviation: 0.15, seconds: 300, pairs: 400 },
    { phi: 0.3, levelDeviation: 0.3, seconds: 120, pairs: 200 },
  ])('two runs of the same backend (%o) are called different in at most 5 %', ({ phi, levelDeviation, seconds, pairs }) => {
    let alarms = 0;
    let judged = 0;
    for (let pair = 0; pair < pairs; pair++) {
      const change = { phi, levelDeviation, seconds };
      const a = simulate(1, fleet(`A/A ${phi} ${pair} a`, change));
      const b = simulate(2, fleet(`A/A ${phi} ${pair} b`, change));
      const all = verdicts(compareRuns(a, b, { seed: pair, resamples: 100 }));
      if (all.includes('regression') || all.includes('improvement')) alarms++;
      if (all.includes('equivalent') || all.includes('inconclusive')) judged++;
    }
    expect(judged).toBeGreaterThan(0.9 * pairs);
    expect(alarms).toBeLessThanOrEqual(0.05 * pairs);
  });

  it('long runs, which are compared by minutes, are called different in at most 5 %; a tail that is 20 % slower is found', () => {
    const pairs = 40;
    const slow = { medianMs: 40, sigma: 0.5, requestsPerSecond: 2 };
    // An autocorrelation time of a minute.
    const level = { phi: 0.967, levelDeviation: 0.1, seconds: 2.2 * 3600 };
    let alarms = 0;
    let found = 0;
    for (let pair = 0; pair < pairs; pair++) {
      const a = simulate(1, fleet(`long ${pair} a`, { ...level, series: [slow] }));
      const b = simulate(2, fleet(`long ${pair} b`, { ...level, series: [slow] }));
      const c = simulate(2, fleet(`long ${pair} c`, { ...level, series: [{ ...slow, medianMs: 48 }] }));
      const same = compareRuns(a, b, { seed: pair, resamples: 100 });
      expect((same.rows[0]?.blockSeconds.a ?? 0) % 60).toBe(0);
      if (verdicts(same).some((verdict) => verdict === 'regression' || verdict === 'improvement')) alarms++;
      if (measure(compareRuns(a, c, { seed: pair, resamples: 100 }), '/series/0', 'p95').verdict === 'regression') found++;
    }
    expect(alarms).toBeLessThanOrEqual(0.05 * pairs);
    expect(found).toBeGreaterThanOrEqual(0.9 * pairs);
  });

  it('a tail that is 20 % slower is found in at least 90 % of runs of 300 s', () => {
    const pairs = 100;
    let found = 0;
    const level = { phi: 0.5, levelDeviation: 0.1 };
    for (let pair = 0; pair < pairs; pair++) {
      const a = simulate(1, fleet(`power ${pair} a`, level));
      const slower = [{ medianMs: 40, sigma: 0.5, requestsPerSecond: 15, tailFactor: 1.2 }, ...fleet('').series.slice(1)];
      const b = simulate(2, fleet(`power ${pair} b`, { ...level, series: slower }));
      if (measure(compareRuns(a, b, { seed: pair, resamples: 100 }), '/series/0', 'p95').verdict === 'regression') found++;
    }
    expect(found).toBeGreaterThanOrEqual(0.9 * pairs);
  });
});

describe('a comparison', () => {
  it('gives the figures that it gave before it was made faster', () => {
    const slower = [{ medianMs: 40, sigma: 0.5, requestsPerSecond: 15, tailFactor: 1.3 }, ...fleet('').series.slice(1)];
    const comparison = compareRuns(simulate(1, fleet('pinned a')), simulate(2, fleet('pinned b', { series: slower })));
    const figures = comparison.rows.flatMap(({ measures }) => measures.map(({ change, low, high }) => [change, low, high]));
    // Written down with a version that merged every second's histograms before it began.
    const expected = [
      [-2.5559743404137047, -8.171472371175433, 3.4029226203727982],
      [28.22610284466184, 19.056682996866535, 38.101726311008775],
      [34.866161294908906, 23.86896522011979, 46.83969814474563],
      [0, 0, 0],
      [-0.8130769882272151, -8.754180402168119, 7.819138892113214],
      [10.393486514363463, -4.41745798906702, 27.499453439970228],
      [30.686353316128535, 3.3788867273756367, 65.20706968055723],
      [0.5333333333333334, -0.2862180013157651, 1.352884667982432],
      [-2.661676024121342, -8.565854311965882, 3.6237528456840336],
      [25.574999719375448, 16.257357743266837, 35.639419823597585],
      [35.080921441228526, 21.276566368096177, 50.45656291116345],
      [0.13333333333333336, -0.07717469318622161, 0.34384135985288833],
    ];
    expect(figures).toHaveLength(expected.length);
    for (const [row, values] of expected.entries()) {
      for (const [place, value] of values.entries()) expect(figures[row]?.[place]).toBeCloseTo(value, 9);
    }
  });

  it('calls long, quiet runs of the same backend equivalent, and says so', () => {
    const quiet = { seconds: 600, levelDeviation: 0.02, phi: 0.3, series: [{ medianMs: 40, sigma: 0.3, requestsPerSecond: 40 }] };
    const comparison = compareRuns(simulate(1, fleet('quiet a', quiet)), simulate(2, fleet('quiet b', quiet)));
    expect(new Set(verdicts(comparison))).toEqual(new Set(['equivalent']));
    expect(comparison.headline).toBe('Run 2 is equivalent to run 1 in all 8 measures.');
    expect(comparison.warnings).toEqual([]);
  });

  it('finds a slower backend slower, the other way round faster, and says by how much', () => {
    const a = simulate(12, fleet('before'));
    const b = simulate(
      14,
      fleet('after', { series: fleet('').series.map((series) => ({ ...series, medianMs: 1.5 * series.medianMs })) }),
    );
    const slower = compareRuns(a, b);
    const p95 = measure(slower, '/series/0', 'p95');
    expect(p95).toMatchObject({ verdict: 'regression', unit: 'percent', reason: '' });
    expect(p95.low).toBeLessThan(50);
    expect(p95.high).toBeGreaterThan(50);
    expect(slower.headline).toMatch(
      /^Run 14 is slower than run 12: \w+ of POST \/series\/\d \+\d+ % \(\d+ % to \d+ %\); \d more regressions$/,
    );
    const faster = compareRuns(b, a);
    expect(measure(faster, '/series/0', 'p95').verdict).toBe('improvement');
    expect(faster.headline).toMatch(/^Run 12 is faster than run 14: \w+ of POST \/series\/\d -\d+ %/);
  });

  it('tells thousands of percent as other large numbers', () => {
    const after = fleet('far', { series: fleet('').series.map((series) => ({ ...series, medianMs: 60 * series.medianMs })) });
    expect(compareRuns(simulate(1, fleet('near')), simulate(2, after)).headline).toMatch(
      /^Run 2 is slower than run 1: \w+ of POST \/series\/\d \+\d,\d{3} % \(\d,\d{3} % to \d,\d{3} %\); \d more regressions$/,
    );
  });

  it('finds more failures, in points', () => {
    const failing = fleet('').series.map((series) => ({ ...series, errorRate: 0.05 }));
    const comparison = compareRuns(simulate(1, fleet('few')), simulate(2, fleet('many', { series: failing })));
    const errorRate = measure(comparison, '/series/0', 'errorRate');
    expect(errorRate).toMatchObject({ verdict: 'regression', unit: 'points', a: 0 });
    expect(errorRate.b).toBeCloseTo(5, 0);
    expect(comparison.headline).toMatch(
      /^Run 2 fails more often than run 1: error rate of POST \/series\/0 \+[\d.]+ points \([\d.]+ to [\d.]+\)/,
    );
  });

  it('gives the same numbers for the same seed and nearly the same for another', () => {
    const [a, b] = [simulate(1, fleet('seeded a')), simulate(2, fleet('seeded b'))];
    expect(compareRuns(a, b)).toEqual(compareRuns(a, b));
    const [one, two] = [1, 2].map((seed) => measure(compareRuns(a, b, { seed }), '/series/0', 'median'));
    expect(one?.low).not.toBe(two?.low);
    expect(Math.abs((one?.low ?? 0) - (two?.low ?? 0))).toBeLessThan(0.15 * ((one?.high ?? 0) - (one?.low ?? 0)));
  });

  it('has an interval as wide as the estimate varies from run to run', () => {
    const medians = Array.from({ length: 150 }, (_, i) =>
      simulate(1, fleet(`spread ${i}`, { series: fleet('').series.slice(0, 1) })),
    );
    const changes: number[] = [];
    let halfWidths = 0;
    for (let i = 0; i < medians.length; i += 2) {
      const { change, low, high } = measure(
        compareRuns(medians[i] as ComparedRun, medians[i + 1] as ComparedRun, { seed: i, resamples: 100 }),
        '/series/0',
        'median',
      );
      // The few that wander too slowly for ten blocks have no interval.
      if (change === null || low === null || high === null) continue;
      changes.push(Math.log1p(change / 100));
      halfWidths += (Math.log1p(high / 100) - Math.log1p(low / 100)) / 2;
    }
    expect(changes.length).toBeGreaterThan(70);
    const deviation = Math.sqrt(changes.reduce((sum, change) => sum + change * change, 0) / changes.length);
    // t of about 30 degrees of freedom, give or take what 75 pairs allow.
    expect(halfWidths / changes.length / deviation).toBeGreaterThan(2.04 * 0.85);
    expect(halfWidths / changes.length / deviation).toBeLessThan(2.04 * 1.25);
  });
});

describe('runs without variation', () => {
  it('are equivalent when equal, without a failure', () => {
    const comparison = compareRuns(still(1, [20_000, 20_000, 20_000]), still(2, [20_000, 20_000, 20_000]));
    expect(new Set(verdicts(comparison))).toEqual(new Set(['equivalent']));
    expect(measure(comparison, '/still', 'errorRate')).toMatchObject({ a: 0, b: 0, change: 0, low: 0, high: 0, pValue: 1 });
  });

  it('differ as soon as the margin is passed', () => {
    const compare = (us: number) => compareRuns(still(1, [20_000, 20_000, 20_000]), still(2, [us, us, us]));
    expect(verdicts(compare(20_900)).slice(0, 3)).toEqual(['equivalent', 'equivalent', 'equivalent']);
    expect(verdicts(compare(21_500)).slice(0, 3)).toEqual(['regression', 'equivalent', 'equivalent']);
    expect(verdicts(compare(23_000)).slice(0, 3)).toEqual(['regression', 'regression', 'regression']);
    expect(verdicts(compare(17_000)).slice(0, 3)).toEqual(['improvement', 'improvement', 'improvement']);
  });

  it('do not differ in the tail by less than 1 ms, however many percent that is', () => {
    const compare = (us: number) => compareRuns(still(1, [2000, 2000, 2000]), still(2, [us, us, us]));
    expect(verdicts(compare(2900)).slice(0, 3)).toEqual(['regression', 'equivalent', 'equivalent']);
    expect(verdicts(compare(3100)).slice(0, 3)).toEqual(['regression', 'regression', 'regression']);
    expect(verdicts(compare(1200)).slice(1, 3)).toEqual(['equivalent', 'equivalent']);
  });
});

describe('what is left out', () => {
  it('is too short a run: no verdict, and why', () => {
    const comparison = compareRuns(still(1, [1000, 1000, 1000], 0, 99), still(2, [2000, 2000, 2000]));
    expect(new Set(verdicts(comparison))).toEqual(new Set(['not enough data']));
    const reason = 'A has 99 steady, valid seconds, which make 9 blocks of 10 s; at least 10 are needed.';
    expect(measure(comparison, '/still', 'median')).toMatchObject({ a: 1, b: 2, change: null, pValue: null, reason });
    expect(comparison.headline).toBe(`Run 2 cannot be compared with run 1: not enough data. ${reason}`);
  });

  it('is too short a run also where a series is over before the steady phase: the reason is that of all requests', () => {
    const greeted = (id: number) => {
      const run = still(id, [1000, 1000, 1000], 0, 99);
      const seconds = run.seconds.map((each) => ({ ...each, series: each.series.map((delta) => ({ ...delta, series: 1 })) }));
      return { ...run, series: [{ method: 'GET', name: '/greet' }, ...run.series], seconds };
    };
    const { rows, headline } = compareRuns(greeted(1), greeted(2));
    expect(rows.flatMap(({ measures }) => measures[0]?.reason)).toContain('A has no request in a steady, valid second.');
    expect(headline).toContain('not enough data. A has 99 steady, valid seconds');
  });

  it('is a percentile that rests on too few requests', () => {
    const comparison = compareRuns(still(1, [1000]), still(2, [1000]));
    expect(measure(comparison, '/still', 'p95').verdict).toBe('equivalent');
    expect(measure(comparison, '/still', 'p99')).toMatchObject({
      verdict: 'not enough data',
      reason: 'A has 120 requests in steady, valid seconds; at least 300 are needed.',
    });
  });

  it('is every second that is not steady, not valid or not whole', () => {
    const a = still(1, [1000, 1000, 1000]);
    const wild = [delta(0, [9e6, 9e6, 9e6], { failed: 3 })];
    const seconds = [
      second(900, wild, { phase: 'ramp' }),
      ...a.seconds,
      second(901, wild, { health: { ...second(0, []).health, valid: false, reasons: ['schedule lag'] } }),
      second(902, wild, { lengthSeconds: 0.5 }),
      second(903, [delta(0, [9e6], { phase: 'ramp' })]),
      second(904, wild, { phase: 'cooldown' }),
    ];
    const comparison = compareRuns(a, { ...a, run: runRecord(2), seconds });
    expect(measure(comparison, '/still', 'p99')).toMatchObject({ a: 1, b: 1, verdict: 'equivalent' });
    expect(comparison.b).toMatchObject({ seconds: 121, invalidSeconds: 1 });
    expect(comparison.notes).toHaveLength(2);
    expect(comparison.notes[0]).toContain('within-run evidence only');
    expect(comparison.notes[1]).toBe('Run 2: 1 of 122 steady seconds are left out because the generator could not keep up.');
  });

  it('is a series that only one run has, or that was never asked for', () => {
    const a = simulate(1, fleet('names a'));
    const b = simulate(2, fleet('names b'));
    b.series = [
      { method: 'GET', name: '/new' },
      { method: 'POST', name: '/series/0' },
    ];
    const comparison = compareRuns(a, b);
    expect(comparison.onlyInA).toEqual([{ method: 'POST', name: '/series/1' }]);
    expect(comparison.onlyInB).toEqual([{ method: 'GET', name: '/new' }]);
    // Matched by name: A's first series is B's second.
    expect(comparison.rows.map(({ name }) => name)).toEqual(['/series/0', 'Aggregated']);
    expect(comparison.rows[0]?.requests).toEqual({ a: 4500, b: 1500 });
    expect(comparison.rows[0]?.requestsPerSecond).toEqual({ a: 15, b: 5 });
    const silent = compareRuns(
      { ...a, series: [...a.series, { method: 'GET', name: '/never' }] },
      { ...a, series: [...a.series, { method: 'GET', name: '/never' }] },
    );
    expect(measure(silent, '/never', 'median')).toMatchObject({ a: null, b: null, verdict: 'not enough data' });
  });

  it('is nothing at all when a run has no seconds', () => {
    const empty = { run: runRecord(2), series: [{ method: 'GET', name: '/still' }], seconds: [] };
    expect(compareRuns(still(1, [1000]), empty).headline).toBe(
      'Run 2 cannot be compared with run 1: not enough data. B has no request in a steady, valid second.',
    );
  });
});

describe('warnings', () => {
  it('name what differs beside the backend, with both values', () => {
    const a = still(1, [1000]);
    const { scenario, options, machine } = a.run;
    const [nodeType] = scenario.nodeTypes;
    if (!nodeType) throw new Error('no node type');
    const b = still(2, [1000], 0, 120, {
      scenarioHash: 'fedcba9876543210',
      scenario: { ...scenario, nodeTypes: [{ ...nodeType, wait: { kind: 'constant', seconds: 2 } }] },
      options: { ...options, nodes: 200, durationSeconds: null, shards: 3, spawnRate: null },
      machine: { ...machine, hostname: 'other' },
      degraded: true,
    });
    expect(compareRuns(a, b).warnings.map((warning) => warningText(warning))).toEqual([
      'scenario: A simulated (01234567), B simulated (fedcba98)',
      'nodes: A 100, B 200',
      'spawn rate: A 10/s, B stages',
      'wait of IoTNode: A pacing 5 s (skip, jitter 0 s, align spawn), B constant 2 s',
      'duration: A 300 s, B until stopped',
      'shards: A 1, B 3',
      'machine: A bench (linux x64; 2 x cpu; 8.0 GiB), B other (linux x64; 2 x cpu; 8.0 GiB)',
      'status: A finished, B finished, degraded',
    ]);
  });

  it('call the second run what it is called, whatever the values say', () => {
    expect(warningText({ field: 'scenario', a: 'Plants A, B and C', b: 'x, B y' }, 'D')).toBe(
      'scenario: A Plants A, B and C, D x, B y',
    );
  });
});
