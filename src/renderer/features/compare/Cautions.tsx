import { Info, TriangleAlert } from 'lucide-react';
import type { RunComparison } from '../../../shared/stats/comparison';
import { warningText } from '../../../shared/stats/comparison-warnings';
import styles from './Cautions.module.css';

/** What differs beside the backend, and what a reader of the verdicts has to know. */
export function Cautions({ comparison: { warnings, notes }, letter }: { comparison: RunComparison; letter: string }) {
  return (
    <div className={styles.cautions}>
      {warnings.length > 0 && (
        <div className={styles.warning} role="note" aria-label="Not like for like">
          <TriangleAlert aria-hidden="true" />
          <div>
            <strong>Not like for like.</strong> These differences, rather than the backend, may explain the result:
            <ul>
              {warnings.map((warning) => (
                <li key={warning.field}>{warningText(warning, letter)}</li>
              ))}
            </ul>
          </div>
        </div>
      )}
      {notes.map((note) => (
        <p key={note} className={styles.note}>
          <Info aria-hidden="true" />
          <span>{note}</span>
        </p>
      ))}
    </div>
  );
}
