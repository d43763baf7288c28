import type { RunSecond } from '../../shared/stats/frame';
import type { RunData } from '../../shared/stats/run';
import type { RunStore } from './run-store';
import { SECONDS_AT_ONCE } from './second-tables';

/** The stored seconds of a run, ascending, read in portions. */
export async function* storedSeconds(
  store: RunStore,
  data: RunData,
  portionSeconds = SECONDS_AT_ONCE,
): AsyncGenerator<RunSecond> {
  const known = data.totals.toData().clock.seconds;
  for (let from = 0; ; from += portionSeconds) {
    const portion = await store.readSeconds(data.run.id, { from, to: from + portionSeconds });
    yield* portion;
    if (portion.length === 0 && from >= known) return;
  }
}
