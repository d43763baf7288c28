import type { RunSnapshot } from '../../shared/api/types';
import { visibleSentence } from '../../shared/text/sentence';
import type { Tone } from '../ui/Status';
import { generatorHealth } from './generator-health';
import type { RunState } from './run-store';

/** Figures of the strip; null where there is no value. */
export interface StripFigures {
  requestsPerSecond: number;
  /** 0 to 1 */
  failedShare: number | null;
  p95Ms: number | null;
}

/**
 * While the run is on the rate of the last seconds, and p95 so far. Afterwards both are of the steady phase where there was one, as in the
 * head of the run and in the history. Failures are those of the whole run.
 */
export function stripFigures({ running }: Pick<RunState, 'running'>, { report, current }: RunSnapshot): StripFigures {
  const { total, steady } = report;
  const summary = running ? total : (steady?.total ?? total);
  return {
    requestsPerSecond: (running ? current?.total.requestsPerSecond : undefined) ?? summary.rps,
    failedShare: total.requests > 0 ? total.failures / total.requests : null,
    p95Ms: summary.p95,
  };
}

/** How many nodes a run that is on is to have now; null: none, those that live are stopping. */
export function targetNodes({ record, stopping }: RunSnapshot, planned: number | null | undefined): number | null {
  const target = stopping ? 0 : (planned ?? record.options.nodes);
  return target > 0 ? target : null;
}

/** Icon and word of a run's status. */
export function runStatusWord({ snapshot, running, stopping }: Pick<RunState, 'snapshot' | 'running' | 'stopping'>): {
  tone: Tone;
  word: string;
} {
  if (stopping) return { tone: 'warn', word: snapshot?.historyBehind ? 'Stopping, history behind' : 'Stopping' };
  if (running) {
    if (snapshot?.record.degraded) return { tone: 'warn', word: 'Running, degraded' };
    if (snapshot?.historyBehind) return { tone: 'warn', word: 'Running, history behind' };
    return { tone: 'accent', word: 'Running' };
  }
  switch (snapshot?.record.status) {
    case 'finished':
      return snapshot.record.degraded ? { tone: 'warn', word: 'Finished, degraded' } : { tone: 'ok', word: 'Finished' };
    case 'stopped':
      return { tone: 'neutral', word: 'Stopped' };
    case 'interrupted':
      return { tone: 'bad', word: 'Interrupted' };
    default:
      return { tone: 'bad', word: 'Failed' };
  }
}

/** How well the generator keeps up, in a word; and why it does not just now. */
export function stripHealth(
  { running, latest, lastLimited }: Pick<RunState, 'running' | 'latest' | 'lastLimited'>,
  { report }: RunSnapshot,
): { tone: Tone; word: string; reason: string } {
  const seen = {
    endSecond: latest ? latest.second + 1 : 0,
    limitedSeconds: lastLimited ? 1 : 0,
    lastLimited: lastLimited?.second ?? null,
  };
  const { tone, word, sentence, isNow } = generatorHealth(report, seen, running);
  const reasons = isNow ? (lastLimited?.reasons ?? []) : [];
  return { tone, word, reason: [sentence, ...reasons.map(visibleSentence)].join(' ') };
}
