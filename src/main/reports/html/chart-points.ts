import type { RunSecond } from '../../../shared/stats/frame';
import { Histogram } from '../../../shared/stats/histogram';
import { percentileMs } from '../../../shared/stats/summary';

/** Most points that a chart gets. */
const MAX_POINTS = 600;

/** One point of the charts: all that happened in a window of `windowSeconds`. */
export interface ChartPoint {
  /** First second of the window. */
  second: number;
  requestsPerSecond: number;
  failuresPerSecond: number;
  /** ms, of the window's own requests; null when there was none. */
  p50: number | null;
  p90: number | null;
  p95: number | null;
  p99: number | null;
  /** At the window's end. */
  nodes: number;
  plannedNodes: number;
}

interface ChartWindow {
  second: number;
  seconds: number;
  requests: number;
  failures: number;
  nodes: number;
  plannedNodes: number;
}

/**
 * Gathers a run's seconds into at most 600 windows of equal length. The histograms of a window are merged and the percentiles read from
 * the merge.
 */
export class ChartPoints {
  readonly windowSeconds: number;
  private readonly finished: ChartPoint[] = [];
  private latency = new Histogram();
  private window: ChartWindow | null = null;

  /** @param runSeconds at least the number of the last second plus one */
  constructor(runSeconds: number) {
    this.windowSeconds = Math.max(1, Math.ceil(runSeconds / MAX_POINTS));
  }

  /** Adds a second; ascending. */
  add({ second, lengthSeconds, series, nodes, plannedNodes }: RunSecond): void {
    const begin = second - (second % this.windowSeconds);
    // A run's last second may be a splinter with a rate of no meaning: it goes with the window before.
    const opens = this.window === null || (this.window.second !== begin && lengthSeconds === 1);
    if (opens) this.finishWindow();
    this.window ??= { second: begin, seconds: 0, requests: 0, failures: 0, nodes: 0, plannedNodes: 0 };
    const { window } = this;
    window.seconds += lengthSeconds;
    window.nodes = nodes;
    window.plannedNodes = plannedNodes;
    for (const delta of series) {
      window.requests += delta.completed + delta.failed;
      window.failures += delta.failed;
      this.latency.add(delta.latency);
    }
  }

  /** All points; call it once, at the end. */
  finish(): ChartPoint[] {
    this.finishWindow();
    return this.finished;
  }

  private finishWindow(): void {
    if (!this.window) return;
    const { second, seconds, requests, failures, nodes, plannedNodes } = this.window;
    this.finished.push({
      second,
      requestsPerSecond: seconds > 0 ? requests / seconds : 0,
      failuresPerSecond: seconds > 0 ? failures / seconds : 0,
      p50: percentileMs(this.latency, 50),
      p90: percentileMs(this.latency, 90),
      p95: percentileMs(this.latency, 95),
      p99: percentileMs(this.latency, 99),
      nodes,
      plannedNodes,
    });
    this.window = null;
    this.latency = new Histogram();
  }
}
