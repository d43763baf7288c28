import type { SecondWindow } from '../../../shared/api/types';
import { ErrorState } from '../../ui/EmptyState';
import { Spinner } from '../../ui/Spinner';
import { useHistory } from '../history/use-history';
import { Comparison } from './Comparison';
import { comparableIds } from './compared-runs';
import { PickRuns } from './PickRuns';

/** Runs side by side. Without two of them it asks which. */
export function CompareView({ runIds, window }: { runIds: readonly number[]; window: SecondWindow | null }) {
  const { rows, known, error, reload } = useHistory();
  const ids = comparableIds(runIds);
  if (!known) {
    return error === null ? (
      <Spinner label="Reading the history" />
    ) : (
      <ErrorState title="The history could not be read" message={error} onRetry={reload} />
    );
  }
  // Other runs are another comparison: focus and series begin anew.
  return ids.length < 2 ? (
    <PickRuns key={ids.join()} rows={rows} given={ids[0] ?? null} />
  ) : (
    <Comparison key={ids.join()} rows={rows} ids={ids} window={window} />
  );
}
