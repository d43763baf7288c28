import type { RunReport } from '../../../../shared/stats/report';
import { LAG_P99_LIMIT_US, UTILIZATION_LIMIT } from '../../../../shared/stats/validity';
import { visibleSentence } from '../../../../shared/text/sentence';
import type { TimeRange } from '../../../charts/time-column';
import { formatCount, formatFigure, formatPercent, plural } from '../../../ui/format';
import type { RunColumns } from './run-columns';

/** How well the generator kept up, and what to do when it did not. */
export interface GeneratorHealth {
  tone: 'ok' | 'warn' | 'bad' | 'neutral';
  /** The word on the badge. */
  word: string;
  /** One sentence. */
  sentence: string;
  limitedSeconds: number;
  stretches: LimitedStretch[];
  /** Sentences. */
  advice: string[];
}

export interface LimitedStretch extends TimeRange {
  /** As told by the generator while the run was on; empty for a stored run. */
  reasons: string[];
}

const LAG_LIMIT_MS = LAG_P99_LIMIT_US / 1000;
/** A limited second this recent makes the badge red while the run is on. */
const RECENT_SECONDS = 10;

/** Judges the generator by the seconds so far. */
export function generatorHealth(columns: RunColumns, report: RunReport, running: boolean): GeneratorHealth {
  const stretches = columns.limitedStretches().map((stretch) => ({ ...stretch, reasons: reasonsWithin(columns, stretch) }));
  const limitedSeconds = Math.max(
    report.generator.invalidSeconds,
    stretches.reduce((sum, { from, to }) => sum + to - from, 0),
  );
  if (limitedSeconds === 0) {
    if (running && columns.endSecond === 0) {
      const sentence = 'No second of the run is complete yet.';
      return { tone: 'neutral', word: 'starting', sentence, limitedSeconds, stretches, advice: [] };
    }
    return {
      tone: 'ok',
      word: 'healthy',
      sentence: 'The generator sent on time in every second; the numbers are those of the backend.',
      limitedSeconds,
      stretches,
      advice: [],
    };
  }
  const last = stretches[stretches.length - 1];
  const isNow = running && last !== undefined && last.to > columns.endSecond - RECENT_SECONDS;
  const { ramp, steady, cooldown } = report.phases;
  const isMuch = limitedSeconds > 0.1 * (ramp + steady + cooldown);
  const seconds = plural(limitedSeconds, 'second');
  return {
    tone: isNow || isMuch ? 'bad' : 'warn',
    word: isNow ? 'overloaded' : `was overloaded ${formatCount(limitedSeconds)} s`,
    sentence: `In ${seconds} the generator, not the backend, was the limit. Those are hatched in the charts and left out of comparisons.`,
    limitedSeconds,
    stretches,
    advice: isGuarded(stretches) ? [GUARD_ADVICE] : adviceFor(report),
  };
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
  const reasons = new Set<string>();
  for (let second = from; second < to; second++)
    for (const reason of columns.reasonsAt(second)) reasons.add(visibleSentence(reason));
  return [...reasons];
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
