import { Hourglass } from 'lucide-react';
import { useApp } from './app-store';
import styles from './Banner.module.css';

/** Says, while the app waits for its run to stop, that it closes then. */
export function ClosingBanner() {
  const closing = useApp((state) => state.closing);
  return (
    <div role="status">
      {closing && (
        <div className={styles.banner}>
          <Hourglass aria-hidden="true" />
          <span>
            <strong>Nodeswarm closes once the run has stopped.</strong> Nodes finish what they are doing. Press Stop now, or quit
            again, to close at once.
          </span>
        </div>
      )}
    </div>
  );
}
