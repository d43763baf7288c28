import type { RunReport } from '../../shared/stats/report';
import { formatCount, plural } from '../ui/format';
import type { Tone } from '../ui/Status';

/** How well the generator itself kept up. */
export interface GeneratorHealth {
  tone: Tone;
  /** Behind `Generator:`. */
  word: string;
  /** What the word means for the numbers, in sentences. */
  sentence: string;
  /** The run is on, and one of its newest seconds was limited. */
  isNow: boolean;
  /** So far, or of the run that has ended. */
  limitedSeconds: number;
}

/** What a page has seen of the seconds of a run, beside its report. */
export interface SeenSeconds {
  /** The first second that is not complete yet; 0: none is. */
  endSecond: number;
  /** Of those seen, how many were limited: the report may be a moment older. */
  limitedSeconds: number;
  /** The newest of them. */
  lastLimited: number | null;
}

/** A limited second this recent counts as now while the run is on. */
const NOW_SECONDS = 10;
/** Above this share of limited seconds a run is bad as a whole. */
const MUCH = 0.1;

/** Judges the generator by the seconds of a run so far: the one judgement and the one wording of all views. */
export function generatorHealth(report: RunReport, seen: SeenSeconds, running: boolean): GeneratorHealth {
  const { endSecond, lastLimited } = seen;
  const limitedSeconds = Math.max(report.generator.invalidSeconds, seen.limitedSeconds);
  if (limitedSeconds === 0) {
    const none = { isNow: false, limitedSeconds };
    if (running && endSecond === 0)
      return { tone: 'neutral', word: 'starting', sentence: 'No second of the run is complete yet.', ...none };
    const sentence = 'The generator sent on time in every second; the numbers are those of the backend.';
    return { tone: 'ok', word: 'healthy', sentence, ...none };
  }
  const isNow = running && lastLimited !== null && lastLimited >= endSecond - NOW_SECONDS;
  const { ramp, steady, cooldown } = report.phases;
  const isMuch = limitedSeconds > MUCH * (ramp + steady + cooldown);
  const seconds = plural(limitedSeconds, 'second');
  return {
    tone: isNow || isMuch ? 'bad' : 'warn',
    word: isNow ? 'overloaded' : `was overloaded for ${formatCount(limitedSeconds)} s`,
    sentence: `In ${seconds} the generator, not the backend, was the bottleneck. Those are hatched in the charts and left out of comparisons.`,
    isNow,
    limitedSeconds,
  };
}
