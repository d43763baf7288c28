import { useEffect, useState } from 'react';
import styles from './Spinner.module.css';

const DELAY_MS = 200;

/** Says that something is being read; nothing at all during the first 200 ms, so that quick answers do not flicker. */
export function Spinner({ label = 'Loading' }: { label?: string }) {
  const [seen, setSeen] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setSeen(true), DELAY_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div role="status" className={styles.spinner}>
      {seen && (
        <>
          <span className={styles.ring} aria-hidden="true" />
          <span>{label}</span>
        </>
      )}
    </div>
  );
}
