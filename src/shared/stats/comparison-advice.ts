import type { ComparedSide, RunComparison } from './comparison';
import { MIN_BLOCKS } from './run-sample';

/** What to do when not one measure has enough data; null when some have. `isWindow`: only a stretch of the runs was compared. */
export function adviceOn({ rows, a, b }: Pick<RunComparison, 'rows' | 'a' | 'b'>, isWindow = false): string | null {
  if (rows.some(({ measures }) => measures.some(({ verdict }) => verdict !== 'not enough data'))) return null;
  const together = rows[rows.length - 1];
  const what = isWindow ? 'Choose a longer stretch, or run both for longer' : 'Run both for longer';
  if (!together || together.requests.a === 0 || together.requests.b === 0) {
    return `${what}: each needs requests in steady seconds, after all nodes are up.`;
  }
  // The slower the times of a run wander, the longer it takes to tell a change from their wandering.
  const seconds = Math.max(steadySeconds(together.blockSeconds.a, a), steadySeconds(together.blockSeconds.b, b));
  return `${what}: judging by these runs, each needs about ${Math.ceil(seconds / 60)} minutes of steady load. The figures below are as measured.`;
}

/** How long a run has to be steady, if as many of its seconds are left out again. */
function steadySeconds(
  blockSeconds: number,
  { seconds, invalidSeconds }: Pick<ComparedSide, 'seconds' | 'invalidSeconds'>,
): number {
  return MIN_BLOCKS * blockSeconds * (seconds > 0 ? 1 + invalidSeconds / seconds : 1);
}
