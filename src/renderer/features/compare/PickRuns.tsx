import { GitCompareArrows } from 'lucide-react';
import { useState } from 'react';
import type { HistoryRow } from '../../../shared/api/types';
import { viewActions } from '../../app/view-store';
import { Button } from '../../ui/Button';
import { EmptyState } from '../../ui/EmptyState';
import { suggestedReference } from '../history/baseline';
import styles from './PickRuns.module.css';
import { RunLetter } from './RunLetter';
import { RunPicker } from './RunPicker';

interface PickRunsProps {
  rows: readonly HistoryRow[];
  /** The run that is already chosen, if one is. */
  given: number | null;
}

/** Where a comparison begins when nobody has said which runs: the newest one, against its baseline. */
export function PickRuns({ rows, given }: PickRunsProps) {
  const newest = rows.find((row) => row.id === given) ?? rows.find((row) => row.status !== 'running' && !row.baseline) ?? rows[0];
  const [b, setB] = useState<number | null>(newest?.id ?? null);
  const [a, setA] = useState<number | null>(newest ? (suggestedReference(rows, newest)?.id ?? null) : null);

  if (rows.length < 2) {
    const none = rows.length === 0;
    return (
      <EmptyState
        headingLevel="h1"
        icon={<GitCompareArrows />}
        title={none ? 'No runs to compare yet' : 'One run so far'}
        actions={
          <>
            <Button onClick={() => viewActions.show(none ? { name: 'welcome' } : { name: 'history' })}>
              {none ? 'Show samples' : 'Show history'}
            </Button>
            <Button variant="primary" onClick={() => viewActions.show({ name: 'editor' })}>
              Show editor
            </Button>
          </>
        }
      >
        {none
          ? 'It takes two: one before a change of your backend, one after it. Start the first from a scenario.'
          : 'It takes two: run the same scenario once more, for example after a change of your backend, and come back.'}
      </EmptyState>
    );
  }
  const hindrance = a === null || b === null ? 'Pick both runs.' : a === b ? 'Pick two different runs.' : null;
  return (
    <div className={styles.page}>
      <h1>Compare runs</h1>
      <p className={styles.about}>
        A is the run before a change, B the run after it. The newest run is picked already, and the baseline of its scenario or
        the run before it.
      </p>
      <div className={styles.row}>
        <RunLetter place={0} />
        <RunPicker label="A, the reference" runs={rows} value={a} onChange={setA} />
      </div>
      <div className={styles.row}>
        <RunLetter place={1} />
        <RunPicker label="B, compared with A" runs={rows} value={b} onChange={setB} />
      </div>
      <div className={styles.actions}>
        <Button
          variant="primary"
          icon={<GitCompareArrows />}
          disabled={hindrance !== null}
          onClick={() => a !== null && b !== null && a !== b && viewActions.show({ name: 'compare', runIds: [a, b] })}
        >
          Compare
        </Button>
        {hindrance !== null && <span className={styles.about}>{hindrance}</span>}
      </div>
    </div>
  );
}
