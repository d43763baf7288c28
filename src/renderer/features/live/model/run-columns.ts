import type { HeatColumn, RunCourse, SecondView } from '../../../../shared/api/types';
import { chartRate } from '../../../../shared/stats/chart-rate';
import { PHASES, type Phase } from '../../../../shared/stats/frame';
import { HEAT_ROWS } from '../../../../shared/stats/heat';
import { readHeatText } from '../../../../shared/stats/heat-text';
import type { SecondPercentiles } from '../../../../shared/stats/summary';
import { MAX_REASONS } from '../../../../shared/stats/validity';
import type { TimeColumn, TimeRange } from '../../../charts/time-column';

/** Figures of a second of one series, or of all. Times in ms. */
export const MEASURES = ['requests', 'failures', 'p50', 'p90', 'p95', 'p99', 'max'] as const;
export type Measure = (typeof MEASURES)[number];
const RATES = ['requests', 'failures'] as const satisfies readonly Measure[];

type FigureColumns = Record<Measure, Float32Array>;

/** Seconds kept: a little over a day. Older ones make room; the store has them all. */
export const MAX_SECONDS = 90_000;
const FIRST_CAPACITY = 1024;
/** No phase: nothing is known of the second. */
const UNKNOWN = 255;

/**
 * The course of a run, column by column, outside React: what charts draw. Row i is the second `firstSecond + i`; seconds may come in any order and more
 * than once (first those of the store, then those of the run, or the other way round). NaN where there is nothing. Of a single series nothing is kept
 * until it is asked for (`keepSeries`): those of 1,000 series would be 28 KB a second.
 */
export class RunColumns {
  private capacity: number;
  private rows = 0;
  private first = 0;
  private clock: Float64Array;
  private readonly states: Record<'nodes' | 'plannedNodes' | 'scheduleLagP99Ms', Float32Array>;
  private phases: Uint8Array;
  private valid: Uint8Array;
  private total: FigureColumns;
  /** Of the series that are kept. */
  private readonly bySeries = new Map<number, FigureColumns>();
  private heat: Uint32Array;
  /** Ascending. */
  private reasonsOf = new Map<number, readonly string[]>();

  constructor(private readonly maxSeconds: number = MAX_SECONDS) {
    this.capacity = Math.min(FIRST_CAPACITY, maxSeconds);
    this.clock = Float64Array.from({ length: this.capacity }, (_, row) => row);
    this.states = { nodes: this.empty(), plannedNodes: this.empty(), scheduleLagP99Ms: this.empty() };
    this.phases = new Uint8Array(this.capacity).fill(UNKNOWN);
    this.valid = new Uint8Array(this.capacity).fill(1);
    this.total = this.emptyFigures();
    this.heat = new Uint32Array(this.capacity * HEAT_ROWS);
  }

  /** Rows, from `firstSecond` on. */
  get length(): number {
    return this.rows;
  }

  get firstSecond(): number {
    return this.first;
  }

  /** Where the last second ends; 0 when there is none. */
  get endSecond(): number {
    return this.rows === 0 ? 0 : this.first + this.rows;
  }

  /** From now on a series is kept too; `putSeriesCourse` brings what was before. */
  keepSeries(series: number): void {
    if (!this.bySeries.has(series)) this.bySeries.set(series, this.emptyFigures());
  }

  /** Takes in a second of a run that is on. */
  putSecond(view: SecondView): void {
    const row = this.rowFor(view.second);
    if (row < 0) return;
    this.states.nodes[row] = view.nodes;
    this.states.plannedNodes[row] = view.plannedNodes;
    this.states.scheduleLagP99Ms[row] = view.scheduleLagP99Ms ?? Number.NaN;
    this.phases[row] = PHASES.indexOf(view.phase);
    this.valid[row] = view.valid ? 1 : 0;
    this.putReasons(view);
    putFigures(this.total, row, view.total, view.lengthSeconds);
    for (const [series, columns] of this.bySeries) putFigures(columns, row, view.series[series] ?? NOTHING, view.lengthSeconds);
    this.putHeat(row, view.heat);
  }

  /** Takes in what the store has of the run, of all series together. */
  putCourse(course: RunCourse): void {
    const last = course.second.at(-1);
    // Room for all at once.
    if (last !== undefined) this.rowFor(last);
    course.second.forEach((second, i) => {
      const row = this.rowFor(second);
      if (row < 0) return;
      this.states.nodes[row] = course.nodes[i] ?? Number.NaN;
      this.states.plannedNodes[row] = course.plannedNodes[i] ?? Number.NaN;
      this.states.scheduleLagP99Ms[row] = course.scheduleLagP99Ms[i] ?? Number.NaN;
      this.phases[row] = PHASES.indexOf(course.phase[i] ?? 'steady');
      this.valid[row] = course.valid[i] === false ? 0 : 1;
      putCourseRow(this.total, row, course, i);
    });
    const reasons = [...new Map([...course.reasons, ...this.reasonsOf])].sort(([one], [other]) => one - other);
    this.reasonsOf = new Map(reasons.slice(-MAX_REASONS));
  }

  /** Takes in what the store has of one series, which is kept from now on. */
  putSeriesCourse(series: number, course: RunCourse): void {
    this.keepSeries(series);
    course.second.forEach((second, i) => {
      const row = this.rowFor(second);
      // Each time anew: room for another second may have made other columns of them.
      const columns = this.bySeries.get(series);
      if (columns && row >= 0) putCourseRow(columns, row, course, i);
    });
  }

  /** Takes in what the store has for the heat map, as `heatText` has it; the columns belong to the seconds given. */
  putHeatText(seconds: readonly number[], text: string): void {
    const starts = seconds.map((second) => this.rowFor(second) * HEAT_ROWS);
    for (const start of starts) if (start >= 0) this.heat.fill(0, start, start + HEAT_ROWS);
    readHeatText(text, (column, heatRow, requests) => {
      const start = starts[column] ?? -1;
      if (start >= 0 && heatRow < HEAT_ROWS) this.heat[start + heatRow] = requests;
    });
  }

  /** A figure over time, of a series that is kept or of all (`null`). Valid until the next second is put in. */
  column(measure: Measure, series: number | null): TimeColumn {
    const figures = series === null ? this.total : this.bySeries.get(series);
    return this.timeColumn(figures?.[measure]);
  }

  /** Whether a series that is kept, or all together (`null`), had a request in a stretch. */
  hasRequests({ from, to }: TimeRange, series: number | null): boolean {
    const figures = series === null ? this.total : this.bySeries.get(series);
    if (!figures) return false;
    const end = Math.min(this.rows, Math.ceil(to) - this.first);
    for (let row = Math.max(0, Math.floor(from) - this.first); row < end; row++) {
      // The part of a second that a run ends with has no rate, but may have times.
      if ((figures.requests[row] ?? 0) > 0 || (figures.max[row] ?? 0) > 0) return true;
    }
    return false;
  }

  stateColumn(state: 'nodes' | 'plannedNodes' | 'scheduleLagP99Ms'): TimeColumn {
    return this.timeColumn(this.states[state]);
  }

  /** Requests by latency: `counts[row * HEAT_ROWS + heatRow]`. */
  get heatCounts(): Uint32Array {
    return this.heat;
  }

  isValid(second: number): boolean {
    return this.valid[second - this.first] !== 0;
  }

  phaseAt(second: number): Phase | null {
    return PHASES[this.phases[second - this.first] ?? UNKNOWN] ?? null;
  }

  /** Why a second is not valid; empty where it is, and where that is too long ago (`MAX_REASONS`). */
  reasonsAt(second: number): readonly string[] {
    return this.reasonsOf.get(second) ?? [];
  }

  /** Stretches in which the generator was the limit. */
  limitedStretches(): TimeRange[] {
    return this.stretches((row) => this.valid[row] === 0);
  }

  /** Whether there is any of them. */
  hasLimited(): boolean {
    return this.valid.subarray(0, this.rows).includes(0);
  }

  /** Stretches in which the planned number of nodes was not there yet, or no longer. */
  unsteadyStretches(): TimeRange[] {
    const steady = PHASES.indexOf('steady');
    return this.stretches((row) => this.phases[row] !== steady && this.phases[row] !== UNKNOWN);
  }

  /** The last `count` values of a figure of all series; null where there is none. */
  lastValues(measure: Measure | 'nodes', count: number): (number | null)[] {
    const values = measure === 'nodes' ? this.states.nodes : this.total[measure];
    const from = Math.max(0, this.rows - count);
    return Array.from(values.subarray(from, this.rows), (value) => (Number.isNaN(value) ? null : value));
  }

  /** At most `count` values over all the run: of each stretch the highest, because percentiles are not averaged. */
  outline(measure: Measure | 'nodes', count: number): (number | null)[] {
    const values = measure === 'nodes' ? this.states.nodes : this.total[measure];
    const stretch = Math.max(1, Math.ceil(this.rows / count));
    return Array.from({ length: Math.ceil(this.rows / stretch) }, (_, index) => {
      let highest: number | null = null;
      for (const value of values.subarray(index * stretch, Math.min(this.rows, (index + 1) * stretch))) {
        if (!Number.isNaN(value) && (highest === null || value > highest)) highest = value;
      }
      return highest;
    });
  }

  /** Whether seconds are missing between the first and the last. */
  hasGaps(): boolean {
    for (let row = 0; row < this.rows; row++) if (this.phases[row] === UNKNOWN) return true;
    return false;
  }

  /** Whether a series that is kept misses a second that is there of all together. */
  hasSeriesGaps(series: number): boolean {
    const columns = this.bySeries.get(series);
    if (!columns) return false;
    for (let row = 0; row < this.rows; row++) {
      if (Number.isNaN(columns.failures[row]) && !Number.isNaN(this.total.failures[row])) return true;
    }
    return false;
  }

  private timeColumn(values: Float32Array | undefined): TimeColumn {
    return { seconds: this.clock, values: values ?? NO_VALUES, length: values ? this.rows : 0 };
  }

  private stretches(holds: (row: number) => boolean): TimeRange[] {
    const found: TimeRange[] = [];
    for (let row = 0; row < this.rows; row++) {
      if (!holds(row)) continue;
      const from = row;
      while (row + 1 < this.rows && holds(row + 1)) row++;
      found.push({ from: this.first + from, to: this.first + row + 1 });
    }
    return found;
  }

  private putReasons({ second, valid, reasons }: SecondView): void {
    // At its end, also when it was there: the oldest is the first.
    this.reasonsOf.delete(second);
    if (valid) return;
    this.reasonsOf.set(second, reasons);
    const [oldest] = this.reasonsOf.keys();
    if (this.reasonsOf.size > MAX_REASONS && oldest !== undefined) this.reasonsOf.delete(oldest);
  }

  private putHeat(row: number, column: HeatColumn): void {
    const start = row * HEAT_ROWS;
    this.heat.fill(0, start, start + HEAT_ROWS);
    for (const [heatRow, requests] of column) if (heatRow >= 0 && heatRow < HEAT_ROWS) this.heat[start + heatRow] = requests;
  }

  /** The row of a second, after making room for it; -1 when it is older than what is kept. */
  private rowFor(second: number): number {
    if (second - this.first >= this.maxSeconds) this.dropOldest(second);
    const row = second - this.first;
    if (row < 0) return -1;
    if (row >= this.capacity) this.grow(row + 1);
    this.rows = Math.max(this.rows, row + 1);
    return row;
  }

  private grow(needed: number): void {
    this.capacity = Math.min(this.maxSeconds, Math.max(needed, this.capacity * 2));
    this.rebuild((from, into) => into.set(from));
    this.renumber();
  }

  /** Drops enough to take in `second`, and a tenth more, so that it is not done every second. */
  private dropOldest(second: number): void {
    const dropped = Math.ceil(second - this.first - this.maxSeconds + 1 + this.maxSeconds / 10);
    this.first += dropped;
    this.rows = Math.max(0, this.rows - dropped);
    this.rebuild((from, into) => into.set(from.subarray(Math.min(from.length, dropped * (from.length / this.clock.length)))));
    this.renumber();
  }

  private renumber(): void {
    this.clock = Float64Array.from({ length: this.capacity }, (_, row) => this.first + row);
  }

  private rebuild(
    copy: (from: Float32Array | Uint8Array | Uint32Array, into: Float32Array | Uint8Array | Uint32Array) => void,
  ): void {
    const floats = (from: Float32Array) => {
      const into = this.empty();
      copy(from, into);
      return into;
    };
    const figures = (from: FigureColumns) =>
      Object.fromEntries(MEASURES.map((measure) => [measure, floats(from[measure])])) as FigureColumns;
    for (const state of ['nodes', 'plannedNodes', 'scheduleLagP99Ms'] as const) this.states[state] = floats(this.states[state]);
    const phases = new Uint8Array(this.capacity).fill(UNKNOWN);
    copy(this.phases, phases);
    this.phases = phases;
    const valid = new Uint8Array(this.capacity).fill(1);
    copy(this.valid, valid);
    this.valid = valid;
    this.total = figures(this.total);
    for (const [series, columns] of this.bySeries) this.bySeries.set(series, figures(columns));
    const heat = new Uint32Array(this.capacity * HEAT_ROWS);
    copy(this.heat, heat);
    this.heat = heat;
  }

  private empty(): Float32Array {
    return new Float32Array(this.capacity).fill(Number.NaN);
  }

  private emptyFigures(): FigureColumns {
    return Object.fromEntries(MEASURES.map((measure) => [measure, this.empty()])) as FigureColumns;
  }
}

const NO_VALUES = new Float32Array(0);
const NOTHING: SecondPercentiles = { requests: 0, failures: 0, p50: null, p90: null, p95: null, p99: null, max: null };

function putFigures(columns: FigureColumns, row: number, figures: SecondPercentiles, lengthSeconds: number): void {
  for (const measure of MEASURES) columns[measure][row] = figures[measure] ?? Number.NaN;
  for (const rate of RATES) columns[rate][row] = chartRate(figures[rate], lengthSeconds) ?? Number.NaN;
}

function putCourseRow(columns: FigureColumns, row: number, course: RunCourse, index: number): void {
  for (const measure of MEASURES) columns[measure][row] = course[measure][index] ?? Number.NaN;
  for (const rate of RATES)
    columns[rate][row] = chartRate(course[rate][index] ?? 0, course.lengthSeconds[index] ?? 1) ?? Number.NaN;
}
