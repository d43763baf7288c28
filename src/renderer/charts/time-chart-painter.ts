import { Chart, type ChartDataset, LinearScale, type Plugin, PointElement } from 'chart.js';
import { formatClock, formatMark } from '../ui/format';
import { ticksWithin, timeStep, type ValueAxis, valueAxis } from './axis-steps';
import { type Backdrop, NO_BACKDROP, paintMarks, paintShading } from './backdrop';
import { BucketedLineController, type BucketedLineOptions } from './bucketed-line-controller';
import { type BucketedLine, bucketSecondsFor, type Combine, emptyLine, fillBuckets } from './buckets';
import { ChartTheme } from './chart-theme';
import { PLOT_LEFT, PLOT_RIGHT, PLOT_TOP, plotWidth } from './plot-area';
import type { TimeColumn, TimeRange } from './time-column';

Chart.register(BucketedLineController, PointElement, LinearScale);

/** More points than this are gathered in buckets. */
export const MAX_POINTS = 600;
/** Beyond this many lines their bands would only make mud. */
export const MAX_BANDS = 6;
/** Neighbours at most this far apart are joined by a line: a slow series does not have a request every second. */
const JOINED_SECONDS = 10;

/** A line of a time chart. */
export interface ChartLine {
  id: string;
  label: string;
  /** Any CSS colour. */
  color: string;
  dash?: readonly number[];
  width?: number;
  /** Goes sideways from point to point: for counts that hold until they change. */
  stepped?: boolean;
  combine: Combine;
  /** Asked at each drawing: the data may have grown. */
  column(): TimeColumn;
}

/** What a time chart shows; may be another one at each drawing. */
export interface TimeChartContent {
  lines: readonly ChartLine[];
  backdrop(): Backdrop;
  /** Counts: the axis has whole numbers only. */
  whole: boolean;
}

/** Draws lines over time on a canvas with Chart.js. Knows neither React nor the pointer. */
export class TimeChartPainter {
  private readonly chart: Chart<'bucketedLine'>;
  private readonly buckets = new Map<string, BucketedLine>();
  private content: TimeChartContent = { lines: [], backdrop: () => NO_BACKDROP, whole: false };
  private theme = new ChartTheme();
  private axis: ValueAxis | null = null;
  private range: TimeRange = { from: 0, to: 60 };
  private bucket = 1;

  constructor(canvas: HTMLCanvasElement, onResize: () => void) {
    this.chart = new Chart(canvas, {
      type: 'bucketedLine',
      data: { datasets: [] },
      plugins: [this.layers()],
      options: {
        animation: false,
        responsive: true,
        maintainAspectRatio: false,
        events: [],
        onResize,
        layout: { padding: { left: 0, right: PLOT_RIGHT, top: PLOT_TOP, bottom: 0 } },
        scales: {
          x: {
            type: 'linear',
            min: 0,
            max: 60,
            grid: { display: false },
            ticks: {
              align: 'inner',
              maxRotation: 0,
              autoSkip: false,
              padding: 4,
              callback: (value) => formatClock(Number(value)),
            },
            afterBuildTicks: (scale) => {
              const step = timeStep(this.range.to - this.range.from, plotWidth(scale.chart.width) / 80);
              scale.ticks = ticksWithin(this.range, step).map((value) => ({ value }));
            },
            afterFit: (scale) => {
              // Room for half a label at the ends would move the plot against those of other charts.
              scale.paddingLeft = 0;
              scale.paddingRight = 0;
            },
          },
          y: {
            type: 'linear',
            min: 0,
            border: { display: false },
            ticks: { autoSkip: false, padding: 6, callback: (value) => formatMark(Number(value)) },
            afterBuildTicks: (scale) => {
              const { end, step } = this.axis ?? { end: 1, step: 0.5 };
              scale.ticks = ticksWithin({ from: 0, to: end }, step).map((value) => ({ value }));
            },
            afterFit: (scale) => {
              scale.width = PLOT_LEFT;
            },
          },
        },
      },
    });
    this.applyTheme();
  }

  setContent(content: TimeChartContent): void {
    this.content = content;
    const known = new Set(content.lines.map(({ id }) => id));
    for (const id of this.buckets.keys()) if (!known.has(id)) this.buckets.delete(id);
    this.axis = null;
  }

  /** Seconds to a point at the last drawing. */
  get bucketSeconds(): number {
    return this.bucket;
  }

  /** Takes over the colours of the page. */
  applyTheme(): void {
    this.theme = new ChartTheme();
    const axisColor = this.theme.color('var(--chart-axis)');
    const { x, y } = this.chart.options.scales ?? {};
    const font = { size: 11, family: this.theme.font };
    if (x?.ticks && y?.ticks && x.border && y.grid) {
      Object.assign(x.ticks, { color: axisColor, font });
      Object.assign(y.ticks, { color: axisColor, font });
      x.border.color = this.theme.color('var(--chart-grid)');
      y.grid.color = this.theme.color('var(--chart-grid)');
    }
  }

  draw(range: TimeRange): void {
    this.range = range;
    const span = range.to - range.from;
    this.bucket = bucketSecondsFor(span, MAX_POINTS);
    let largest = 0;
    const datasets = this.content.lines.map((line) => {
      const bucketed = fillBuckets(this.bucketsOf(line.id), line.column(), range, this.bucket, line.combine);
      largest = Math.max(largest, largestOf(bucketed, 'values'));
      return this.datasetOf(line, bucketed);
    });
    if (datasets.length <= MAX_BANDS) {
      for (const { id } of this.content.lines) {
        const bucketed = this.bucketsOf(id);
        if (bucketed.hasBand) largest = Math.max(largest, largestOf(bucketed, 'high'));
      }
    }
    this.axis = valueAxis(largest, this.axis, this.content.whole);
    const { x, y } = this.chart.options.scales ?? {};
    if (x && y) {
      x.min = range.from;
      x.max = range.to;
      y.max = this.axis.end;
    }
    this.chart.data.datasets = datasets;
    this.chart.update('none');
  }

  destroy(): void {
    this.chart.destroy();
  }

  private datasetOf(line: ChartLine, bucketed: BucketedLine): ChartDataset<'bucketedLine'> {
    const known = this.chart.data.datasets.find(({ id }) => id === line.id);
    const options: BucketedLineOptions = {
      id: line.id,
      line: bucketed,
      color: this.theme.color(line.color),
      width: line.width ?? 1.5,
      dash: line.dash ?? [],
      stepped: line.stepped ?? false,
      joinedSeconds: this.joined,
    };
    return Object.assign(known ?? { data: [] }, options);
  }

  private get joined(): number {
    return Math.max(JOINED_SECONDS, this.bucket * 2.5);
  }

  private bucketsOf(id: string): BucketedLine {
    let bucketed = this.buckets.get(id);
    if (!bucketed) {
      bucketed = emptyLine();
      this.buckets.set(id, bucketed);
    }
    return bucketed;
  }

  private layers(): Plugin<'bucketedLine'> {
    return {
      id: 'layers',
      beforeDatasetsDraw: ({ ctx, chartArea, scales }) => {
        const x = (second: number) => scales.x?.getPixelForValue(second) ?? 0;
        const y = (value: number) => scales.y?.getPixelForValue(value) ?? 0;
        paintShading(ctx, chartArea, x, this.content.backdrop(), this.theme);
        if (this.content.lines.length <= MAX_BANDS) this.paintBands(ctx, x, y);
        paintMarks(ctx, chartArea, x, this.content.backdrop(), this.theme);
      },
      afterDatasetsDraw: ({ ctx, scales }) => {
        const x = (second: number) => scales.x?.getPixelForValue(second) ?? 0;
        const y = (value: number) => scales.y?.getPixelForValue(value) ?? 0;
        this.paintLonelyPoints(ctx, x, y);
      },
    };
  }

  /** Between the lowest and the highest second behind each point. */
  private paintBands(context: CanvasRenderingContext2D, x: (second: number) => number, y: (value: number) => number): void {
    for (const { id, color } of this.content.lines) {
      const { length, seconds, hasBand, low, high } = this.bucketsOf(id);
      if (!hasBand || length < 2) continue;
      context.fillStyle = this.theme.soft(color, 0.16);
      let start = 0;
      for (let end = 1; end <= length; end++) {
        if (end < length && at(seconds, end) - at(seconds, end - 1) <= this.joined) continue;
        context.beginPath();
        for (let i = start; i < end; i++) context.lineTo(x(at(seconds, i)), y(at(high, i)));
        for (let i = end - 1; i >= start; i--) context.lineTo(x(at(seconds, i)), y(at(low, i)));
        context.fill();
        start = end;
      }
    }
  }

  /** A point without neighbours has no line that would show it. */
  private paintLonelyPoints(
    context: CanvasRenderingContext2D,
    x: (second: number) => number,
    y: (value: number) => number,
  ): void {
    for (const { id, color } of this.content.lines) {
      const { length, seconds, values } = this.bucketsOf(id);
      context.fillStyle = this.theme.color(color);
      for (let i = 0; i < length; i++) {
        const second = at(seconds, i);
        if (i > 0 && second - at(seconds, i - 1) <= this.joined) continue;
        if (i + 1 < length && at(seconds, i + 1) - second <= this.joined) continue;
        context.beginPath();
        context.arc(x(second), y(at(values, i)), 2, 0, 2 * Math.PI);
        context.fill();
      }
    }
  }
}

/** The entry of a column that is known to be in use. */
function at(column: Float64Array, index: number): number {
  return column[index] as number;
}

function largestOf(line: BucketedLine, column: 'values' | 'high'): number {
  let largest = 0;
  for (let i = 0; i < line.length; i++) largest = Math.max(largest, at(line[column], i));
  return largest;
}
