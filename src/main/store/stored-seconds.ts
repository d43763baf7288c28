import type { RunSecond } from '../../shared/stats/frame';
import type { RunData } from '../../shared/stats/run';
import type { RunStore } from './run-store';

/** Seconds read at once, so that a run of many hours never lies in memory as a whole. */
const PORTION_SECONDS = 300;

/** The stored seconds of a run, ascending, read in portions. */
export async function* storedSeconds(
  store: RunStore,
  data: RunData,
  portionSeconds = PORTION_SECONDS,
): AsyncGenerator<RunSecond> {
  const known = data.totals.toData().clock.seconds;
  for (let from = 0; ; from += portionSeconds) {
    const portion = await store.readSeconds(data.run.id, { from, to: from + portionSeconds });
    yield* portion;
    if (portion.length === 0 && from >= known) return;
  }
}
