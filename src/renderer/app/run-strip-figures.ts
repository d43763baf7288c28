import type { Tone } from '../ui/Status';
import type { RunState } from './run-store';

/** How well the generator itself keeps up, in a word with its reason. */
export interface GeneratorHealth {
  tone: Tone;
  word: string;
  reason: string;
}

/** Health of the newest second while a run is on; of the whole run afterwards. */
export function generatorHealth({
  snapshot,
  running,
  latest,
}: Pick<RunState, 'snapshot' | 'running' | 'latest'>): GeneratorHealth {
  if (running) {
    if (!latest) return { tone: 'neutral', word: 'starting', reason: 'No second of the run is complete yet.' };
    if (latest.valid) {
      return { tone: 'ok', word: 'healthy', reason: 'The generator keeps its schedule: the figures are the backend’s.' };
    }
    return { tone: 'warn', word: 'overloaded', reason: latest.reasons.join(' ') || 'The generator does not keep its schedule.' };
  }
  const invalid = snapshot?.report.generator.invalidSeconds ?? 0;
  if (invalid === 0) return { tone: 'ok', word: 'healthy', reason: 'The generator kept its schedule during the whole run.' };
  const seconds = invalid === 1 ? '1 second' : `${invalid} seconds`;
  return {
    tone: 'warn',
    word: 'was overloaded',
    reason: `During ${seconds} the generator did not keep its schedule: do not trust their figures.`,
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
