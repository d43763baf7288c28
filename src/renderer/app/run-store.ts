import { create } from 'zustand';
import type { ApiClient } from '../../shared/api/client';
import type { RunSnapshot, SecondView } from '../../shared/api/types';
import { throttled } from './throttled';

export interface RunState {
  /** Of the run that is on or, when none is, of the last one; null: none since the start of the app. */
  snapshot: RunSnapshot | null;
  running: boolean;
  /** Stop was pressed; the second press ends it at once. */
  stopping: boolean;
  /** Nodes and plan of the newest second; null before the first. */
  latest: Pick<SecondView, 'second' | 'nodes' | 'plannedNodes'> | null;
  /** The newest second in which the generator did not keep up, as far as this page has seen them. */
  lastLimited: Pick<SecondView, 'second' | 'reasons'> | null;
}

const NO_RUN: RunState = { snapshot: null, running: false, stopping: false, latest: null, lastLimited: null };
/** At most four renderings a second, however many events come. */
const UPDATE_MS = 250;

/** The current run. Changes at most 4 times a second, and keeps no seconds: the course of a run is the live view's (`RunColumns`). */
export const useRun = create<RunState>(() => NO_RUN);

/** Keeps the store in step with main, also over times when main was away. Returns what ends it. */
export function followRun(api: ApiClient, onError: (error: unknown) => void): () => void {
  let pending: Partial<RunState> = {};
  const flush = throttled(UPDATE_MS, () => {
    const change = pending;
    pending = {};
    useRun.setState(change);
  });
  const set = (change: Partial<RunState>) => {
    pending = { ...pending, ...change };
    flush.call();
  };
  const newest = (): RunState => ({ ...useRun.getState(), ...pending });

  async function read(): Promise<void> {
    try {
      const run = await api.call('runs.current', {});
      if (!run) return set(NO_RUN);
      const isSame = newest().snapshot?.record.id === run.snapshot.record.id;
      set({
        ...stateOf(run.snapshot),
        running: run.running,
        ...(isSame ? {} : { latest: null, lastLimited: null }),
      });
      flush.now();
    } catch (error) {
      onError(error);
    }
  }

  const ends = [
    api.on('run.second', ({ runId, second, snapshot }) => {
      const { nodes, plannedNodes, valid, reasons } = second;
      // The first second of a run may come before its status.
      const known = newest().snapshot?.record.id === runId ? newest().lastLimited : null;
      const lastLimited = valid ? known : { second: second.second, reasons };
      set({ ...stateOf(snapshot), latest: { second: second.second, nodes, plannedNodes }, lastLimited });
    }),
    api.on('run.status', ({ runId, snapshot }) => {
      const isNew = newest().snapshot?.record.id !== runId;
      set({ ...stateOf(snapshot), ...(isNew ? { latest: null, lastLimited: null } : {}) });
      flush.now();
    }),
    api.onOnlineChange((online) => {
      if (online) void read();
    }),
  ];
  void read();
  return () => {
    for (const end of ends) end();
    flush.cancel();
  };
}

function stateOf(snapshot: RunSnapshot): Pick<RunState, 'snapshot' | 'running' | 'stopping'> {
  const running = snapshot.record.status === 'running';
  return { snapshot, running, stopping: running && snapshot.stopping };
}
