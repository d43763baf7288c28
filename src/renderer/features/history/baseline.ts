import type { HistoryRow } from '../../../shared/api/types';

/** The runs in the order of a comparison: what the others are held against first (the baseline, else the oldest), then by age. */
export function comparisonOrder(rows: readonly HistoryRow[], ids: ReadonlySet<number>): number[] {
  return rows
    .filter((row) => ids.has(row.id))
    .sort((a, b) => Number(b.baseline) - Number(a.baseline) || a.startedAt - b.startedAt || a.id - b.id)
    .map((row) => row.id);
}

/** The baseline that a run is held against: that of its scenario; null when there is none or it is the run itself. */
export function baselineFor(rows: readonly HistoryRow[], run: Pick<HistoryRow, 'id' | 'scenarioName'>): HistoryRow | null {
  const baseline = rows.find((row) => row.baseline && row.scenarioName === run.scenarioName);
  return baseline && baseline.id !== run.id ? baseline : null;
}

/**
 * What to hold a run against when nobody has said: its baseline, else the ended run of the same scenario before it, else after it.
 * null when there is none.
 */
export function suggestedReference(rows: readonly HistoryRow[], run: HistoryRow): HistoryRow | null {
  const baseline = baselineFor(rows, run);
  if (baseline) return baseline;
  const others = rows.filter((row) => row.id !== run.id && row.scenarioName === run.scenarioName && row.status !== 'running');
  const before = others.filter((row) => row.startedAt <= run.startedAt).sort((a, b) => b.startedAt - a.startedAt);
  const after = others.filter((row) => row.startedAt > run.startedAt).sort((a, b) => a.startedAt - b.startedAt);
  return before[0] ?? after[0] ?? null;
}
