import type { HistoryRow } from '../../../shared/api/types';
import type { RunStatus } from '../../../shared/stats/run';

/** How a status reads and what tone it has; the word always stands beside the icon. */
export const STATUS_WORDS: Record<
  RunStatus,
  { word: string; tone: 'ok' | 'warn' | 'bad' | 'accent' | 'neutral'; meaning: string }
> = {
  running: { word: 'Running', tone: 'accent', meaning: 'The run is in progress.' },
  finished: { word: 'Finished', tone: 'ok', meaning: 'The run ended as planned.' },
  stopped: { word: 'Stopped', tone: 'neutral', meaning: 'Someone stopped the run before its planned end.' },
  interrupted: {
    word: 'Interrupted',
    tone: 'bad',
    meaning: 'The process that conducted the run went away before the run had ended; its last seconds may be missing.',
  },
  failed: { word: 'Failed', tone: 'bad', meaning: 'The run could not be carried out.' },
};

/** What a row says of how the run went. */
export function statusOf({ status, degraded, invalidSeconds }: Pick<HistoryRow, 'status' | 'degraded' | 'invalidSeconds'>) {
  const { word, tone, meaning } = STATUS_WORDS[status];
  const reasons = [meaning];
  if (degraded) reasons.push('It lost a shard: what its nodes did is missing.');
  if (invalidSeconds > 0) reasons.push(`In ${invalidSeconds} s the generator could not keep up; comparisons leave them out.`);
  const calls = degraded || invalidSeconds > 0;
  return {
    word: !degraded ? word : status === 'finished' ? 'Degraded' : `${word}, degraded`,
    tone: calls && tone !== 'bad' ? ('warn' as const) : tone,
    reason: reasons.join(' '),
  };
}
