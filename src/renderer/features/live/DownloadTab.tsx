import { Download } from 'lucide-react';
import { useState } from 'react';
import { type ExportFormat, RUN_EXPORTS } from '../../../shared/api/run-exports';
import type { RunSnapshot } from '../../../shared/api/types';
import { useCall } from '../../api/api-context';
import { Button } from '../../ui/Button';
import { Switch } from '../../ui/Switch';
import { deliverExport } from '../history/export-delivery';
import styles from './DownloadTab.module.css';

const GROUPS = [...Map.groupBy(RUN_EXPORTS, ({ group }) => group)];

/** Every file that can be made of the run, with a line on what is in it. */
export function DownloadTab({ snapshot, running }: { snapshot: RunSnapshot; running: boolean }) {
  const call = useCall();
  const [busy, setBusy] = useState<ExportFormat | null>(null);
  const [fullHistory, setFullHistory] = useState(false);
  const download = async (format: ExportFormat) => {
    setBusy(format);
    const exported = await call('runs.export', { id: snapshot.record.id, format, fullHistory });
    if (exported.ok) deliverExport(exported.data);
    setBusy(null);
  };
  return (
    <div className={styles.tab}>
      {running && <p className={styles.note}>The run is in progress: files contain what has been measured so far.</p>}
      {GROUPS.map(([title, items]) => (
        <section key={title} className={styles.group}>
          <h2 className={styles.heading}>{title}</h2>
          <ul className={styles.list}>
            {items.map(({ format, label, content }) => (
              <li key={format} className={styles.item}>
                <div className={styles.texts}>
                  <span className={styles.name}>{label}</span>
                  <span className={styles.content}>{content}</span>
                </div>
                <Button
                  icon={<Download />}
                  disabled={busy !== null}
                  aria-label={`Download ${label}`}
                  onClick={() => void download(format)}
                >
                  {busy === format ? 'Writing…' : 'Download'}
                </Button>
              </li>
            ))}
          </ul>
          {items.some(({ format }) => format === 'csv-history') && (
            <Switch
              label="History with every request"
              hint="Adds a row a second for each request, not only for all together. The file gets much larger."
              checked={fullHistory}
              onChange={setFullHistory}
            />
          )}
        </section>
      ))}
    </div>
  );
}
