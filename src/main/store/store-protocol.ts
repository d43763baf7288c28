import type { RunData } from '../../shared/stats/run';
import { RunTotals, type RunTotalsData } from '../../shared/stats/totals';
import type { RunStore } from './run-store';

/** A call of a method of the store, as it travels to its process. */
export interface StoreRequest<Method extends keyof RunStore = keyof RunStore> {
  id: number;
  method: Method;
  args: Parameters<RunStore[Method]>;
}

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

/** What a method returned, as plain data. */
export function packValue(method: keyof RunStore, value: unknown): unknown {
  if (method === 'readTotals') return (value as RunTotals).toData();
  // Hundreds of thousands of small arrays: as one text they travel in half of the CPU time.
  if (method === 'readHeat') return JSON.stringify(value);
  if (method !== 'readRun' || value === null) return value;
  return packRun(value as RunData);
}

/** The inverse of `packValue`. */
export function unpackValue(method: keyof RunStore, value: unknown): unknown {
  if (method === 'readTotals') return RunTotals.fromData(value as RunTotalsData);
  if (method === 'readHeat') return JSON.parse(value as string);
  if (method !== 'readRun' || value === null) return value;
  return unpackRun(value as SentRun);
}
