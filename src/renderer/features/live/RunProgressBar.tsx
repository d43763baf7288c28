import { Progress } from '@base-ui/react/progress';
import type { RunSnapshot } from '../../../shared/api/types';
import { formatClock } from '../../ui/format';
import { runProgress } from './model/progress';
import styles from './RunProgressBar.module.css';

/** Elapsed time, and a bar against duration or stages while the run is on. */
export function RunProgressBar({ snapshot, running }: { snapshot: RunSnapshot; running: boolean }) {
  if (!running) return <span className={styles.clock}>{formatClock(snapshot.elapsedSeconds)} long</span>;
  const { share, clock, stageStarts, stage } = runProgress(snapshot);
  return (
    <span className={styles.progress}>
      {stage && <span className={styles.stage}>{stage}</span>}
      <span className={styles.clock}>{clock}</span>
      {share !== null && (
        <Progress.Root
          value={Math.round(share * 1000) / 10}
          aria-label="Progress of the run"
          getAriaValueText={() => clock}
          className={styles.root}
        >
          <Progress.Track className={styles.track}>
            <Progress.Indicator className={styles.indicator} />
            {stageStarts.map((start) => (
              <span key={start} className={styles.start} style={{ left: `${start * 100}%` }} />
            ))}
          </Progress.Track>
        </Progress.Root>
      )}
    </span>
  );
}
