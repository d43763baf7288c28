import { useCallback, useMemo, useRef, useState } from 'react';
import type { HistoryRow } from '../../../shared/api/types';
import { serializeScenario } from '../../../shared/scenario/serialize';
import { useCall } from '../../api/api-context';
import { documentActions } from '../../app/document-store';
import { useServices } from '../../app/services-context';
import { runAction } from '../../app/use-action';
import { comparisonOrder, suggestedReference } from './baseline';
import { useHistoryState } from './history-store';
import type { EditedField, RowCommands } from './row-commands';
import { useStoredRunCommands } from './use-stored-run-commands';

/** What can be done with the rows of the history. The object changes only when an editing begins or ends. */
export function useRowCommands(rows: readonly HistoryRow[]): RowCommands {
  const call = useCall();
  const services = useServices();
  const stored = useStoredRunCommands();
  const [edited, setEdited] = useState<{ id: number; field: EditedField } | null>(null);
  const latest = useRef(rows);
  latest.current = rows;

  const runAgain = useCallback(
    async ({ id }: HistoryRow) => {
      const run = await call('runs.read', { id });
      if (!run.ok) return;
      const text = serializeScenario(run.data.record.scenario);
      await services.files.show({ path: null, text });
      // Something else is there when the user chose to stay with unsaved changes.
      if (documentActions.currentText() === text) runAction('run.startWithOptions', services);
    },
    [call, services],
  );

  return useMemo(
    () => ({
      open: (row) => stored.open(row.id),
      activate: (row) => {
        const { ids } = useHistoryState.getState().selection;
        if (ids.size >= 2) stored.compare(comparisonOrder(latest.current, ids));
        else stored.open(row.id);
      },
      edit: (row, field) => setEdited({ id: row.id, field }),
      edited: (row) => (edited?.id === row.id ? edited.field : null),
      finishEdit: (row, field, text) => {
        setEdited(null);
        if (text !== null) void (field === 'name' ? stored.rename(row.id, text) : stored.setNote(row.id, text));
      },
      runAgain: (row) => void runAgain(row),
      toggleBaseline: (row) => void stored.setBaseline(row, !row.baseline),
      referenceFor: (row) => suggestedReference(latest.current, row),
      compareWith: (row, reference) => stored.compare(comparisonOrder(latest.current, new Set([reference.id, row.id]))),
      export: (row, format) => void stored.export(row.id, format),
      deleteFrom: (row) => {
        const { ids } = useHistoryState.getState().selection;
        const chosen = ids.has(row.id) ? latest.current.filter((other) => ids.has(other.id)) : [row];
        void stored.delete(chosen);
      },
    }),
    [stored, edited, runAgain],
  );
}
