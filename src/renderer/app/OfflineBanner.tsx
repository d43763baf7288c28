import { CloudOff } from 'lucide-react';
import { useOnline } from '../api/api-context';
import styles from './OfflineBanner.module.css';

/** Says, in the browser, that the server is away. */
export function OfflineBanner() {
  const online = useOnline();
  return (
    <div role="status">
      {!online && (
        <div className={styles.banner}>
          <CloudOff aria-hidden="true" />
          <span>
            <strong>The server is away; trying again…</strong> What you edit stays here. A run that is on goes on if the server
            lives.
          </span>
        </div>
      )}
    </div>
  );
}
