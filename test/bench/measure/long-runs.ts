import type { SqliteStore } from '../../../src/main/store/sqlite-store';
import { newRun, RUN_END, recordedSecond } from '../../support/recorded-run';

/** Seconds that are made up and then used again and again: making them takes longer than storing them. */
const DISTINCT_SECONDS = 30;

/** What the seconds of a made-up run hold. */
export interface LongRunSize {
  seconds: number;
  series: number;
  requestsPerSeries: number;
}

/** Stores a made-up run and returns its id. */
export async function storeLongRun(
  store: SqliteStore,
  name: string,
  { seconds, series, requestsPerSeries }: LongRunSize,
): Promise<number> {
  const templates = Array.from({ length: DISTINCT_SECONDS }, (_, second) =>
    recordedSecond(second, { seriesCount: series, requestsPerSeries }),
  );
  const id = await store.createRun(newRun({ name, seriesCount: series }));
  for (let second = 0; second < seconds; second++) {
    const template = templates[(second * 7 + id) % templates.length];
    if (template) await store.appendSecond(id, { ...template, second }, []);
  }
  await store.finishRun(id, RUN_END, []);
  return id;
}
