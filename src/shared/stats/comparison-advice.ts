import { asSentence } from '../text/sentence';
import type { ComparedSide, RunComparison } from './comparison';
import { MIN_BLOCKS } from './run-sample';

/** Whether not one measure has a verdict, because there is not enough data. */
export function isWithoutVerdict({ rows }: Pick<RunComparison, 'rows'>): boolean {
  return rows.every(({ measures }) => measures.every(({ verdict }) => verdict === 'not enough data'));
}

/**
 * What to do when not one measure has enough data, or when the runs are too short for some series; null otherwise. `isWindow`: only a stretch of the runs
 * was compared.
 */
export function adviceOn({ rows, a, b }: Pick<RunComparison, 'rows' | 'a' | 'b'>, isWindow = false): string | null {
  const what = isWindow ? 'choose a longer stretch, or run both for longer' : 'run both for longer';
  const without = isWithoutVerdict({ rows });
  const compared = rows.filter(({ requests }) => requests.a > 0 && requests.b > 0);
  if (without && compared.length === 0)
    return asSentence(`${what}: each needs requests in steady seconds, after all nodes are up.`);
  // The slower the times of a run wander, the longer it takes to tell a change from their wandering. All requests together say what most series need.
  const asking = without
    ? compared.slice(-1)
    : compared.filter(
        (row) => isWithoutVerdict({ rows: [row] }) && (isTooShort(row.blockSeconds.a, a) || isTooShort(row.blockSeconds.b, b)),
      );
  if (asking.length === 0) return null;
  const seconds = Math.max(
    ...asking.flatMap(({ blockSeconds }) => [steadySeconds(blockSeconds.a, a), steadySeconds(blockSeconds.b, b)]),
  );
  const needed = `judging by these runs, each needs about ${Math.ceil(seconds / 60)} minutes of steady load`;
  return asSentence(
    without ? `${what}: ${needed}. The figures below are as measured.` : `To judge all series, ${what}: ${needed}.`,
  );
}

/** Whether a side has fewer blocks than a comparison takes. */
function isTooShort(blockSeconds: number, { seconds }: ComparedSide): boolean {
  return Math.floor(seconds / blockSeconds) < MIN_BLOCKS;
}

/** How long a run has to be steady, if as many of its seconds are left out again. */
function steadySeconds(
  blockSeconds: number,
  { seconds, invalidSeconds }: Pick<ComparedSide, 'seconds' | 'invalidSeconds'>,
): number {
  return MIN_BLOCKS * blockSeconds * (seconds > 0 ? 1 + invalidSeconds / seconds : 1);
}
