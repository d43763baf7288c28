import { type SeriesKey, seriesLabel } from '../../shared/scenario/series';
import type { FailureGroup, RunSecond, SeriesDelta } from '../../shared/stats/frame';

/** Fewer failures in a row than this are bad luck with a series of few requests, not an outage. */
const MIN_FAILURES = 3;

/** A backend that goes up and down for hours must not fill the run with marks. */
const MAX_RECOVERIES_OF_SERIES = 100;

/** A series answers again. */
export interface Recovery {
  /** ms since the run's start. */
  atMs: number;
  text: string;
}

interface Outage {
  fromMs: number;
  lastFailureMs: number;
  failures: number;
}

/**
 * Sees from a run's seconds when a series that only failed answers again, and how long that took (docs/statistics.md, "Outages and
 * recovery"). An outage holds at least one whole second in which requests of the series failed and none was completed; seconds in which
 * none came to its end neither begin nor end one.
 */
export class OutageWatch {
  private readonly outages = new Map<number, Outage>();
  private readonly recoveries = new Map<number, number>();
  /** Failures of the second before. */
  private previous: readonly FailureGroup[] = [];

  constructor(private readonly series: readonly SeriesKey[]) {}

  /** Takes in the next second; returns the recoveries in it. */
  add(second: RunSecond): Recovery[] {
    const found: Recovery[] = [];
    // Mostly nothing has failed, and a run may have thousands of series.
    if (this.outages.size === 0 && second.series.every(({ failed }) => failed === 0)) {
      this.previous = second.failures;
      return found;
    }
    for (const [series, { completed, failed }] of endedBySeries(second.series)) {
      const outage = this.outages.get(series);
      if (completed === 0 && failed > 0) this.suffer(series, failed, failuresOf(series, second));
      else if (completed > 0 && outage) {
        this.outages.delete(series);
        const recovery = this.recover(series, outage, second.second * 1000, failuresOf(series, second));
        if (recovery) found.push(recovery);
      }
    }
    this.previous = second.failures;
    return found.sort((a, b) => a.atMs - b.atMs);
  }

  private suffer(series: number, failed: number, failures: readonly FailureGroup[]): void {
    if (failures.length === 0) return;
    const lastMs = Math.max(...failures.map((group) => group.lastMs));
    const outage = this.outages.get(series);
    if (outage) {
      outage.failures += failed;
      outage.lastFailureMs = Math.max(outage.lastFailureMs, lastMs);
      return;
    }
    // It began within the second before, when that ended with the same failures.
    const errors = new Set(failures.map(({ error }) => error));
    const earlier = this.previous.filter((group) => group.series === series && errors.has(group.error));
    const fromMs = Math.min(...[...earlier, ...failures].map((group) => group.firstMs));
    this.outages.set(series, { fromMs, lastFailureMs: lastMs, failures: failed });
  }

  /** `failures`: those of the second in which it was completed again, which begins at `secondMs`. */
  private recover(series: number, outage: Outage, secondMs: number, failures: readonly FailureGroup[]): Recovery | null {
    if (outage.failures < MIN_FAILURES) return null;
    const count = (this.recoveries.get(series) ?? 0) + 1;
    this.recoveries.set(series, count);
    if (count > MAX_RECOVERIES_OF_SERIES) return null;
    const atMs = Math.max(secondMs, outage.lastFailureMs, ...failures.map((group) => group.lastMs));
    const seconds = ((atMs - outage.fromMs) / 1000).toFixed(1);
    const { method, name } = this.series[series] ?? { method: '', name: `series ${series}` };
    const last = count === MAX_RECOVERIES_OF_SERIES ? '; further recoveries of it are not marked' : '';
    return { atMs, text: `${seriesLabel({ method, name })} answers again after ${seconds} s of failures${last}` };
  }
}

function failuresOf(series: number, { failures }: RunSecond): FailureGroup[] {
  return failures.filter((group) => group.series === series);
}

function endedBySeries(deltas: readonly SeriesDelta[]): Map<number, { completed: number; failed: number }> {
  const ended = new Map<number, { completed: number; failed: number }>();
  for (const { series, completed, failed } of deltas) {
    const sum = ended.get(series);
    if (sum) {
      sum.completed += completed;
      sum.failed += failed;
    } else ended.set(series, { completed, failed });
  }
  return ended;
}
