import { create } from 'zustand';
import { type HistoryFilter, NO_FILTER } from './history-filter';
import { NOTHING_SELECTED, type RunSelection } from './run-selection';

export interface HistorySorting {
  column: string;
  descending: boolean;
}

interface HistoryState {
  filter: HistoryFilter;
  sorting: HistorySorting;
  selection: RunSelection;
  /** The run whose row is to have the focus as soon as it is listed. */
  awaited: number | null;
}

/** How the user looks at the history: kept while the app is open, so that coming back from a run changes nothing. */
export const useHistoryState = create<HistoryState>(() => ({
  filter: NO_FILTER,
  sorting: { column: 'startedAt', descending: true },
  selection: NOTHING_SELECTED,
  awaited: null,
}));

export const historyActions = {
  setFilter: (change: Partial<HistoryFilter>): void =>
    useHistoryState.setState(({ filter }) => ({ filter: { ...filter, ...change } })),
  setSorting: (sorting: HistorySorting): void => useHistoryState.setState({ sorting }),
  setSelection: (selection: RunSelection): void => useHistoryState.setState({ selection }),
  await: (awaited: number | null): void => useHistoryState.setState({ awaited }),
};
