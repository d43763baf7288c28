import { Button } from '../ui/Button';
import { classNames } from '../ui/class-names';
import { Spinner } from '../ui/Spinner';
import styles from './PlotState.module.css';

/** What a chart draws is not there (yet). */
export interface PlotReading {
  /** Why it could not be read, as a sentence; null while it is being read. */
  error: string | null;
  onRetry(): void;
}

/** Lies over a plot that has nothing in it, and says so: an empty one looks broken. */
export function PlotEmpty() {
  return (
    <div className={classNames(styles.state, styles.empty)}>
      <p>No requests in these seconds.</p>
    </div>
  );
}

/** Lies over a plot whose data are not there: says that they are being read, or why they could not be. */
export function PlotState({ title, reading: { error, onRetry } }: { title: string; reading: PlotReading }) {
  return (
    <div className={styles.state}>
      {error === null ? (
        <Spinner label={`Reading ${title}`} />
      ) : (
        <p role="status" className={styles.failed}>
          <span>Could not be read. {error}</span>
          <Button size="small" aria-label={`Try again: ${title}`} onClick={onRetry}>
            Try again
          </Button>
        </p>
      )}
    </div>
  );
}
