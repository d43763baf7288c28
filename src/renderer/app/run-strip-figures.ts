import type { RunSnapshot } from '../../shared/api/types';
import { plural } from '../ui/format';
import type { Tone } from '../ui/Status';
import type { RunState } from './run-store';

/** How well the generator itself keeps up, in a word with its reason. */
export interface GeneratorHealth {
  tone: Tone;
  word: string;
  reason: string;
}

/** A limited second this recent counts as now while the run is on. */
const RECENT_SECONDS = 10;
/** Above this share of limited seconds a run is bad as a whole. */
const MUCH = 0.1;

/** The same judgement as the badge of the live view. */
export function generatorHealth(run: Pick<RunState, 'snapshot' | 'running' | 'latest' | 'lastLimited'>): GeneratorHealth {
  const { snapshot, running, latest, lastLimited } = run;
  const limitedSeconds = Math.max(snapshot?.report.generator.invalidSeconds ?? 0, lastLimited ? 1 : 0);
  if (limitedSeconds === 0) {
    if (running && !latest) return { tone: 'neutral', word: 'starting', reason: 'No second of the run is complete yet.' };
    return {
      tone: 'ok',
      word: 'healthy',
      reason: 'The generator sent on time in every second; the numbers are those of the backend.',
    };
  }
  const isNow = running && latest !== null && lastLimited !== null && lastLimited.second >= latest.second - RECENT_SECONDS;
  if (isNow) {
    const why = lastLimited.reasons.join(' ');
    return { tone: 'bad', word: 'overloaded', reason: why || 'The generator, not the backend, is the limit.' };
  }
  const seconds = plural(limitedSeconds, 'second');
  const isMuch = limitedSeconds > MUCH * Math.max(1, snapshot?.elapsedSeconds ?? 0);
  return {
    tone: isMuch ? 'bad' : 'warn',
    word: `was overloaded for ${seconds}`,
    reason: `In ${seconds} the generator, not the backend, was the limit. Do not trust their numbers.`,
  };
}

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

/** Icon and word of a run's status. */
export function runStatusWord({ snapshot, running, stopping }: Pick<RunState, 'snapshot' | 'running' | 'stopping'>): {
  tone: Tone;
  word: string;
} {
  if (stopping) return { tone: 'warn', word: 'Stopping' };
  if (running)
    return snapshot?.record.degraded ? { tone: 'warn', word: 'Running, degraded' } : { tone: 'accent', word: 'Running' };
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
