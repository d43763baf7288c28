import type { RunSecond, SeriesDelta } from '../../shared/stats/frame';
import { Histogram, type SparseHistogram } from '../../shared/stats/histogram';
import { CURRENT_RATE_SECONDS } from '../../shared/stats/summary';

/** A histogram that can also forget: the merge of the newest parts only. */
class SlidingHistogram extends Histogram {
  private readonly parts: { second: number; histogram: SparseHistogram }[] = [];

  push(second: number, histogram: SparseHistogram): void {
    if (histogram.count === 0) return;
    this.add(histogram);
    this.parts.push({ second, histogram });
  }

  /** Takes the parts of seconds before `second` out again. */
  forgetBefore(second: number): void {
    const kept = this.parts.findIndex((part) => part.second >= second);
    const forgotten = this.parts.splice(0, kept === -1 ? this.parts.length : kept);
    if (forgotten.length === 0) return;
    for (const { histogram } of forgotten) {
      this.addBuckets(histogram, -1);
      this.count -= histogram.count;
      this.sum -= histogram.sum;
    }
    // The extremes of what is left cannot be had by subtraction.
    this.min = this.parts.reduce((min, { histogram }) => Math.min(min, histogram.min), this.parts[0]?.histogram.min ?? 0);
    this.max = this.parts.reduce((max, { histogram }) => Math.max(max, histogram.max), 0);
  }
}

/** The last ten seconds of a series, kept up to date by adding the newest second and taking the oldest out. */
export class SlidingWindow {
  /** Latencies of the window, us. */
  readonly latency = new SlidingHistogram();
  private readonly rows: { second: number; requests: number; failures: number }[] = [];
  private newest = 0;
  private seconds = 0;

  /** Moves the window on, so that the given second is its last one. */
  advance({ second, lengthSeconds }: RunSecond): void {
    const oldest = second - CURRENT_RATE_SECONDS + 1;
    this.newest = second;
    this.seconds = Math.min(CURRENT_RATE_SECONDS, second + 1) - 1 + lengthSeconds;
    this.latency.forgetBefore(oldest);
    while (this.rows[0] && this.rows[0].second < oldest) this.rows.shift();
  }

  /** Adds what happened in the window's last second. */
  add(delta: SeriesDelta): void {
    this.latency.push(this.newest, delta.latency);
    this.rows.push({ second: this.newest, requests: delta.completed + delta.failed, failures: delta.failed });
  }

  /** The mean over the window; over what there is of it at the beginning of a run. */
  get requestsPerSecond(): number {
    return this.rate(this.rows.reduce((sum, row) => sum + row.requests, 0));
  }

  get failuresPerSecond(): number {
    return this.rate(this.rows.reduce((sum, row) => sum + row.failures, 0));
  }

  private rate(count: number): number {
    return this.seconds > 0 ? count / this.seconds : 0;
  }
}
