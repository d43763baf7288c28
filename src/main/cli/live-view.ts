import { createLogUpdate } from 'log-update';
import type { LiveRun } from '../runs/run';
import type { OutputStream } from './command-io';
import { cut, displayWidth } from './display-text';
import { currentParts, elapsedText, liveStatistics, progressBar, stoppingText } from './run-progress';
import type { RunView } from './run-view';
import { statisticsTable } from './statistics-table';
import type { Style } from './style';

/** Refreshes a second: four. */
const REFRESH_MS = 250;
const BAR_WIDTH = 24;
/** Lines besides the series: heading, rule, rule, Aggregated, "more", status, progress, one for the cursor. */
const OTHER_LINES = 8;
const DEFAULT_WIDTH = 80;
const DEFAULT_HEIGHT = 24;

/** The live table of a terminal: statistics, one line of current figures, one of progress. */
export class LiveView implements RunView {
  private run: LiveRun | null = null;
  private startedMs = 0;
  private timer: NodeJS.Timeout | null = null;
  private readonly update: ReturnType<typeof createLogUpdate>;
  /** The table is computed when a second has come; the lines below it at each refresh. */
  private table: string[] = [];
  private tableIsStale = true;
  private tableWidth = 0;

  constructor(
    private readonly stream: OutputStream,
    private readonly messages: OutputStream,
    private readonly style: Style,
  ) {
    this.update = createLogUpdate(stream as NodeJS.WriteStream);
  }

  start(run: LiveRun): void {
    this.run = run;
    this.startedMs = performance.now();
    run.on('second', this.noticeSecond);
    this.timer = setInterval(this.refresh, REFRESH_MS);
    this.refresh();
  }

  note(level: 'info' | 'warn' | 'error', text: string): void {
    this.update.clear();
    this.messages.write(`${level === 'info' ? '' : this.style(level === 'error' ? 'red' : 'yellow', `${level}: `)}${text}\n`);
    this.refresh();
  }

  stop(): void {
    if (!this.run) return;
    if (this.timer) clearInterval(this.timer);
    this.timer = null;
    this.run.off('second', this.noticeSecond);
    this.run = null;
    this.update.clear();
    this.update.done();
  }

  private readonly noticeSecond = (): void => {
    this.tableIsStale = true;
  };

  private readonly refresh = (): void => {
    const { run, stream } = this;
    if (!run) return;
    const size = { width: Math.max(20, stream.columns ?? DEFAULT_WIDTH), height: stream.rows ?? DEFAULT_HEIGHT };
    if (this.tableIsStale || this.tableWidth !== size.width) {
      this.tableWidth = size.width;
      this.table = tableLines(run, size, this.style);
      this.tableIsStale = false;
    }
    this.update(
      [...this.table, ...statusLines(run, size.width, this.style, (performance.now() - this.startedMs) / 1000)].join('\n'),
    );
  };
}

/** The statistics table, cut to what the terminal has room for. */
export function tableLines(run: LiveRun, size: { width: number; height: number }, style: Style): string[] {
  const { series, total } = liveStatistics(run);
  const maxSeries = Math.max(1, size.height - OTHER_LINES);
  return statisticsTable(series, total, { width: size.width, style, maxSeries }).lines;
}

/** The lines below the table: current figures, progress. `elapsedSeconds` is not of the wall clock, which may be set in mid-run. */
export function statusLines(run: LiveRun, width: number, style: Style, elapsedSeconds: number): string[] {
  const { durationSeconds } = run.record.options;
  const lines = joinWithin(currentParts(run, style), ' · ', width);
  if (run.stopping) {
    return [...lines, cut(stoppingText(run), width)];
  }
  const phase = run.recentSeconds[run.recentSeconds.length - 1]?.phase ?? 'ramp';
  const text = `${elapsedText(elapsedSeconds, durationSeconds)}, ${phase}`;
  const bar = durationSeconds === null ? '' : `${progressBar(elapsedSeconds / durationSeconds, Math.min(BAR_WIDTH, width - 2))} `;
  return [...lines, cut(`${bar}${text}`, width)];
}

/** Puts as many parts into a line as fit; the first that does not begins the next line. */
function joinWithin(parts: readonly string[], separator: string, width: number): string[] {
  const lines: string[] = [];
  for (const part of parts) {
    const line = lines[lines.length - 1];
    const longer = line === undefined ? part : line + separator + part;
    if (line !== undefined && displayWidth(longer) <= width) lines[lines.length - 1] = longer;
    else lines.push(part);
  }
  return lines;
}
