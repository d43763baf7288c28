/** The tabs of a run. */
export type TabId = 'statistics' | 'charts' | 'failures' | 'exceptions' | 'tasks' | 'log' | 'download';

const lastTabs = new Map<number, TabId>();

/** The tab that was last seen of a run, so that a look at another view does not lose the place. */
export function lastTabOf(runId: number): TabId {
  return lastTabs.get(runId) ?? 'statistics';
}

export function rememberTab(runId: number, tab: TabId): void {
  lastTabs.set(runId, tab);
}
