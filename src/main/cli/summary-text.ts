import type { Phase } from '../../shared/stats/frame';
import type { Histogram } from '../../shared/stats/histogram';
import { loadEditsText } from '../../shared/stats/load-edits';
import { buildReport, type ReportException, type ReportFailure, type RunReport } from '../../shared/stats/report';
import type { RunData } from '../../shared/stats/run';
import { AGGREGATED, isReliable, PERCENTILES, percentileList } from '../../shared/stats/summary';
import { displayWidth, pad, printable, wrap } from './display-text';
import { countOf, countText, durationText, msText, shareText, timeText } from './number-text';
import { statisticsTable } from './statistics-table';
import type { Style } from './style';
import { type Cell, type RenderedTable, renderTable } from './table';

/** Failures and exceptions listed; the rest is counted. */
const MAX_LISTED = 20;

export interface SummaryOptions {
  width: number;
  style: Style;
  /** What the user may want to know where it is: `[label, place]`. */
  results: readonly (readonly [string, string])[];
}

/** The summary of a run, as after `run` and by `show`: lines without line ends. */
export function summaryLines(data: RunData, options: SummaryOptions): string[] {
  const report = buildReport(data);
  const sections = [
    headLines(data, report, options),
    ...statisticsSections(data, report, options),
    percentileSection(data, report, options),
    failureSection(report, options),
    exceptionSection(report, options),
    taskSection(report, options),
    closingLines(data, report, options),
    resultLines(options),
  ];
  return sections.filter((lines) => lines.length > 0).flatMap((lines) => ['', ...lines]);
}

/** What it was, how it ended, and how far the numbers can be trusted. */
function headLines(data: RunData, report: RunReport, { style, width }: SummaryOptions): string[] {
  const { run } = data;
  const { nodes, spawnRate, host, seed, shards } = run.options;
  const seconds = data.totals.seconds();
  const title = run.id > 0 ? `Run ${run.id}, ${printable(run.name)}` : printable(run.name);
  const load = spawnRate === null ? `up to ${countOf(nodes, 'node')} in stages` : `${countOf(nodes, 'node')} at ${spawnRate}/s`;
  const edits = loadEditsText(data.events, durationText);
  const outcome = wrap(`${title}: ${statusText(run)} after ${durationText(seconds)}`, width);
  const lines = [
    ...outcome.map((line) => (line.startsWith(title) ? style('bold', title) + line.slice(title.length) : line)),
    ...wrap(
      `${load}${edits === null ? '' : `, ${edits},`} against ${printable(host)}, ${countOf(shards, 'shard')}, seed ${seed}, started ${timeText(run.startedAt)}`,
      width,
    ),
  ];
  const warn = (look: 'red' | 'yellow', text: string) => {
    for (const line of wrap(printable(text), width)) lines.push(style(look, line));
  };
  if (run.degraded) warn('red', `DEGRADED: part of the load was lost. ${run.statusReason}`);
  else if (run.statusReason) warn(run.status === 'failed' ? 'red' : 'yellow', run.statusReason);
  const { invalidSeconds } = report.generator;
  if (invalidSeconds > 0) {
    const of = `${countOf(invalidSeconds, 'second')} of ${countText(Math.ceil(seconds))}`;
    warn(
      'red',
      `GENERATOR-LIMITED in ${of}: this machine could not keep up, so times of these seconds say nothing about the backend.`,
    );
  }
  return lines;
}

function statusText({ status, degraded }: { status: string; degraded: boolean }): string {
  const words: Record<string, string> = {
    running: 'still running',
    stopped: 'stopped by the user',
    interrupted: 'interrupted (its process ended)',
    failed: 'failed',
  };
  return `${words[status] ?? status}${degraded ? ', degraded' : ''}`;
}

function statisticsSections(data: RunData, report: RunReport, options: SummaryOptions): string[][] {
  const { steady, phases } = report;
  const seconds = data.totals.seconds();
  if (seconds === 0) return [['The run ended before its first second was over; there are no statistics.']];
  const whole = tableSection(
    `Whole run, ${durationText(seconds)}`,
    statisticsTable(report.series, report.total, options),
    options,
  );
  if (!steady)
    return [
      [
        ...whole,
        ...wrap('There was no steady phase: the planned number of nodes was never up for a full second.', options.width).map(
          (line) => options.style('dim', line),
        ),
      ],
    ];
  // A run without ramp and cooldown is its steady phase.
  if (phases.ramp === 0 && phases.cooldown === 0) {
    return [
      tableSection(
        `Steady phase (the whole run), ${durationText(seconds)}`,
        statisticsTable(report.series, report.total, options),
        options,
      ),
    ];
  }
  const heading = `Steady phase, ${durationText(phases.steady)} (without ${durationText(phases.ramp)} of ramp and ${durationText(phases.cooldown)} of cooldown)`;
  return [tableSection(heading, statisticsTable(steady.series, steady.total, options), options), whole];
}

function tableSection(heading: string, table: RenderedTable, { style, width }: SummaryOptions): string[] {
  const lines = [...wrap(`${heading}; times in ms`, width).map((line) => style('cyan', line)), ...table.lines];
  if (table.leftOut.length > 0) {
    for (const line of wrap(`Columns left out to fit the width: ${table.leftOut.join(', ')}.`, width))
      lines.push(style('dim', line));
  }
  return lines;
}

function percentileSection(data: RunData, report: RunReport, options: SummaryOptions): string[] {
  if (report.total.requests === 0) return [];
  const phases: readonly Phase[] | undefined = report.steady?.total.requests ? ['steady'] : undefined;
  const rowOf = (method: string, name: string, histogram: Histogram, ruled = false) => ({
    cells: [printable(method), printable(name), ...percentileCells(histogram)],
    ruled,
  });
  const rows = data.series.map(({ method, name }, index) => rowOf(method, name, data.totals.select(index, phases).latency));
  const total = data.totals.select(null, phases);
  rows.push(rowOf(AGGREGATED.method, AGGREGATED.name, total.latency, true));
  rows.push(rowOf('', 'from schedule', total.responseFromSchedule));
  const columns = [
    { header: 'Method', align: 'left' as const },
    { header: 'Name', align: 'left' as const, minWidth: 12 },
    ...PERCENTILES.map((p, index) => ({
      header: `${p} %`,
      align: 'right' as const,
      dropRank: DROP_ORDER.indexOf(PERCENTILES[index] as number),
    })),
  ];
  const of = phases ? 'of the steady phase' : 'of the whole run';
  return tableSection(
    `Percentiles ${of}; the last row counts from the scheduled start`,
    renderTable(columns, rows, options),
    options,
  );
}

/** Percentiles, the first to go first, where the terminal is narrow. */
const DROP_ORDER: readonly number[] = [66, 80, 98, 75, 99.99, 90, 99.9, 50, 100, 99, 95];

function percentileCells(histogram: Histogram): Cell[] {
  return percentileList(histogram).map((ms, index) => {
    const text = msText(ms);
    return isReliable(PERCENTILES[index] as number, histogram.count) ? text : { text, look: 'dim' as const };
  });
}

function failureSection({ failures, total }: RunReport, options: SummaryOptions): string[] {
  if (failures.length === 0) return [];
  const { style, width } = options;
  const columns = [
    { header: 'Failures', align: 'right' as const },
    { header: 'Share', align: 'right' as const, dropRank: 1 },
    { header: 'Method', align: 'left' as const, dropRank: 2 },
    { header: 'Name', align: 'left' as const, minWidth: 12 },
    { header: 'Error', align: 'left' as const, minWidth: 16 },
    { header: 'Example', align: 'left' as const, minWidth: 20, dropRank: 0 },
  ];
  const rows = failures.slice(0, MAX_LISTED).map((failure: ReportFailure) => ({
    cells: [
      countText(failure.occurrences),
      shareText(failure.occurrences, total.requests),
      printable(failure.method),
      printable(failure.name),
      { text: printable(failure.error), look: 'red' as const },
      printable(failure.samples[0]?.detail ?? ''),
    ],
  }));
  const { lines } = renderTable(columns, rows, { width, style });
  return [
    ...wrap(`Failures: ${countOf(total.failures, 'request')} of ${countText(total.requests)}`, width).map((line) =>
      style('cyan', line),
    ),
    ...lines,
    ...moreLine(failures, style),
  ];
}

function exceptionSection({ exceptions }: RunReport, options: SummaryOptions): string[] {
  if (exceptions.length === 0) return [];
  const { style, width } = options;
  const columns = [
    { header: 'Count', align: 'right' as const },
    { header: 'Node type', align: 'left' as const, minWidth: 8, dropRank: 1 },
    { header: 'Task', align: 'left' as const, minWidth: 8 },
    { header: 'Step', align: 'right' as const, dropRank: 0 },
    { header: 'Message', align: 'left' as const, minWidth: 20 },
  ];
  const rows = exceptions.slice(0, MAX_LISTED).map((exception: ReportException) => ({
    cells: [
      countText(exception.occurrences),
      printable(exception.nodeType),
      printable(exception.task),
      String(exception.step + 1),
      { text: printable(exception.message), look: 'red' as const },
    ],
  }));
  const { lines } = renderTable(columns, rows, { width, style });
  const heading = wrap('Exceptions: steps that could not be carried out', width).map((line) => style('cyan', line));
  return [...heading, ...lines, ...moreLine(exceptions, style)];
}

function moreLine(list: readonly unknown[], style: Style): string[] {
  const more = list.length - MAX_LISTED;
  return more > 0 ? [style('dim', `… and ${more} more; see the reports`)] : [];
}

function taskSection({ tasks }: RunReport, { style, width }: SummaryOptions): string[] {
  if (tasks.length === 0) return [];
  const columns = [
    { header: 'Node type', align: 'left' as const, minWidth: 8 },
    { header: 'Task', align: 'left' as const, minWidth: 8 },
    { header: 'Weight', align: 'right' as const, dropRank: 0 },
    { header: 'Expected', align: 'right' as const, dropRank: 1 },
    { header: 'Executed', align: 'right' as const },
    { header: 'Ratio', align: 'right' as const },
  ];
  const rows = tasks.map(({ nodeType, task, weight, expectedRatio, executed, ratio }) => ({
    cells: [
      printable(nodeType),
      printable(task),
      String(weight),
      shareText(expectedRatio, 1),
      countText(executed),
      ratio === null ? '–' : shareText(ratio, 1),
    ],
  }));
  return [style('cyan', 'Tasks'), ...renderTable(columns, rows, { width, style }).lines];
}

/** Accounting, the generator's own health, and what happened on the way. */
function closingLines(data: RunData, report: RunReport, { style, width }: SummaryOptions): string[] {
  const { started, completed, failed, aborted, missed } = report.accounting;
  const { resent } = data.totals.select(null);
  const open = started - completed - failed - aborted;
  const parts = [`${countText(completed)} completed`, `${countText(failed)} failed`, `${countText(aborted)} aborted`];
  if (open !== 0) parts.push(`${countText(open)} in flight`);
  const lines = wrap(
    `Accounting: ${countText(started)} started = ${parts.join(' + ')}; ${countText(missed)} missed sends, ${countText(resent)} resent.`,
    width,
  );
  const { scheduleLagMs: lag, eventLoopUtilization: loop, invalidSeconds } = report.generator;
  const percent = (part: number) => `${Math.round(part * 100)} %`;
  const health =
    `Generator: schedule lag median ${msText(lag.p50)} ms, p99 ${msText(lag.p99)} ms, max ${msText(lag.max)} ms; event loop ` +
    `mean ${percent(loop.mean)}, max ${percent(loop.max)}; ${countOf(invalidSeconds, 'second')} generator-limited.`;
  lines.push(...wrap(health, width));
  for (const { atMs, kind, text } of data.events) {
    if (kind === 'spawn-done') continue;
    for (const line of wrap(`At ${durationText(atMs / 1000)}: ${printable(text)}`, width)) lines.push(style('yellow', line));
  }
  return lines;
}

function resultLines({ results, style }: SummaryOptions): string[] {
  if (results.length === 0) return [];
  const widest = Math.max(...results.map(([label]) => displayWidth(label)));
  return [style('cyan', 'Results'), ...results.map(([label, place]) => `  ${pad(label, widest, 'left')}  ${place}`)];
}
