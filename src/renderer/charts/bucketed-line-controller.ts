import { type CartesianScaleTypeRegistry, type ChartDataset, type CoreChartOptions, DatasetController } from 'chart.js';
import type { BucketedLine } from './buckets';

/** A line as Chart.js draws it with `type: 'bucketedLine'`. Its points are in `line`; `data` stays empty. */
export interface BucketedLineOptions {
  id: string;
  line: BucketedLine;
  /** A colour as the canvas takes it. */
  color: string;
  /** CSS pixels. */
  width: number;
  dash: readonly number[];
  /** Goes sideways from point to point, and up or down half-way. */
  stepped: boolean;
  /** Neighbours at most this far apart are joined, seconds. */
  joinedSeconds: number;
}

declare module 'chart.js' {
  interface ChartTypeRegistry {
    bucketedLine: {
      chartOptions: CoreChartOptions<'bucketedLine'>;
      datasetOptions: BucketedLineOptions;
      defaultDataPoint: never;
      metaExtensions: object;
      parsedDataType: never;
      scales: keyof CartesianScaleTypeRegistry;
    };
  }
}

/**
 * Draws a line straight from its columns. Chart.js' own lines keep an object for each point and another for its place on the canvas, which in charts
 * of a run that goes on is most of the data that the page's memory grows by.
 */
export class BucketedLineController extends DatasetController<'bucketedLine'> {
  static readonly id = 'bucketedLine';
  // There are no points of Chart.js, but it asks for their type.
  static readonly defaults = { dataElementType: 'point' };

  /** CSS pixels that a line along the edge of the plot reaches beyond it. */
  override getMaxOverflow(): number {
    return this.drawn.width / 2;
  }

  override draw(): void {
    const { line, color, width, dash, stepped, joinedSeconds } = this.drawn;
    const { xScale, yScale } = this.getMeta();
    const { ctx } = this.chart;
    if (!xScale || !yScale) return;
    ctx.save();
    ctx.strokeStyle = color;
    ctx.lineWidth = width;
    ctx.lineJoin = 'round';
    ctx.setLineDash([...dash]);
    ctx.beginPath();
    let [secondBefore, xBefore, yBefore] = [Number.NEGATIVE_INFINITY, 0, 0];
    for (let i = 0; i < line.length; i++) {
      const second = line.seconds[i] as number;
      const x = xScale.getPixelForValue(second);
      const y = yScale.getPixelForValue(line.values[i] as number);
      if (second - secondBefore > joinedSeconds) ctx.moveTo(x, y);
      else {
        if (stepped) {
          const between = (xBefore + x) / 2;
          ctx.lineTo(between, yBefore);
          ctx.lineTo(between, y);
        }
        ctx.lineTo(x, y);
      }
      [secondBefore, xBefore, yBefore] = [second, x, y];
    }
    ctx.stroke();
    ctx.restore();
  }

  private get drawn(): BucketedLineOptions {
    return this.getDataset() as ChartDataset & BucketedLineOptions;
  }
}
