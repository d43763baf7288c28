import type { RunReport } from '../../../../shared/stats/report';
import { LAG_P99_LIMIT_US, UTILIZATION_LIMIT } from '../../../../shared/stats/validity';
import { visibleSentence } from '../../../../shared/text/sentence';
import { type GeneratorHealth, generatorHealth } from '../../../app/generator-health';
import type { TimeRange } from '../../../charts/time-column';
import { formatFigure, formatPercent } from '../../../ui/format';
import type { RunColumns } from './run-columns';

/** How well the generator kept up, when it did not, and what to do about it. */
export interface ExplainedHealth extends GeneratorHealth {
  stretches: LimitedStretch[];
  /** Sentences. */
  advice: string[];
}

export interface LimitedStretch extends TimeRange {
  /** As told by the generator, the first of each kind; empty when that is too long ago. */
  reasons: string[];
}

const LAG_LIMIT_MS = LAG_P99_LIMIT_US / 1000;

/** Judges the generator by the seconds so far. */
export function explainHealth(columns: RunColumns, report: RunReport, running: boolean): ExplainedHealth {
  const stretches = columns.limitedStretches().map((stretch) => ({ ...stretch, reasons: reasonsWithin(columns, stretch) }));
  const last = stretches[stretches.length - 1];
  const seen = {
    endSecond: columns.endSecond,
    limitedSeconds: stretches.reduce((sum, { from, to }) => sum + to - from, 0),
    lastLimited: last ? last.to - 1 : null,
  };
  const health = generatorHealth(report, seen, running);
  if (health.limitedSeconds === 0) return { ...health, stretches, advice: [] };
  return { ...health, stretches, advice: isGuarded(stretches) ? [GUARD_ADVICE] : adviceFor(report) };
}

/** What the generator itself measured, as lines of a list. */
export function generatorFigures({ generator }: RunReport): { label: string; value: string; isOver: boolean }[] {
  const { scheduleLagMs, eventLoopUtilization } = generator;
  return [
    {
      label: 'Schedule lag, 99 %ile of the run',
      value: scheduleLagMs.p99 === null ? formatFigure(null) : `${formatFigure(scheduleLagMs.p99)} ms`,
      isOver: (scheduleLagMs.p99 ?? 0) > LAG_LIMIT_MS,
    },
    {
      label: 'Event loop busy, busiest second',
      value: formatPercent(eventLoopUtilization.max),
      isOver: eventLoopUtilization.max > UTILIZATION_LIMIT,
    },
  ];
}

function reasonsWithin(columns: RunColumns, { from, to }: TimeRange): string[] {
  const reasons = new Map<string, string>();
  for (let second = from; second < to; second++) {
    for (const reason of columns.reasonsAt(second)) {
      // The same with other figures, or of another shard, says nothing new.
      const kind = reason.replaceAll(/[\d.,]+/g, '#');
      if (!reasons.has(kind)) reasons.set(kind, visibleSentence(reason));
    }
  }
  return [...reasons.values()];
}

const GUARD_ADVICE = 'The rate guard is lower than what the scenario sends: raise it in the settings, or use fewer nodes.';

/** Whether nothing but the rate guard limited the run. */
function isGuarded(stretches: readonly LimitedStretch[]): boolean {
  const reasons = stretches.flatMap((stretch) => stretch.reasons);
  return reasons.length > 0 && reasons.every((reason) => reason.startsWith('The rate guard held back'));
}

function adviceFor(report: RunReport): string[] {
  const exhausted = new Set(report.generator.shards.map((shard) => shard.exhausted));
  const advice: string[] = [];
  if (exhausted.has('files')) advice.push('Raise the limit of open files (ulimit -n) and start the run again.');
  if (exhausted.has('ports')) {
    advice.push('Local ports ran out: let nodes keep their connections, or spread the run over more local addresses.');
  }
  if (report.generator.eventLoopUtilization.max > UTILIZATION_LIMIT || (report.generator.scheduleLagMs.p99 ?? 0) > LAG_LIMIT_MS) {
    advice.push(
      report.run.shards > 1
        ? 'Use fewer nodes or requests on this machine, or a machine with more cores.'
        : 'Start with more shards (Advanced), so that more cores take part.',
    );
  }
  advice.push('Close other programs on this machine, and do not run the backend on it.');
  return advice;
}
