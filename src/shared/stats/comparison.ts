import { type SeriesKey, seriesIdentity } from '../scenario/series';
import { stepSecondsOf, stepsOf } from './compared-step';
import { comparisonHeadline } from './comparison-headline';
import { type ComparisonWarning, comparisonWarnings } from './comparison-warnings';
import type { RunSecond } from './frame';
import type { RunRecord } from './run';
import {
  type Both,
  logUs,
  MIN_BLOCKS,
  PERCENTILE_OF,
  type RunSample,
  type SampledSteps,
  type SampleOptions,
  type SeriesSample,
  sampleRun,
} from './run-sample';
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

/** A run to compare, with its stored seconds. */
export interface ComparedRun {
  run: RunRecord;
  series: SeriesKey[];
  seconds: readonly RunSecond[];
}

/** A run to compare, with what was drawn of it. */
export interface SampledRun {
  run: RunRecord;
  series: SeriesKey[];
  sample: RunSample;
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
  /** What differs between the runs beside the backend. */
  warnings: ComparisonWarning[];
  /** What a reader of the verdicts has to know. */
  notes: string[];
}

/** Says of each series and measure whether B is worse than A, better, the same, or whether it cannot be told (docs/statistics.md, Comparing runs). */
export function compareRuns(a: ComparedRun, b: ComparedRun, options: SampleOptions = {}): RunComparison {
  return compareSampled(
    { run: a.run, series: a.series, sample: sampleRun(inSteps(a), ['a'], options) },
    { run: b.run, series: b.series, sample: sampleRun(inSteps(b), ['b'], options) },
  );
}

function inSteps({ series, seconds }: ComparedRun): SampledSteps {
  const stepSeconds = stepSecondsOf((seconds.at(-1)?.second ?? 0) - (seconds[0]?.second ?? 0) + 1);
  return { series, stepSeconds, groups: [{ seriesCount: series.length, steps: stepsOf(seconds, stepSeconds) }] };
}

/** As `compareRuns`, from samples that were drawn before. A's must be drawn for the place `a`, B's for `b`. */
export function compareSampled(a: SampledRun, b: SampledRun): RunComparison {
  const sides = { a: comparedSide(a), b: comparedSide(b) };
  const indexesInB = new Map(b.series.map((key, index) => [seriesIdentity(key), index]));
  const identitiesOfA = new Set(a.series.map(seriesIdentity));
  const drafts: RowDraft[] = [];
  a.series.forEach((key, indexInA) => {
    const sampleA = a.sample.series[indexInA];
    const sampleB = b.sample.series[indexesInB.get(seriesIdentity(key)) ?? -1];
    if (sampleA && sampleB) drafts.push(draftRow(key, { a: sampleA, b: sampleB }));
  });
  drafts.push(draftRow(AGGREGATED, { a: a.sample.aggregated, b: b.sample.aggregated }));
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

function comparedSide({ run, sample }: SampledRun): ComparedSide {
  return {
    id: run.id,
    name: run.name,
    startedAt: run.startedAt,
    seconds: sample.seconds,
    invalidSeconds: sample.invalidSeconds,
  };
}

/** A row before its verdicts, which need the p values of all rows. */
interface RowDraft {
  row: Omit<SeriesComparison, 'measures'>;
  measures: { comparison: MeasureComparison; effect: Effect | null }[];
}

function draftRow(key: SeriesKey, { a, b }: Both<SeriesSample>): RowDraft {
  return {
    row: {
      ...key,
      requests: { a: a.requests, b: b.requests },
      requestsPerSecond: { a: rate(a), b: rate(b) },
      blockSeconds: { a: a.blockSeconds, b: b.blockSeconds },
    },
    measures: MEASURES.map((measure) => compareMeasure(measure, a, b)),
  };
}

function rate({ requests, seconds }: SeriesSample): number {
  return seconds === 0 ? 0 : requests / seconds;
}

function compareMeasure(measure: Measure, a: SeriesSample, b: SeriesSample): RowDraft['measures'][number] {
  const isRate = measure === 'errorRate';
  const comparison: MeasureComparison = {
    measure,
    unit: isRate ? 'points' : 'percent',
    a: figure(measure, a),
    b: figure(measure, b),
    change: null,
    low: null,
    high: null,
    pValue: null,
    verdict: 'not enough data',
    reason: shortage(measure, a, 'A') || shortage(measure, b, 'B'),
  };
  if (comparison.reason) return { comparison, effect: null };
  const effect = effectOf(estimate(measure, a, 'a'), estimate(measure, b, 'b'));
  const shown = isRate ? (value: number) => value * 100 : (value: number) => Math.expm1(value) * 100;
  comparison.change = shown(effect.estimate);
  comparison.low = shown(effect.low);
  comparison.high = shown(effect.high);
  return { comparison, effect };
}

/** The measure as shown: ms or percent of requests; null without requests. */
function figure(measure: Measure, { measures }: SeriesSample): number | null {
  const { value } = measures[measure];
  if (value === null) return null;
  return measure === 'errorRate' ? value * 100 : value / 1000;
}

/** Why a run has too little to say of a measure; empty when it has enough. */
function shortage(
  measure: Measure,
  { requests, seconds, blocks, blockSeconds, measures }: SeriesSample,
  side: 'A' | 'B',
): string {
  if (requests === 0) return `${side} has no request in a steady, valid second.`;
  const { observations, standardErrors } = measures[measure];
  if (!standardErrors) {
    const made = `${blocks} ${blocks === 1 ? 'block' : 'blocks'} of ${blockSeconds} s`;
    return `${side} has ${seconds} steady, valid seconds, which make ${made}; at least ${MIN_BLOCKS} are needed.`;
  }
  const needed = measure === 'errorRate' ? 1 : minimumSamples(PERCENTILE_OF[measure]);
  if (observations >= needed) return '';
  return `${side} has ${observations} requests in steady, valid seconds; at least ${needed} are needed.`;
}

function estimate(measure: Measure, { measures, blocks }: SeriesSample, place: keyof Both<unknown>): Estimate {
  const { value, standardErrors } = measures[measure];
  const standardError = standardErrors?.[place];
  if (value === null || standardError === undefined) throw new Error(`The run was not sampled for its place (${place}).`);
  return { value: measure === 'errorRate' ? value : logUs(value), standardError, blocks };
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
    'Two runs show within-run evidence only: normal variation from run to run (caches, placement, neighbours) cannot be told from a change in the backend. Repeat both to be sure.',
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
