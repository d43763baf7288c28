import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { HistoryWriter } from '../../../src/main/runs/history-writer';
import { StoreError } from '../../../src/main/store/run-store';
import { SqliteStore } from '../../../src/main/store/sqlite-store';
import { newRun, RUN_END, recordedSecond } from '../../support/recorded-run';
import { tempFolder } from '../../support/temp-folder';

/** A store that does not take the seconds that a test says, and a writer to it. */
async function writer() {
  const store = SqliteStore.open(join(tempFolder(), 'runs.db'));
  onTestFinished(() => store.close());
  const runId = await store.createRun(newRun());
  const refused = new Set<number>();
  const tried: number[] = [];
  const append = store.appendSecond.bind(store);
  store.appendSecond = async (id, second, events) => {
    tried.push(second.second);
    if (refused.has(second.second)) throw new StoreError('The disk is full.');
    return await append(id, second, events);
  };
  const said: string[] = [];
  const history = new HistoryWriter(store, runId, (level, text) => said.push(`${level}: ${text}`));
  const add = async (second: number) => {
    history.add(recordedSecond(second, { seriesCount: 1, requestsPerSeries: 1 }), [
      { atMs: second * 1000, kind: 'note', text: `second ${second}` },
    ]);
    await expect.poll(() => tried.includes(second)).toBe(true);
  };
  const stored = async () => (await store.readSeconds(runId)).map(({ second }) => second);
  return { store, runId, refused, tried, said, history, add, stored };
}

const BEHIND = 'error: history is behind, its seconds are held until they can be stored: The disk is full.';

describe('HistoryWriter', () => {
  it('holds what the store does not take and stores it, oldest first, when it does', async () => {
    const { refused, said, history, add, stored, tried } = await writer();
    await add(0);
    for (const second of [1, 2, 3]) refused.add(second);
    for (const second of [1, 2, 3]) await add(second);
    expect(await stored()).toEqual([0]);
    expect(history.unstored.map(({ second }) => second)).toEqual([1, 2, 3]);
    expect(history.gap).toBe('history is incomplete: The disk is full.');
    refused.clear();
    tried.length = 0;
    await add(4);
    await history.settle();
    expect(tried.slice(0, 4)).toEqual([1, 2, 3, 4]);
    expect(await stored()).toEqual([0, 1, 2, 3, 4]);
    expect(history.unstored).toEqual([]);
    expect(history.gap).toBeNull();
    expect(said).toEqual([BEHIND, 'info: history is complete again: the seconds that were held are stored']);
  });

  it('says that it is behind when the store has not answered for ten seconds, until it has caught up', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    onTestFinished(() => void vi.useRealTimers());
    const { store, said, history, stored } = await writer();
    const append = store.appendSecond;
    const { promise: goesOn, resolve: goOn } = Promise.withResolvers<void>();
    store.appendSecond = async (...second) => {
      await goesOn;
      return await append(...second);
    };
    history.add(recordedSecond(0, { seriesCount: 1, requestsPerSeries: 1 }), []);
    vi.advanceTimersByTime(9_000);
    expect(history.behind).toBeNull();
    vi.advanceTimersByTime(1_000);
    const behind = BEHIND.replace('The disk is full.', 'the process that keeps it has not answered for 10 s');
    expect(said).toEqual([behind]);
    expect(history.behind).toBe(behind.replace('error: ', ''));
    goOn();
    await history.settle();
    expect(await stored()).toEqual([0]);
    expect(history.behind).toBeNull();
    expect(said).toEqual([behind, 'info: history is complete again: the seconds that were held are stored']);
  });

  it('lets no second that is never taken keep the others waiting, and stores its events all the same', async () => {
    const { store, runId, refused, said, history, add, stored } = await writer();
    refused.add(1);
    for (const second of [0, 1, 2, 3]) await add(second);
    await history.settle();
    expect(await stored()).toEqual([0, 2, 3]);
    expect(history.unstored.map(({ second }) => second)).toEqual([1]);
    expect(history.gap).toBe('history is incomplete: The disk is full.');
    expect(said).toEqual([BEHIND]);
    expect(await history.finish(RUN_END, [{ atMs: 4000, kind: 'note', text: 'end' }])).toBeNull();
    const data = await store.readRun(runId);
    expect(data?.run).toMatchObject(RUN_END);
    expect(data?.events.map(({ text }) => text)).toEqual(['second 0', 'second 1', 'second 2', 'second 3', 'end']);
  });

  it('tries at the end of the run for a while, then says what is missing', async () => {
    const { store, refused, history, add, tried } = await writer();
    refused.add(0);
    await add(0);
    await history.settle();
    expect(tried.length).toBeGreaterThanOrEqual(4);
    store.finishRun = async () => {
      throw new StoreError('The disk is still full.');
    };
    expect(await history.finish(RUN_END, [])).toBe('history is incomplete: The disk is still full.');
  });
});
