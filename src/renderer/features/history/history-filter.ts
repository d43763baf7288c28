import type { HistoryRow } from '../../../shared/api/types';
import type { RunStatus } from '../../../shared/stats/run';

/** Which runs of the history are shown. */
export interface HistoryFilter {
  /** Words that must all be found in name, note, scenario, host or number of the run. */
  text: string;
  /** Name of a scenario; null: any. */
  scenario: string | null;
  /** `degraded`: runs that lost a shard, however they ended. null: any. */
  status: RunStatus | 'degraded' | null;
}

export const NO_FILTER: HistoryFilter = { text: '', scenario: null, status: null };

export function isFiltering({ text, scenario, status }: HistoryFilter): boolean {
  return text.trim() !== '' || scenario !== null || status !== null;
}

/** The rows that pass, in their order. */
export function filteredRuns(rows: readonly HistoryRow[], filter: HistoryFilter): HistoryRow[] {
  const words = filter.text.toLowerCase().split(/\s+/).filter(Boolean);
  return rows.filter((row) => {
    if (filter.scenario !== null && row.scenarioName !== filter.scenario) return false;
    if (filter.status === 'degraded' ? !row.degraded : filter.status !== null && row.status !== filter.status) return false;
    if (words.length === 0) return true;
    const text = `${row.name}\n${row.note}\n${row.scenarioName}\n${row.host}\n#${row.id}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/** Names of the scenarios that runs were made of, in alphabetical order. */
export function scenarioNames(rows: readonly HistoryRow[]): string[] {
  return [...new Set(rows.map((row) => row.scenarioName))].sort((a, b) => a.localeCompare(b));
}
