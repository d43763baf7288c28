import { useCallback, useSyncExternalStore } from 'react';
import type { RunSnapshot, SecondWindow, WindowStatistics } from '../../../shared/api/types';
import { type Reading, useReading } from '../../api/api-context';
import type { ChartGroup } from '../../charts/chart-group';
import { useKept } from '../../ui/kept-state';
import type { StatisticsScope } from './model/statistics-rows';

/** What stretch of a run its tables are about. */
export interface RunStretch {
  scope: StatisticsScope;
  /** What the statistics are of when no window is. */
  phase: Exclude<StatisticsScope, 'window'>;
  /** Chosen in the charts, whether the tables are about it or not; null: none. */
  window: SecondWindow | null;
  /** Of the window; without data unless the scope is `window`. */
  reading: Reading<WindowStatistics>;
  /** Stays the same between renders. */
  show(scope: StatisticsScope): void;
  /** Gives the window up: charts and tables are of the whole again. */
  clear(): void;
}

/** A window that a run still adds to is read again this often. */
const REREAD_SECONDS = 2;
/** So long after a second is over everything of it is in the store. */
const SETTLED_SECONDS = 4;

/**
 * The stretch of a run that its tables are about. To choose a window in the charts turns all of them to it; when it is given up, or another
 * scope is chosen, they are what they were before.
 */
export function useRunStretch(group: ChartGroup, snapshot: RunSnapshot, running: boolean): RunStretch {
  const { zoom: window } = useSyncExternalStore(group.subscribe, group.getState);
  // Summaries are of the steady phase; a run that is watched from its start is seen whole, and stays so.
  const place = `run ${snapshot.record.id}`;
  const [phase, setPhase] = useKept<RunStretch['phase']>(`${place} phase`, () =>
    !running && snapshot.report.steady ? 'steady' : 'whole',
  );
  /** The window that the user turned away from while it stays in the charts. */
  const [left, setLeft] = useKept<SecondWindow | null>(`${place} window left`, () => null);
  const scope = window && window !== left ? 'window' : phase;
  const changes =
    running && window ? Math.floor(Math.min(snapshot.elapsedSeconds, window.to + SETTLED_SECONDS) / REREAD_SECONDS) : -1;
  const reading = useReading('runs.window', scope === 'window' && window ? { id: snapshot.record.id, window } : null, changes);
  const show = useCallback(
    (next: StatisticsScope) => {
      setLeft(next === 'window' ? null : group.getState().zoom);
      if (next !== 'window') setPhase(next);
    },
    [group, setLeft, setPhase],
  );
  return {
    scope,
    phase,
    window,
    reading,
    show,
    clear: () => group.zoomTo(null),
  };
}
