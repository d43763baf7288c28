import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { followRun, useRun } from '../../../src/renderer/app/run-store';
import type { ApiClient } from '../../../src/shared/api/client';
import type { ApiEventName, ApiEvents } from '../../../src/shared/api/events';
import type { RunSnapshot, SecondView } from '../../../src/shared/api/types';

/** An API of which the test is the other side. */
function fakeApi() {
  const listeners = new Map<string, ((event: never) => void)[]>();
  const onlineListeners: ((online: boolean) => void)[] = [];
  const api = {
    current: null as unknown,
    reads: 0,
    emit<Name extends ApiEventName>(name: Name, event: ApiEvents[Name]) {
      for (const listener of listeners.get(name) ?? []) listener(event as never);
    },
    setOnline: (online: boolean) => {
      for (const listener of onlineListeners) listener(online);
    },
    client: {
      call: async () => {
        api.reads++;
        return api.current;
      },
      on: (name: string, listener: (event: never) => void) => {
        listeners.set(name, [...(listeners.get(name) ?? []), listener]);
        return () => {};
      },
      online: true,
      onOnlineChange: (listener: (online: boolean) => void) => {
        onlineListeners.push(listener);
        return () => {};
      },
    } as unknown as ApiClient,
  };
  return api;
}

const snapshot = (elapsedSeconds: number, status = 'running', id = 7) =>
  ({ record: { id, status }, elapsedSeconds, stopping: false }) as unknown as RunSnapshot;
const second = (index: number) =>
  ({ second: index, nodes: index, plannedNodes: 100, valid: true, reasons: [] }) as unknown as SecondView;

let end: () => void = () => {};

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('requestAnimationFrame', () => 0);
  useRun.setState({ snapshot: null, running: false, stopping: false, latest: null, lastLimited: null });
});

afterEach(() => {
  end();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

it('changes at most four times a second, and ends up with the newest', async () => {
  const api = fakeApi();
  end = followRun(api.client, () => {});
  await vi.advanceTimersByTimeAsync(1_000);
  const changes = vi.fn();
  const unsubscribe = useRun.subscribe(changes);
  for (let index = 0; index < 100; index++) {
    api.emit('run.second', { runId: 7, second: second(index), snapshot: snapshot(index) });
    await vi.advanceTimersByTimeAsync(10);
  }
  await vi.advanceTimersByTimeAsync(300);
  unsubscribe();
  expect(changes.mock.calls.length).toBeLessThanOrEqual(6);
  expect(useRun.getState()).toMatchObject({ running: true, latest: { second: 99, nodes: 99 } });
  expect(useRun.getState().snapshot?.elapsedSeconds).toBe(99);
});

it('shows a change of status at once, and forgets the run before when another begins', async () => {
  const api = fakeApi();
  end = followRun(api.client, () => {});
  await vi.advanceTimersByTimeAsync(1_000);
  api.emit('run.second', { runId: 7, second: second(3), snapshot: snapshot(3) });
  api.emit('run.status', { runId: 7, snapshot: snapshot(4, 'finished') });
  expect(useRun.getState()).toMatchObject({ running: false, latest: { second: 3 } });
  api.emit('run.status', { runId: 8, snapshot: snapshot(0, 'running', 8) });
  expect(useRun.getState()).toMatchObject({ running: true, latest: null, lastLimited: null });
});

it('reads anew after main was away', async () => {
  const api = fakeApi();
  end = followRun(api.client, () => {});
  await vi.advanceTimersByTimeAsync(0);
  api.setOnline(false);
  api.current = { snapshot: snapshot(60, 'finished'), running: false, log: [] };
  api.setOnline(true);
  await vi.advanceTimersByTimeAsync(300);
  expect(api.reads).toBe(2);
  expect(useRun.getState()).toMatchObject({ running: false, snapshot: { elapsedSeconds: 60 } });
});
