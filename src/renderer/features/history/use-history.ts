import { useCallback, useMemo } from 'react';
import type { HistoryRow } from '../../../shared/api/types';
import { type Reading, useApiEvent, useReading } from '../../api/api-context';
import { useRun } from '../../app/run-store';
import { withLiveFigures } from './live-figures';

const NO_ROWS: readonly HistoryRow[] = [];

/** All runs, newest first, kept up to date; the one that is on with its figures as they are now. */
export function useHistory(): Omit<Reading<HistoryRow[]>, 'data'> & { rows: readonly HistoryRow[]; known: boolean } {
  const { data, error, loading, reload } = useReading('runs.list', {});
  useApiEvent(
    'history.changed',
    useCallback(() => reload(), [reload]),
  );
  const snapshot = useRun((state) => (state.running ? state.snapshot : null));
  const rows = useMemo(() => withLiveFigures(data ?? NO_ROWS, snapshot), [data, snapshot]);
  return { rows, known: data !== null, error, loading, reload };
}
