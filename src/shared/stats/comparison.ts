import { type SeriesKey, seriesIdentity } from '../scenario/series';
import { type Blocks, blocksOf, type Resamples, resample, standardDeviation } from './bootstrap';
import { comparisonHeadline } from './comparison-headline';
import { comparisonWarnings } from './comparison-warnings';
import type { RunSecond, SeriesDelta } from './frame';
import type { RunRecord } from './run';
import { SeededRandom } from './seeded-random';
import { SeriesHistory } from './series-history';
import { AGGREGATED, minimumSamples } from './summary';
import {
  type Effect,
  type Estimate,
  effectOf,
  holmAdjusted,
  MEASURES,
  type Measure,
  marginOf,
  type Verdict,
  verdictOf,
} from './verdict';

/** Fewest blocks that a run must have. */
const MIN_BLOCKS = 10;
const RESAMPLES = 1000;
const PERCENTILE_OF: Record<Exclude<Measure, 'errorRate'>, number> = { median: 50, p95: 95, p99: 99 };
const PERCENTILES = Object.values(PERCENTILE_OF);

/** A run to compare, with its stored seconds. */
export interface ComparedRun {
  run: RunRecord;
  series: SeriesKey[];
  seconds: readonly RunSecond[];
}

/** One value for each of the two runs. */
export interface Both<T> {
  a: T;
  b: T;
}

/** One measure of one series. */
export interface MeasureComparison {
  measure: Measure;
  /** `percent`: latencies, change relative to A. `points`: error rates in percent, change as their difference. */
  unit: 'percent' | 'points';
  /** ms, or percent of requests for the error rate; null without requests. */
  a: number | null;
  b: number | null;
  /** From A to B, with its 95 % interval; null without enough data. */
  change: number | null;
  low: number | null;
  high: number | null;
  /** Of no difference, Holm-adjusted over all series and measures of the comparison; null without enough data. */
  pValue: number | null;
  verdict: Verdict;
  /** Why there is not enough data; empty otherwise. */
  reason: string;
}

/** One series that both runs have, or all together. */
export interface SeriesComparison {
  method: string;
  name: string;
  requests: Both<number>;
  /** For information; it has no verdict, because the scenario sets it more than the backend does. */
  requestsPerSecond: Both<number>;
  /** Length of the blocks that were resampled. */
  blockSeconds: Both<number>;
  measures: MeasureComparison[];
}

/** What of a run was compared. */
export interface ComparedSide {
  id: number;
  name: string;
  startedAt: number;
  /** Steady, valid seconds. */
  seconds: number;
  /** Steady seconds left out because the generator could not keep up. */
  invalidSeconds: number;
}

/** A is what B is held against. */
export interface RunComparison {
  a: ComparedSide;
  b: ComparedSide;
  /** The outcome in a sentence. */
  headline: string;
  /** The series that both runs have, in A's order; the last row is Aggregated. */
  rows: SeriesComparison[];
  onlyInA: SeriesKey[];
  onlyInB: SeriesKey[];
  /** What differs between the runs beside the backend, as `nodes: A 100, B 200`. */
  warnings: string[];
  /** What a reader of the verdicts has to know. */
  notes: string[];
}

export interface ComparisonOptions {
  /** The same seed gives the same intervals. */
  seed?: number;
  /** 1000 unless told. */
  resamples?: number;
}

/** Says of each series and measure whether B is worse than A, better, the same, or whether it cannot be told (docs/statistics.md, Comparing runs). */
export function compareRuns(a: ComparedRun, b: ComparedRun, options: ComparisonOptions = {}): RunComparison {
  const sides = { a: comparedSide(a), b: comparedSide(b) };
  const histories = { a: historiesOf(a), b: historiesOf(b) };
  const indexesInB = new Map(b.series.map((key, index) => [seriesIdentity(key), index]));
  const identitiesOfA = new Set(a.series.map(seriesIdentity));
  const drafts: RowDraft[] = [];
  a.series.forEach((key, indexInA) => {
    const indexInB = indexesInB.get(seriesIdentity(key));
    if (indexInB === undefined) return;
    drafts.push(draftRow(key, histories.a.ofSeries(indexInA), histories.b.ofSeries(indexInB), options));
  });
  drafts.push(draftRow(AGGREGATED, histories.a.aggregated, histories.b.aggregated, options));
  const rows = judge(drafts);
  return {
    ...sides,
    headline: comparisonHeadline(sides.a, sides.b, rows),
    rows,
    onlyInA: a.series.filter((key) => !indexesInB.has(seriesIdentity(key))),
    onlyInB: b.series.filter((key) => !identitiesOfA.has(seriesIdentity(key))),
    warnings: comparisonWarnings(a.run, b.run),
    notes: notesOn(sides),
  };
}

/** Only full, steady seconds in which the generator kept up are compared. */
function isCompared(second: RunSecond): boolean {
  return isSteady(second) && second.health.valid;
}

function isSteady({ phase, lengthSeconds }: RunSecond): boolean {
  return phase === 'steady' && lengthSeconds >= 1;
}

function comparedSide({ run, seconds }: ComparedRun): ComparedSide {
  const steady = seconds.filter(isSteady);
  const valid = steady.filter(({ health }) => health.valid).length;
  return { id: run.id, name: run.name, startedAt: run.startedAt, seconds: valid, invalidSeconds: steady.length - valid };
}

/** The history of each series and of all together. Within a steady second, what was intended before it was steady is left out. */
function historiesOf({ series, seconds }: ComparedRun): {
  ofSeries: (index: number) => SeriesHistory;
  aggregated: SeriesHistory;
} {
  const compared = seconds.filter(isCompared);
  const all = compared.map((second) => second.series.filter(({ phase }) => phase === 'steady'));
  const bySeries = series.map(() => compared.map((): SeriesDelta[] => []));
  all.forEach((deltas, second) => {
    for (const delta of deltas) bySeries[delta.series]?.[second]?.push(delta);
  });
  return { ofSeries: (index) => new SeriesHistory(bySeries[index] ?? []), aggregated: new SeriesHistory(all) };
}

/** A row before its verdicts, which need the p values of all rows. */
interface RowDraft {
  row: Omit<SeriesComparison, 'measures'>;
  measures: { comparison: MeasureComparison; effect: Effect | null }[];
}

/** What one run has to say of one series. */
interface Sampled {
  history: SeriesHistory;
  blocks: Blocks;
  /** null without enough blocks. */
  resamples: Resamples | null;
}

function draftRow(key: SeriesKey, historyA: SeriesHistory, historyB: SeriesHistory, options: ComparisonOptions): RowDraft {
  const seed = `${options.seed ?? 1} ${seriesIdentity(key)}`;
  const a = sample(historyA, new SeededRandom(`${seed} A`), options.resamples);
  const b = sample(historyB, new SeededRandom(`${seed} B`), options.resamples);
  return {
    row: {
      ...key,
      requests: { a: historyA.requests, b: historyB.requests },
      requestsPerSecond: { a: rate(historyA), b: rate(historyB) },
      blockSeconds: { a: a.blocks.seconds, b: b.blocks.seconds },
    },
    measures: MEASURES.map((measure) => compareMeasure(measure, a, b)),
  };
}

function rate({ requests, seconds }: SeriesHistory): number {
  return seconds === 0 ? 0 : requests / seconds;
}

function sample(history: SeriesHistory, random: SeededRandom, resamples = RESAMPLES): Sampled {
  const blocks = blocksOf(history);
  const enough = blocks.count >= MIN_BLOCKS && history.requests > 0;
  return { history, blocks, resamples: enough ? resample(history, blocks, PERCENTILES, { resamples, random }) : null };
}

function compareMeasure(measure: Measure, a: Sampled, b: Sampled): RowDraft['measures'][number] {
  const [valueA, valueB] = [figure(measure, a.history), figure(measure, b.history)];
  const isRate = measure === 'errorRate';
  const comparison: MeasureComparison = {
    measure,
    unit: isRate ? 'points' : 'percent',
    a: valueA,
    b: valueB,
    change: null,
    low: null,
    high: null,
    pValue: null,
    verdict: 'not enough data',
    reason: shortage(measure, a, 'A') || shortage(measure, b, 'B'),
  };
  if (comparison.reason) return { comparison, effect: null };
  const effect = effectOf(estimate(measure, a), estimate(measure, b));
  const shown = isRate ? (value: number) => value * 100 : (value: number) => Math.expm1(value) * 100;
  comparison.change = shown(effect.estimate);
  comparison.low = shown(effect.low);
  comparison.high = shown(effect.high);
  return { comparison, effect };
}

/** The measure as shown: ms or percent of requests; null without requests. */
function figure(measure: Measure, history: SeriesHistory): number | null {
  if (measure === 'errorRate') return history.requests === 0 ? null : (history.failures / history.requests) * 100;
  return history.values === 0 ? null : percentileUs(measure, history) / 1000;
}

function percentileUs(measure: Exclude<Measure, 'errorRate'>, history: SeriesHistory): number {
  return history.valueOf(history.percentileBucket(PERCENTILE_OF[measure]));
}

/** Why a run has too little to say of a measure; empty when it has enough. */
function shortage(measure: Measure, { history, blocks, resamples }: Sampled, side: 'A' | 'B'): string {
  if (history.requests === 0) return `${side} has no request in a steady, valid second.`;
  if (!resamples) {
    return `${side} has ${history.seconds} steady, valid seconds, which make ${blocks.count} blocks of ${blocks.seconds} s; it takes ${MIN_BLOCKS}.`;
  }
  const needed = measure === 'errorRate' ? 1 : minimumSamples(PERCENTILE_OF[measure]);
  const available = measure === 'errorRate' ? history.requests : history.values;
  return available >= needed ? '' : `${side} has ${available} requests in steady, valid seconds; it takes ${needed}.`;
}

function estimate(measure: Measure, { history, blocks, resamples }: Sampled): Estimate {
  const isRate = measure === 'errorRate';
  const resampled = isRate
    ? resamples?.errorRates
    : resamples?.percentilesUs[PERCENTILES.indexOf(PERCENTILE_OF[measure])]?.map(logUs);
  return {
    value: isRate ? history.failures / history.requests : logUs(percentileUs(measure, history)),
    standardError: resampled ? standardDeviation(resampled) * Math.sqrt(blocks.varianceFactor) : 0,
    blocks: blocks.count,
  };
}

/** A latency below the clock's resolution counts as 1 us, because zero has no logarithm. */
function logUs(us: number): number {
  return Math.log(Math.max(1, us));
}

function judge(drafts: readonly RowDraft[]): SeriesComparison[] {
  const judged = drafts.flatMap(({ measures }) => measures).filter(({ effect }) => effect !== null);
  const adjusted = holmAdjusted(judged.map(({ effect }) => effect?.pValue ?? 1));
  judged.forEach(({ comparison, effect }, index) => {
    const pValue = adjusted[index] as number;
    comparison.pValue = pValue;
    if (effect) comparison.verdict = verdictOf(effect, pValue, marginOf(comparison.measure, comparison.a ?? 0));
  });
  return drafts.map(({ row, measures }) => ({ ...row, measures: measures.map(({ comparison }) => comparison) }));
}

function notesOn({ a, b }: Both<ComparedSide>): string[] {
  const notes = [
    'Two runs show within-run evidence only: what differs from run to run by itself (caches, placement, neighbours) cannot be told from a change of the backend. Repeat both to be sure.',
  ];
  for (const side of [a, b]) {
    if (side.invalidSeconds === 0) continue;
    const all = side.seconds + side.invalidSeconds;
    notes.push(
      `Run ${side.id}: ${side.invalidSeconds} of ${all} steady seconds are left out because the generator could not keep up.`,
    );
  }
  return notes;
}
