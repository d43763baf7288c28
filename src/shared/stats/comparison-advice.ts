import type { RunComparison } from './comparison';
import { MIN_BLOCKS } from './run-sample';

/** What to do when not one measure has enough data; null when some have. */
export function adviceOn({ rows }: Pick<RunComparison, 'rows'>): string | null {
  if (rows.some(({ measures }) => measures.some(({ verdict }) => verdict !== 'not enough data'))) return null;
  const together = rows[rows.length - 1];
  if (!together || together.requests.a === 0 || together.requests.b === 0) {
    return 'Run both for longer: each needs requests in steady seconds, after all nodes are up.';
  }
  // The slower the times of a run wander, the longer it takes to tell a change from their wandering.
  const minutes = Math.ceil((MIN_BLOCKS * Math.max(together.blockSeconds.a, together.blockSeconds.b)) / 60);
  return `Run both for longer: as these runs went, it takes about ${minutes} minutes of steady load each. The figures below are as measured.`;
}
