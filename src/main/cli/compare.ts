import { seriesLabel } from '../../shared/scenario/series';
import type { MeasureComparison, RunComparison } from '../../shared/stats/comparison';
import { adviceOn, isWithoutVerdict } from '../../shared/stats/comparison-advice';
import { MEASURE_NAMES } from '../../shared/stats/comparison-headline';
import { warningText } from '../../shared/stats/comparison-warnings';
import type { RunRecord } from '../../shared/stats/run';
import type { Verdict } from '../../shared/stats/verdict';
import type { RunStore } from '../store/run-store';
import { parseExitCode, parseRunReference } from './arguments';
import type { CommandIo } from './command-io';
import { printable, wrap } from './display-text';
import { EXIT, usageError } from './exit-code';
import { durationText, msText, NO_VALUE, timeText } from './number-text';
import { readRun, withHistory } from './open-history';
import { outputWidth } from './output-width';
import { type Look, type Style, styleFor } from './style';
import { type Column, renderTable, type TableRow } from './table';

const VERDICTS: Record<Verdict, { sign: string; look?: Look }> = {
  regression: { sign: '▲', look: 'red' },
  improvement: { sign: '▼', look: 'green' },
  equivalent: { sign: '=' },
  inconclusive: { sign: '?', look: 'yellow' },
  'not enough data': { sign: '·', look: 'dim' },
};

const COLUMNS: readonly Column[] = [
  { header: 'Method', align: 'left', dropRank: 1 },
  { header: 'Name', align: 'left', minWidth: 12 },
  { header: 'Measure', align: 'left' },
  { header: 'A', align: 'right' },
  { header: 'B', align: 'right' },
  { header: 'Difference', align: 'right' },
  { header: '95 % interval', align: 'right', dropRank: 0 },
  { header: 'Verdict', align: 'left' },
];

/** Options as on the command line. */
export interface CompareValues {
  json?: boolean;
  db?: string;
  exitCodeOnRegression?: string;
}

/**
 * `nodeswarm compare A B`: whether B is worse than A, better or the same, for each series and measure. The exit code says it, too: 1 (or
 * another that was asked for) for a regression, 3 where there was nothing to judge.
 */
export async function compare(a: string, b: string, options: CompareValues, io: CommandIo): Promise<number> {
  const onRegression = parseExitCode(options.exitCodeOnRegression, '--exit-code-on-regression');
  const held = a === 'baseline' ? 'baseline' : parseRunReference(a);
  const judged = parseRunReference(b);
  const comparison = await withHistory(options.db, io, async (store, file) => {
    const { run } = await readRun(store, judged, file);
    const runId = held === 'baseline' ? await baselineOf(store, run) : (await readRun(store, held, file)).run.id;
    return await store.compareRuns({ runId }, { runId: run.id });
  });
  if (options.json) io.stdout.write(`${JSON.stringify(comparison, null, 2)}\n`);
  else {
    const lines = comparisonLines(comparison, { width: outputWidth(io.stdout), style: styleFor(io.stdout, io.env) });
    io.stdout.write(`${lines.join('\n')}\n`);
  }
  const verdicts = comparison.rows.flatMap(({ measures }) => measures.map(({ verdict }) => verdict));
  if (verdicts.includes('regression')) return onRegression;
  // What nothing is known of has not passed.
  return isWithoutVerdict(comparison) ? EXIT.impossible : EXIT.fine;
}

/** The id of the run that those of its scenario are held against. Throws a `CommandError` when none is, or it is the run itself. */
async function baselineOf(store: RunStore, { id, scenario }: RunRecord): Promise<number> {
  const baseline = (await store.listRuns()).find((run) => run.baseline && run.scenarioName === scenario.name);
  if (!baseline) {
    throw usageError(`"${printable(scenario.name)}" has no baseline yet; "nodeswarm baseline RUN" sets it`);
  }
  if (baseline.id === id) throw usageError(`run ${id} is the baseline itself; choose another run to compare with it`);
  return baseline.id;
}

/** A comparison in words and as a table. */
function comparisonLines(comparison: RunComparison, { width, style }: { width: number; style: Style }): string[] {
  const { a, b, headline, rows, onlyInA, onlyInB, warnings, notes } = comparison;
  const advice = adviceOn(comparison);
  const sideText = (letter: string, side: RunComparison['a']) =>
    `${letter}  run ${side.id}, ${printable(side.name)}, ${timeText(side.startedAt)}, ${durationText(side.seconds)} steady and valid`;
  const table = renderTable(COLUMNS, rows.flatMap(rowsOf), { width, style });
  const notesLines = [
    ...warnings.map((warning) => ({ look: 'yellow' as const, text: `Warning: ${printable(warningText(warning))}` })),
    ...onlyInA.map((key) => ({ look: 'yellow' as const, text: `Only in A: ${printable(seriesLabel(key))}` })),
    ...onlyInB.map((key) => ({ look: 'yellow' as const, text: `Only in B: ${printable(seriesLabel(key))}` })),
    ...reasonsOf(rows).map((text) => ({ look: 'dim' as const, text })),
    ...notes.map((text) => ({ look: 'dim' as const, text: printable(text) })),
  ];
  return [
    ...wrap(printable(headline), width).map((line) => style('bold', line)),
    ...(advice === null ? [] : wrap(advice, width)),
    ...[sideText('A', a), sideText('B', b)].flatMap((text) => wrap(text, width)),
    '',
    style('cyan', 'Times in ms, failures in percent of requests; steady, valid seconds only'),
    ...table.lines,
    '',
    ...notesLines.flatMap(({ look, text }) => wrap(text, width).map((line) => style(look, line))),
  ];
}

function rowsOf(row: RunComparison['rows'][number], index: number): TableRow[] {
  return row.measures.map((measure, place): TableRow => {
    const first = place === 0;
    const { sign, look } = VERDICTS[measure.verdict];
    const verdict = `${sign} ${measure.verdict}`;
    return {
      cells: [
        first ? printable(row.method) : '',
        first ? printable(row.name) : '',
        MEASURE_NAMES[measure.measure],
        figureText(measure, measure.a),
        figureText(measure, measure.b),
        changeText(measure),
        intervalText(measure),
        look ? { text: verdict, look } : verdict,
      ],
      ruled: first && index > 0,
    };
  });
}

/** Why some measures have no verdict, each reason once. */
function reasonsOf(rows: RunComparison['rows']): string[] {
  const reasons = rows.flatMap(({ measures }) => measures.map(({ reason }) => reason)).filter((reason) => reason !== '');
  return [...new Set(reasons)].map((reason) => `Not enough data: ${printable(reason)}`);
}

function figureText({ unit }: MeasureComparison, value: number | null): string {
  if (value === null) return NO_VALUE;
  return unit === 'percent' ? msText(value) : `${value.toFixed(2)} %`;
}

function changeText({ unit, change }: MeasureComparison): string {
  if (change === null) return NO_VALUE;
  return unit === 'percent' ? `${signed(change, 1)} %` : `${signed(change, 2)} points`;
}

function intervalText({ unit, low, high }: MeasureComparison): string {
  if (low === null || high === null) return NO_VALUE;
  const digits = unit === 'percent' ? 1 : 2;
  return `${signed(low, digits)} to ${signed(high, digits)}`;
}

/** With its sign; what rounds to nothing has none. */
function signed(value: number, digits: number): string {
  const text = Math.abs(value).toFixed(digits);
  if (Number(text) === 0) return text;
  return value > 0 ? `+${text}` : `-${text}`;
}
