import type { RunSnapshot } from '../../shared/api/types';
import { buildReport } from '../../shared/stats/report';
import type { RunData } from '../../shared/stats/run';
import { currentRates, currentTimes } from '../../shared/stats/summary';
import type { LiveRun } from '../runs/run';

/** A run that is kept, as the run view shows it. */
export function storedSnapshot(data: RunData): RunSnapshot {
  return {
    report: buildReport(data),
    record: { ...data.run },
    series: data.series,
    events: data.events,
    current: null,
    elapsedSeconds: data.totals.seconds(),
    plannedSeconds: data.run.options.durationSeconds,
    stopping: false,
    historyBehind: null,
  };
}

/** A run that is on. `data`: its statistics since they were last reset. */
export function liveSnapshot(run: LiveRun, data: RunData, elapsedSeconds: number): RunSnapshot {
  const rates = currentRates(run.recentSeconds);
  return {
    ...storedSnapshot(data),
    current: {
      total: rates.total,
      series: data.series.map((_, series) => rates.of(series)),
      times: currentTimes(run.recentSeconds),
    },
    elapsedSeconds,
    stopping: run.stopping,
    historyBehind: run.historyBehind,
  };
}
