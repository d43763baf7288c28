import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import type { StretchReport } from '../../../shared/stats/report';
import { Button } from '../../ui/Button';
import { ErrorState } from '../../ui/EmptyState';
import { formatClock } from '../../ui/format';
import { Spinner } from '../../ui/Spinner';
import { stretchText } from './model/stretch-text';
import styles from './OfStretch.module.css';
import type { RunStretch } from './use-run-stretch';

interface OfStretchProps {
  stretch: RunStretch;
  /** Shown unless a window is. */
  whole: StretchReport;
  children(report: StretchReport): ReactNode;
}

/** What a tab shows of the whole run or, under a line that says so, of the window chosen in the charts. */
export function OfStretch({ stretch, whole, children }: OfStretchProps) {
  const { scope, window, reading } = stretch;
  if (scope !== 'window' || !window) return children(whole);
  return (
    <>
      <p className={styles.line}>
        <span>
          Only {formatClock(window.from)} to {formatClock(window.to)} of the run
          {reading.data && `: ${stretchText(reading.data.phases)}`}.
        </span>
        <Button size="small" icon={<X />} onClick={stretch.clear}>
          Back to whole run
        </Button>
      </p>
      {reading.error !== null ? (
        <ErrorState title="The window cannot be summed up" message={reading.error} onRetry={reading.reload} />
      ) : reading.data ? (
        children(reading.data)
      ) : (
        <Spinner label="Summing up the window" />
      )}
    </>
  );
}
