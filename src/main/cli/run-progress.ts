import { listSeries } from '../../shared/scenario/series';
import { sparsePercentile } from '../../shared/stats/histogram';
import {
  AGGREGATED,
  currentRates,
  currentTimes,
  type RecentSecond,
  type StatisticsRow,
  statisticsRow,
} from '../../shared/stats/summary';
import type { LiveRun } from '../runs/run';
import { countText, durationText, msText, rateText, shareText } from './number-text';
import type { Style } from './style';

/** The statistics of a run so far, with its current rates. */
export function liveStatistics(run: LiveRun): { series: StatisticsRow[]; total: StatisticsRow } {
  const series = listSeries(run.record.scenario);
  const rates = currentRates(run.recentSeconds);
  const rowOf = (key: { method: string; name: string }, index: number | null): StatisticsRow => {
    const { requestsPerSecond, failuresPerSecond } = index === null ? rates.total : rates.of(index);
    return { ...statisticsRow(key, run.totals.parts(index), 0), rps: requestsPerSecond, failuresPerSecond };
  };
  return { series: series.map(rowOf), total: rowOf(AGGREGATED, null) };
}

/** What happened in the last 10 seconds, as parts of a line: nodes, rate, failures, p95, generator. */
export function currentParts(run: LiveRun, style: Style): string[] {
  const seconds = run.recentSeconds;
  const last = seconds[seconds.length - 1];
  if (!last) return ['starting'];
  const { requestsPerSecond, failuresPerSecond } = currentRates(seconds).total;
  const failures = `failures ${shareText(failuresPerSecond, requestsPerSecond)}`;
  return [
    `${countText(last.nodes)} of ${countText(last.plannedNodes)} nodes`,
    `${rateText(requestsPerSecond)} requests/s`,
    failuresPerSecond > 0 ? style('red', failures) : failures,
    `p95 ${msText(currentTimes(seconds).p95)} ms`,
    generatorPart(last, run.totals.invalidSeconds, style),
  ];
}

/** How far a run is: `12 s of 1 min`, or `12 s` when it goes on until stopped. */
export function elapsedText(elapsedSeconds: number, durationSeconds: number | null): string {
  const elapsed = Math.max(0, Math.floor(elapsedSeconds));
  if (durationSeconds === null) return `${durationText(elapsed)}, until stopped`;
  return `${durationText(Math.min(elapsed, durationSeconds))} of ${durationText(durationSeconds)}`;
}

/** What is said from the stop to the end. */
export function stoppingText(run: LiveRun): string {
  return `Stopping: up to ${run.record.options.stopTimeoutSeconds} s for requests in flight. Ctrl-C again stops at once.`;
}

/** A bar of `width` characters, `part` (0 to 1) of it full. */
export function progressBar(part: number, width: number): string {
  const full = Math.round(Math.min(1, Math.max(0, part)) * width);
  return '█'.repeat(full) + '░'.repeat(width - full);
}

function generatorPart(second: RecentSecond, invalidSeconds: number, style: Style): string {
  const { health } = second;
  if (!health.valid) return style('red', `generator-limited: ${health.reasons.join('; ')}`);
  const lagMs = sparsePercentile(health.scheduleLag, 99) / 1000;
  const loop = Math.round(health.eventLoopUtilizationMax * 100);
  const earlier = invalidSeconds > 0 ? style('yellow', `, limited in ${invalidSeconds} s before`) : '';
  return `generator ok (lag p99 ${msText(lagMs)} ms, loop ${loop} %)${earlier}`;
}
