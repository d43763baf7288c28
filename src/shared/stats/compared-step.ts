import type { RunSecond, SeriesDelta } from './frame';
import { Histogram } from './histogram';

/** Longest run, or part of one, that is compared second by second. A longer one is compared minute by minute. */
export const COMPARED_BY_SECOND = 2 * 3600;

/** Seconds in a step of a comparison by minutes; the minutes are those of the run's clock. */
export const MINUTE_SECONDS = 60;

/** What came of the requests of one series: all that a comparison asks of them. */
export type SeriesOutcomes = Pick<SeriesDelta, 'series' | 'completed' | 'failed' | 'latency'>;

/** A stretch of a run that is resampled as one: a second, or a minute of a long run. */
export interface ComparedStep {
  /** How many of its seconds are compared: whole, steady and valid ones. */
  seconds: number;
  /** Steady seconds left out because the generator could not keep up. */
  invalidSeconds: number;
  /** Over its compared seconds, steady requests only; each series once at most. */
  series: SeriesOutcomes[];
}

/** The length, s, of the steps in which so many seconds of a run are compared. */
export function stepSecondsOf(seconds: number): number {
  return seconds > COMPARED_BY_SECOND ? MINUTE_SECONDS : 1;
}

/** What a second brings into a comparison. */
export function stepOfSecond(second: RunSecond): ComparedStep {
  const { phase, lengthSeconds, health, series } = second;
  if (phase !== 'steady' || lengthSeconds < 1) return { seconds: 0, invalidSeconds: 0, series: [] };
  if (!health.valid) return { seconds: 0, invalidSeconds: 1, series: [] };
  // Within a steady second, what was intended before it was steady is left out.
  return { seconds: 1, invalidSeconds: 0, series: series.filter((delta) => delta.phase === 'steady') };
}

/** Adds seconds up to one step. */
export class StepSum {
  private seconds = 0;
  private invalidSeconds = 0;
  private readonly series = new Map<number, { completed: number; failed: number; latency: Histogram }>();

  add(second: RunSecond): void {
    const step = stepOfSecond(second);
    this.seconds += step.seconds;
    this.invalidSeconds += step.invalidSeconds;
    for (const { series, completed, failed, latency } of step.series) {
      let sum = this.series.get(series);
      if (!sum) {
        sum = { completed: 0, failed: 0, latency: new Histogram() };
        this.series.set(series, sum);
      }
      sum.completed += completed;
      sum.failed += failed;
      sum.latency.add(latency);
    }
  }

  /** Series in ascending order. */
  step(): ComparedStep {
    const sums = [...this.series].sort(([a], [b]) => a - b);
    return {
      seconds: this.seconds,
      invalidSeconds: this.invalidSeconds,
      series: sums.map(([series, { latency, ...counts }]) => ({ series, ...counts, latency: latency.toSparse() })),
    };
  }
}

/** The steps of seconds that lie in memory, ascending. */
export function stepsOf(seconds: readonly RunSecond[], stepSeconds: number): ComparedStep[] {
  if (stepSeconds === 1) return seconds.map(stepOfSecond);
  const sums = new Map<number, StepSum>();
  for (const second of seconds) {
    const minute = minuteOf(second.second);
    const sum = sums.get(minute) ?? new StepSum();
    sum.add(second);
    sums.set(minute, sum);
  }
  return [...sums.values()].map((sum) => sum.step());
}

/** The minute of the run's clock that a second lies in. */
export function minuteOf(second: number): number {
  return Math.floor(second / MINUTE_SECONDS);
}
