import { HEAT_ROWS, heatRowStartMs } from '../../shared/stats/heat';
import { formatClock, formatMark } from '../ui/format';
import { ticksWithin, timeStep } from './axis-steps';
import { type Backdrop, NO_BACKDROP, paintMarks, paintShading } from './backdrop';
import { bucketSecondsFor } from './buckets';
import { ChartTheme } from './chart-theme';
import { PLOT_BOTTOM, PLOT_LEFT, PLOT_RIGHT, PLOT_TOP, pixelOf, plotWidth } from './plot-area';
import type { TimeRange } from './time-column';

/** Requests by second and latency: `counts[(second - firstSecond) * HEAT_ROWS + heatRow(latency)]`. */
export interface HeatGrid {
  firstSecond: number;
  /** Seconds. */
  length: number;
  counts: ArrayLike<number>;
}

/** A column of the map, gathered from one or more seconds. */
interface GatheredHeat {
  /** `columns * HEAT_ROWS` */
  counts: Uint32Array;
  columns: number;
  firstSecond: number;
  bucketSeconds: number;
  largest: number;
  lowestRow: number;
  highestRow: number;
}

const COLORS = ['var(--heat-0)', 'var(--heat-1)', 'var(--heat-2)', 'var(--heat-3)', 'var(--heat-4)'];
const LEVELS = 64;
/** Rows shown at least, so that a backend with one latency does not fill the map with one bar. */
const FEWEST_ROWS = 12;

/** Draws requests by time and latency; the darker (on dark ground: the lighter) the more. */
export class HeatMapPainter {
  private theme = new ChartTheme();
  private levels: Uint32Array | null = null;
  private readonly tile = document.createElement('canvas');
  private gathered: GatheredHeat | null = null;
  private rows: [lowest: number, highest: number] | null = null;

  constructor(
    private readonly canvas: HTMLCanvasElement,
    private readonly source: () => HeatGrid,
    private readonly backdrop: () => Backdrop = () => NO_BACKDROP,
  ) {}

  applyTheme(): void {
    this.theme = new ChartTheme();
    this.levels = null;
  }

  /** Most requests in one cell at the last drawing. */
  get largest(): number {
    return this.gathered?.largest ?? 0;
  }

  /** Seconds to a column at the last drawing. */
  get bucketSeconds(): number {
    return this.gathered?.bucketSeconds ?? 1;
  }

  /** The latencies (ms) of the fullest cell at a second, and the requests in it; null where there are none. */
  fullestAt(second: number): { fromMs: number; toMs: number; requests: number } | null {
    const heat = this.gathered;
    if (!heat) return null;
    const column = Math.floor((second - heat.firstSecond) / heat.bucketSeconds);
    if (column < 0 || column >= heat.columns) return null;
    let best = -1;
    let requests = 0;
    for (let row = 0; row < HEAT_ROWS; row++) {
      const count = heat.counts[column * HEAT_ROWS + row] ?? 0;
      if (count > requests) [best, requests] = [row, count];
    }
    return best < 0 ? null : { fromMs: heatRowStartMs(best), toMs: heatRowStartMs(best + 1), requests };
  }

  draw(range: TimeRange): void {
    const { clientWidth: width, clientHeight: height } = this.canvas;
    const context = this.canvas.getContext('2d');
    if (!context || width === 0 || height === 0) return;
    const scale = window.devicePixelRatio || 1;
    if (this.canvas.width !== Math.round(width * scale) || this.canvas.height !== Math.round(height * scale)) {
      this.canvas.width = Math.round(width * scale);
      this.canvas.height = Math.round(height * scale);
    }
    context.setTransform(scale, 0, 0, scale, 0, 0);
    context.clearRect(0, 0, width, height);
    const box = { left: PLOT_LEFT, right: width - PLOT_RIGHT, top: PLOT_TOP, bottom: height - PLOT_BOTTOM };
    const x = (second: number) => pixelOf(second, range, width);
    const heat = gatherHeat(this.source(), range, Math.min(600, plotWidth(width) / 2));
    this.gathered = heat;
    const [lowest, highest] = this.rowsFor(heat);
    const y = (row: number) => box.bottom - ((row - lowest) / (highest + 1 - lowest)) * (box.bottom - box.top);

    paintShading(context, box, x, { ...this.backdrop(), limited: [] }, this.theme);
    if (heat.largest > 0) this.paintCells(context, heat, box, x, lowest, highest);
    paintShading(context, box, x, { ...this.backdrop(), shaded: [] }, this.theme);
    paintMarks(context, box, x, this.backdrop(), this.theme);
    this.paintAxes(context, range, width, box, x, y, lowest, highest);
  }

  private paintCells(
    context: CanvasRenderingContext2D,
    heat: GatheredHeat,
    box: { left: number; right: number; top: number; bottom: number },
    x: (second: number) => number,
    lowest: number,
    highest: number,
  ): void {
    const rows = highest + 1 - lowest;
    this.tile.width = heat.columns;
    this.tile.height = rows;
    const pen = this.tile.getContext('2d');
    if (!pen) return;
    const image = pen.createImageData(heat.columns, rows);
    const pixels = new Uint32Array(image.data.buffer);
    const levels = this.levelColors();
    const unit = (LEVELS - 1) / Math.log1p(heat.largest);
    for (let column = 0; column < heat.columns; column++) {
      for (let row = lowest; row <= highest; row++) {
        const count = heat.counts[column * HEAT_ROWS + row] ?? 0;
        if (count > 0) pixels[(highest - row) * heat.columns + column] = levels[Math.round(Math.log1p(count) * unit)] ?? 0;
      }
    }
    pen.putImageData(image, 0, 0);
    const left = x(heat.firstSecond);
    const right = x(heat.firstSecond + heat.columns * heat.bucketSeconds);
    context.save();
    context.beginPath();
    context.rect(box.left, box.top, box.right - box.left, box.bottom - box.top);
    context.clip();
    context.imageSmoothingEnabled = false;
    context.drawImage(this.tile, left, box.top, right - left, box.bottom - box.top);
    context.restore();
  }

  private paintAxes(
    context: CanvasRenderingContext2D,
    range: TimeRange,
    width: number,
    box: { left: number; right: number; top: number; bottom: number },
    x: (second: number) => number,
    y: (row: number) => number,
    lowest: number,
    highest: number,
  ): void {
    context.fillStyle = this.theme.color('var(--chart-axis)');
    context.strokeStyle = this.theme.color('var(--chart-grid)');
    context.font = `11px ${this.theme.font}`;
    context.textBaseline = 'middle';
    context.textAlign = 'right';
    // 8 rows make a power of ten.
    for (let row = Math.ceil(lowest / 8) * 8; row <= highest + 1; row += 8) {
      context.fillText(formatMark(Number(heatRowStartMs(row).toPrecision(3))), box.left - 8, y(row));
    }
    context.beginPath();
    context.moveTo(box.left, box.bottom + 0.5);
    context.lineTo(box.right, box.bottom + 0.5);
    context.stroke();
    context.textBaseline = 'top';
    const ticks = ticksWithin(range, timeStep(range.to - range.from, plotWidth(width) / 80));
    ticks.forEach((second, index) => {
      const isLast = index === ticks.length - 1 && x(second) > box.right - 16;
      context.textAlign = x(second) < box.left + 16 ? 'left' : isLast ? 'right' : 'center';
      context.fillText(formatClock(second), x(second), box.bottom + 7);
    });
  }

  /** Grows with the data and shrinks only with another range or theme, so that the map stands still. */
  private rowsFor({ lowestRow, highestRow, largest }: GatheredHeat): [number, number] {
    if (largest === 0) return this.rows ?? [0, 23];
    let lowest = Math.max(0, lowestRow - 1);
    let highest = Math.min(HEAT_ROWS - 1, highestRow + 1);
    if (highest - lowest + 1 < FEWEST_ROWS) {
      lowest = Math.max(0, lowest - Math.ceil((FEWEST_ROWS - (highest - lowest + 1)) / 2));
      highest = Math.min(HEAT_ROWS - 1, lowest + FEWEST_ROWS - 1);
    }
    this.rows = [lowest, highest];
    return this.rows;
  }

  private levelColors(): Uint32Array {
    if (this.levels) return this.levels;
    const stops = COLORS.map((color) => channels(this.theme.color(color)));
    this.levels = Uint32Array.from({ length: LEVELS }, (_, level) => {
      // The palest colour is for a single request; it still has to stand out from the ground.
      const place = 0.6 + (level / (LEVELS - 1)) * (stops.length - 1 - 0.6);
      const index = Math.min(stops.length - 2, Math.floor(place));
      const [from, to] = [stops[index] ?? [0, 0, 0], stops[index + 1] ?? [0, 0, 0]];
      const [r, g, b] = from.map((value, i) => Math.round(value + ((to[i] ?? 0) - value) * (place - index)));
      return (255 << 24) | ((b ?? 0) << 16) | ((g ?? 0) << 8) | (r ?? 0);
    });
    return this.levels;
  }
}

function channels(color: string): number[] {
  return [1, 3, 5].map((start) => Number.parseInt(color.slice(start, start + 2), 16) || 0);
}

/** Adds up the seconds of a range in columns that begin at multiples of their length. */
export function gatherHeat(grid: HeatGrid, range: TimeRange, maxColumns: number): GatheredHeat {
  const bucketSeconds = bucketSecondsFor(range.to - range.from, Math.max(1, maxColumns));
  const firstSecond = Math.floor(range.from / bucketSeconds) * bucketSeconds;
  const columns = Math.max(1, Math.ceil((range.to - firstSecond) / bucketSeconds));
  const heat: GatheredHeat = {
    counts: new Uint32Array(columns * HEAT_ROWS),
    columns,
    firstSecond,
    bucketSeconds,
    largest: 0,
    lowestRow: HEAT_ROWS,
    highestRow: -1,
  };
  const last = Math.min(range.to, grid.firstSecond + grid.length);
  for (let second = Math.max(firstSecond, grid.firstSecond); second < last; second++) {
    const column = Math.floor((second - firstSecond) / bucketSeconds);
    for (let row = 0; row < HEAT_ROWS; row++) {
      const count = grid.counts[(second - grid.firstSecond) * HEAT_ROWS + row] ?? 0;
      if (count === 0) continue;
      const cell = column * HEAT_ROWS + row;
      const sum = (heat.counts[cell] ?? 0) + count;
      heat.counts[cell] = sum;
      heat.largest = Math.max(heat.largest, sum);
      heat.lowestRow = Math.min(heat.lowestRow, row);
      heat.highestRow = Math.max(heat.highestRow, row);
    }
  }
  return heat;
}
