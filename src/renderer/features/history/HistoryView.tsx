import { History, SearchX } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useRowHeight } from '../../app/use-row-height';
import { viewActions } from '../../app/view-store';
import { Button } from '../../ui/Button';
import { EmptyState, ErrorState } from '../../ui/EmptyState';
import { plural } from '../../ui/format';
import { readHiddenColumns, writeHiddenColumns } from '../../ui/hidden-columns';
import { Kbd } from '../../ui/Kbd';
import { Spinner } from '../../ui/Spinner';
import { comparisonOrder } from './baseline';
import { HistoryTable } from './HistoryTable';
import { HistoryToolbar, SelectionBar } from './HistoryToolbar';
import styles from './HistoryView.module.css';
import { historyColumns } from './history-columns';
import { filteredRuns, isFiltering, NO_FILTER } from './history-filter';
import { historyActions, useHistoryState } from './history-store';
import { NOTHING_SELECTED, withinSight } from './run-selection';
import { useHistory } from './use-history';
import { useRowCommands } from './use-row-commands';
import { useStoredRunCommands } from './use-stored-run-commands';

const COLUMNS_KEY = 'history';

/** All runs, to scan, to find, to compare. */
export function HistoryView() {
  const { rows, known, error, reload } = useHistory();
  const { filter, sorting, selection } = useHistoryState();
  const rowHeight = useRowHeight();
  const commands = useRowCommands(rows);
  const stored = useStoredRunCommands();
  const columns = useMemo(() => historyColumns(commands), [commands]);
  const [hidden, setHidden] = useState(
    () => readHiddenColumns(COLUMNS_KEY) ?? columns.filter((column) => column.initiallyHidden).map(({ id }) => id),
  );
  const shownColumns = useMemo(
    () => columns.filter((column) => column.required || !hidden.includes(column.id)),
    [columns, hidden],
  );
  const shown = useMemo(() => filteredRuns(rows, filter), [rows, filter]);
  const search = useSearchKey();

  // Whoever leaves waits for no row any more.
  useEffect(() => () => historyActions.await(null), []);

  // What is filtered away or deleted cannot stay selected unseen.
  useEffect(() => {
    const kept = withinSight(
      selection,
      shown.map(({ id }) => id),
    );
    if (known && kept !== selection) historyActions.setSelection(kept);
  }, [known, selection, shown]);

  if (!known) {
    return (
      <section className={styles.view} aria-label="History">
        {error === null ? (
          <Spinner label="Reading the history" />
        ) : (
          <ErrorState title="The history could not be read" message={error} onRetry={reload} />
        )}
      </section>
    );
  }
  if (rows.length === 0) {
    return (
      <section className={styles.view} aria-label="History">
        <EmptyState
          headingLevel="h1"
          icon={<History />}
          title="No runs yet"
          actions={
            <>
              <Button onClick={() => viewActions.show({ name: 'welcome' })}>Show samples</Button>
              <Button variant="primary" onClick={() => viewActions.show({ name: 'editor' })}>
                Show editor
              </Button>
            </>
          }
        >
          Every run is kept here, with all it measured, to be opened and compared. Start one from a scenario.
        </EmptyState>
      </section>
    );
  }
  const selectedRows = rows.filter((row) => selection.ids.has(row.id));
  return (
    <section className={styles.view} aria-label="History">
      <header className={styles.head}>
        <h1>History</h1>
        <span className={styles.count} role="status">
          {shown.length === rows.length ? plural(rows.length, 'run') : `${shown.length} of ${plural(rows.length, 'run')}`}
        </span>
        {selection.ids.size > 0 && (
          <SelectionBar
            count={selection.ids.size}
            deleteHindrance={
              selectedRows.some((row) => row.status === 'running') ? 'One of them is in progress. Stop it first.' : null
            }
            onCompare={() => stored.compare(comparisonOrder(rows, selection.ids))}
            onDelete={() => void stored.delete(selectedRows)}
            onClear={() => historyActions.setSelection(NOTHING_SELECTED)}
          />
        )}
      </header>
      <HistoryToolbar
        rows={rows}
        filter={filter}
        columns={columns}
        hiddenColumns={hidden}
        onHiddenColumns={(next) => {
          setHidden(next);
          writeHiddenColumns(COLUMNS_KEY, next);
        }}
        searchRef={search}
      />
      {error !== null && (
        <p role="alert" className={styles.stale}>
          The list may be out of date. {error}{' '}
          <Button size="small" onClick={reload}>
            Try again
          </Button>
        </p>
      )}
      {shown.length > 0 ? (
        <HistoryTable
          rows={shown}
          columns={shownColumns}
          rowHeight={rowHeight}
          sorting={sorting}
          selection={selection}
          commands={commands}
        />
      ) : (
        <EmptyState
          icon={<SearchX />}
          title="No run matches the filter"
          actions={isFiltering(filter) && <Button onClick={() => historyActions.setFilter(NO_FILTER)}>Clear the filter</Button>}
        >
          Search for something else, or show all runs.
        </EmptyState>
      )}
      <footer className={styles.keys} aria-hidden="true">
        <span>
          <Kbd shortcut="Enter" /> {selection.ids.size >= 2 ? 'compare' : 'open'}
        </span>
        <span>
          <Kbd shortcut="Space" /> select
        </span>
        <span>
          <Kbd shortcut="Shift+↓" /> select a range
        </span>
        <span>
          <Kbd shortcut="F2" /> rename
        </span>
        <span>
          <Kbd shortcut="Delete" /> delete
        </span>
        <span>
          <Kbd shortcut="Shift+F10" /> everything else
        </span>
      </footer>
    </section>
  );
}

/** Mod+F leads to the search field instead of the browser's own search, which would not find rows out of view. */
function useSearchKey() {
  const search = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey || event.key.toLowerCase() !== 'f') return;
      if (!search.current) return;
      event.preventDefault();
      search.current.select();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
  return search;
}
