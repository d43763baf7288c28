import type { RunEvent, RunSecond } from '../../shared/stats/frame';
import { type PackedDeltas, packDeltas, unpackDeltas } from '../../shared/stats/packed-deltas';
import type { RunData } from '../../shared/stats/run';
import { RunTotals, type RunTotalsData } from '../../shared/stats/totals';
import type { RunStore } from './run-store';

/** A call of a method of the store, as it travels to its process. */
export interface StoreRequest<Method extends keyof RunStore = keyof RunStore> {
  id: number;
  method: Method;
  args: Parameters<RunStore[Method]>;
}

/** The same, packed. */
export type SentRequest = Omit<StoreRequest, 'args'> & { args: unknown[] };

/** Its outcome. Errors are sentences for the user. */
export type StoreReply = { id: number; ok: true; value: unknown } | { id: number; ok: false; error: string; notFound: boolean };

/** A run as it travels between processes: totals are plain data on the way. */
type SentRun = Omit<RunData, 'totals'> & { totals: RunTotalsData };

function packRun(data: RunData): SentRun {
  return { ...data, totals: data.totals.toData() };
}

function unpackRun(sent: SentRun): RunData {
  return { ...sent, totals: RunTotals.fromData(sent.totals) };
}

/** A second as it travels to the store: a message costs by the objects in it, and a thousand series are ten thousand of them. */
type SentSecond = Omit<RunSecond, 'series' | 'tasks'> & { series: PackedDeltas; tasks: Float64Array };

function packSecond(second: RunSecond): SentSecond {
  return { ...second, series: packDeltas(second.series), tasks: Float64Array.from(second.tasks.flat()) };
}

function unpackSecond(sent: SentSecond): RunSecond {
  const tasks = Array.from({ length: sent.tasks.length / 2 }, (_, at): [number, number] => [
    sent.tasks[2 * at] as number,
    sent.tasks[2 * at + 1] as number,
  ]);
  return { ...sent, series: unpackDeltas(sent.series), tasks };
}

/** A call as it is sent. */
export function packRequest(request: StoreRequest): SentRequest {
  if (request.method !== 'appendSecond') return request;
  const [runId, second, events] = request.args as Parameters<RunStore['appendSecond']>;
  return { ...request, args: [runId, packSecond(second), events] };
}

/** The inverse of `packRequest`. */
export function unpackRequest(sent: SentRequest): StoreRequest {
  if (sent.method !== 'appendSecond') return sent as StoreRequest;
  const [runId, second, events] = sent.args as [number, SentSecond, RunEvent[]];
  return { ...sent, args: [runId, unpackSecond(second), events] };
}

/** What a method returned, as plain data. */
export function packValue(method: keyof RunStore, value: unknown): unknown {
  if (method === 'readTotals') return (value as RunTotals).toData();
  if (method !== 'readRun' || value === null) return value;
  return packRun(value as RunData);
}

/** The inverse of `packValue`. */
export function unpackValue(method: keyof RunStore, value: unknown): unknown {
  if (method === 'readTotals') return RunTotals.fromData(value as RunTotalsData);
  if (method !== 'readRun' || value === null) return value;
  return unpackRun(value as SentRun);
}
