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
                <strong>The server is away; trying again…</strong> What you edit stays here, and a run goes on as long as the
                server lives.
              </>
            )}
          </span>
        </div>
      )}
    </div>
  );
}
