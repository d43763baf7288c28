import { ArrowRightLeft, Download, X } from 'lucide-react';
import { Fragment } from 'react';
import type { HistoryRow } from '../../../shared/api/types';
import { viewActions } from '../../app/view-store';
import { Button } from '../../ui/Button';
import { formatClock, formatCount, formatShortMoment, plural } from '../../ui/format';
import { IconButton } from '../../ui/IconButton';
import { Menu } from '../../ui/Menu';
import { Status } from '../../ui/Status';
import { statusOf } from '../history/run-status';
import styles from './ComparedRuns.module.css';
import { added, MAX_COMPARED, removed, replaced, runLetter, swapped } from './compared-runs';
import { RunLetter } from './RunLetter';
import { RunPicker } from './RunPicker';

interface ComparedRunsProps {
  rows: readonly HistoryRow[];
  ids: readonly number[];
  /** Of A and the run in focus; without: not now. */
  onExport?(format: 'csv' | 'html'): void;
}

const show = (runIds: number[]) => viewActions.show({ name: 'compare', runIds });

/** The runs compared: pick others, swap A and B, add, remove, export. */
export function ComparedRuns({ rows, ids, onExport }: ComparedRunsProps) {
  return (
    <header className={styles.head}>
      {ids.map((id, place) => {
        const row = rows.find((candidate) => candidate.id === id);
        return (
          <Fragment key={id}>
            {place === 1 && <IconButton label="Swap A and B" icon={<ArrowRightLeft />} onClick={() => show(swapped(ids))} />}
            <div className={styles.run}>
              <RunLetter place={place} />
              <div className={styles.picker}>
                <RunPicker
                  label={place === 0 ? 'A, the reference' : `${runLetter(place)}, compared with A`}
                  runs={rows}
                  value={id}
                  onChange={(next) => show(replaced(ids, place, next))}
                />
              </div>
              {ids.length > 2 && (
                <IconButton
                  label={`Remove ${runLetter(place)}`}
                  icon={<X />}
                  size="small"
                  onClick={() => show(removed(ids, id))}
                />
              )}
              {row && <Facts row={row} />}
            </div>
          </Fragment>
        );
      })}
      {ids.length < MAX_COMPARED && rows.length > ids.length && (
        <div className={styles.add}>
          <RunPicker
            label="Add a run"
            placeholder="Add a run"
            runs={rows.filter((row) => !ids.includes(row.id))}
            value={null}
            onChange={(id) => show(added(ids, id))}
          />
        </div>
      )}
      <Menu
        align="end"
        trigger={
          <Button icon={<Download />} disabled={!onExport} className={styles.export}>
            Export
          </Button>
        }
        groups={[
          {
            id: 'formats',
            items: [
              { id: 'html', label: 'HTML report', onSelect: () => onExport?.('html') },
              { id: 'csv', label: 'Verdicts (CSV)', onSelect: () => onExport?.('csv') },
            ],
          },
        ]}
      />
    </header>
  );
}

function Facts({ row }: { row: HistoryRow }) {
  const { word, tone, reason } = statusOf(row);
  return (
    <p className={styles.facts}>
      <button type="button" className={styles.open} onClick={() => viewActions.show({ name: 'live', runId: row.id })}>
        {formatShortMoment(row.startedAt)}
      </button>
      <span>
        {plural(row.nodes, 'node')}, {formatClock(row.durationSeconds)}, {formatCount(row.requests)} requests
      </span>
      {tone !== 'ok' && (
        <Status tone={tone} reason={reason}>
          {word}
        </Status>
      )}
    </p>
  );
}
