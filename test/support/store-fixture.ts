import { join } from 'node:path';
import type { SqliteStore } from '../../src/main/store/sqlite-store';
import type { RunEvent, RunSecond } from '../../src/shared/stats/frame';
import { newRun, RUN_END, recordedSecond } from './recorded-run';

/** Where the database that layout version `version` left behind is kept, gzipped. */
export const fixtureFile = (version: number) => join(import.meta.dirname, 'store-fixtures', `v${version}.db.gz`);

export const FIXTURE_EVENTS: RunEvent[] = [{ atMs: 1000, kind: 'spawn-done', text: '100 nodes' }];

/** Heartbeats of a fixture are from then: long ago, so that its second run reads `interrupted`. */
export const FIXTURE_NOW = 1_700_000_000_000;

/** The seconds of both runs of a fixture. */
export function fixtureSeconds(): RunSecond[] {
  const failing = recordedSecond(1, { failuresPerSeries: 2, valid: false });
  const exceptions = [
    { message: 'no token', nodeType: 'Sensor', task: 'send', step: 0, count: 2, firstMs: 1, lastMs: 2, nodes: [3, 4] },
  ];
  return [recordedSecond(0, { phase: 'ramp' }), { ...failing, exceptions }, recordedSecond(2)];
}

/** Writes what every fixture holds: a finished run with a note (the baseline), and one that was never ended. */
export async function writeFixture(store: SqliteStore): Promise<void> {
  for (const isFinished of [true, false]) {
    const id = await store.createRun(newRun({ owner: { hostname: 'elsewhere', pid: 1 } }));
    for (const second of fixtureSeconds()) await store.appendSecond(id, second, second.second === 1 ? FIXTURE_EVENTS : []);
    if (!isFinished) continue;
    await store.finishRun(id, RUN_END, []);
    await store.updateRun(id, { note: 'kept', baseline: true });
  }
}
