import { CloudOff } from 'lucide-react';
import { useAwayReason, useOnline } from '../api/api-context';
import styles from './Banner.module.css';

/** Says, in the browser, that the server is away. */
export function OfflineBanner() {
  const online = useOnline();
  const reason = useAwayReason();
  return (
    <div role="status">
      {!online && (
        <div className={styles.banner}>
          <CloudOff aria-hidden="true" />
          <span>
            {reason !== null ? (
              <strong>{reason}</strong>
            ) : (
              <>
                <strong>The server cannot be reached; trying again…</strong> Your edits are kept here, and a run continues as long
                as the server is running.
              </>
            )}
          </span>
        </div>
      )}
    </div>
  );
}
