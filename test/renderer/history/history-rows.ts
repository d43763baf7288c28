import type { HistoryRow } from '../../../src/shared/api/types';

/** A row of the history as the API hands it out. */
export function historyRow(id: number, change: Partial<HistoryRow> = {}): HistoryRow {
  return {
    id,
    name: `IoT backend ${id}`,
    note: '',
    status: 'finished',
    degraded: false,
    baseline: false,
    scenarioName: 'IoT backend',
    scenarioHash: '0123456789abcdef',
    host: 'http://127.0.0.1:8090',
    startedAt: 1_800_000_000_000 + id * 60_000,
    endedAt: 1_800_000_000_000 + id * 60_000 + 50_000,
    durationSeconds: 50,
    nodes: 100,
    requests: 1000,
    failures: 0,
    requestsPerSecond: 20,
    p95Ms: 41,
    invalidSeconds: 0,
    sparkRequests: [1, 2, 3],
    sparkP95: [40, null, 42],
    ...change,
  };
}
