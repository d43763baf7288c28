import { useMemo } from 'react';
import type { ExportFormat } from '../../../shared/api/run-exports';
import type { HistoryRow } from '../../../shared/api/types';
import { type Call, useCall } from '../../api/api-context';
import { type UndoOffer, undoOffers } from '../../app/undo-offer';
import { useView, viewActions } from '../../app/view-store';
import { plural } from '../../ui/format';
import { toasts } from '../../ui/toasts';
import { deliverExport } from './export-delivery';
import { historyActions } from './history-store';

type NamedRun = Pick<HistoryRow, 'id' | 'name'>;

/** What can be done with stored runs. Failures are told in toasts. */
export interface StoredRunCommands {
  open(id: number): void;
  compare(ids: readonly number[]): void;
  rename(id: number, name: string): Promise<void>;
  setNote(id: number, note: string): Promise<void>;
  setBaseline(run: NamedRun, baseline: boolean): Promise<void>;
  export(id: number, format: ExportFormat): Promise<void>;
  /** With a way back for some seconds. */
  delete(runs: readonly NamedRun[]): Promise<void>;
}

export function useStoredRunCommands(): StoredRunCommands {
  const call = useCall();
  return useMemo(() => createStoredRunCommands(call), [call]);
}

function createStoredRunCommands(call: Call): StoredRunCommands {
  return {
    open: (id) => viewActions.show({ name: 'live', runId: id }),
    compare: (ids) => viewActions.show({ name: 'compare', runIds: [...ids] }),
    async rename(id, name) {
      await call('runs.update', { id, name });
    },
    async setNote(id, note) {
      await call('runs.update', { id, note });
    },
    async setBaseline({ id, name }, baseline) {
      const done = await call('runs.update', { id, baseline });
      if (done.ok)
        toasts.success(baseline ? `“${name}” is now the baseline of its scenario.` : `“${name}” is no longer the baseline.`);
    },
    async export(id, format) {
      const done = await call('runs.export', { id, format });
      if (done.ok) deliverExport(done.data);
    },
    async delete(runs) {
      const ids = runs.map(({ id }) => id);
      if (ids.length === 0 || !(await call('runs.delete', { ids })).ok) return;
      const what = runs.length === 1 ? `“${runs[0]?.name}” was` : `${plural(runs.length, 'run')} were`;
      const restore = () => {
        undoOffers.end(offer);
        // The button goes with its message: the focus goes to what comes back, if the user is where it does.
        if (useView.getState().view.name === 'history') historyActions.await(ids[0] ?? null);
        void call('runs.restore', { ids });
      };
      const offer: UndoOffer = {
        view: 'history',
        label: `Undo delete ${runs.length === 1 ? 'run' : 'runs'}`,
        run: () => {
          close();
          restore();
        },
      };
      const close = toasts.info(`${what} deleted.`, { label: 'Undo', run: restore }, () => undoOffers.end(offer));
      undoOffers.make(offer);
    },
  };
}
