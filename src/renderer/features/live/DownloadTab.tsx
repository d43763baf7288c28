import { Download } from 'lucide-react';
import { useState } from 'react';
import type { ExportFormat } from '../../../shared/api/routes';
import type { RunSnapshot } from '../../../shared/api/types';
import { useCall } from '../../api/api-context';
import { Button } from '../../ui/Button';
import { Switch } from '../../ui/Switch';
import { deliverExport } from '../history/export-delivery';
import styles from './DownloadTab.module.css';

interface DownloadItem {
  format: ExportFormat;
  name: string;
  content: string;
}

const GROUPS: { title: string; items: DownloadItem[] }[] = [
  {
    title: 'To read and to show',
    items: [
      {
        format: 'html',
        name: 'HTML report',
        content: 'One page with figures, charts, failures and the scenario. Opens in any browser, also without a network.',
      },
    ],
  },
  {
    title: 'Tables (CSV)',
    items: [
      {
        format: 'csv-stats',
        name: 'Statistics',
        content: 'A row for each request and one for all: counts, rates, percentiles in ms.',
      },
      {
        format: 'csv-history',
        name: 'History',
        content: 'A row a second with rates, percentiles of the last 10 s and the number of nodes.',
      },
      { format: 'csv-failures', name: 'Failures', content: 'Method, name, error and how often it happened.' },
      {
        format: 'csv-exceptions',
        name: 'Exceptions',
        content: 'Steps that could not be carried out, with the nodes they happened to.',
      },
      {
        format: 'csv',
        name: 'All CSV files',
        content: 'The four above. Names and headers are those of Locust, so that existing scripts read them.',
      },
    ],
  },
  {
    title: 'For programs',
    items: [
      {
        format: 'json',
        name: 'JSON',
        content:
          'Everything the statistics tab shows and more, exact: whole run, steady phase, failures with samples, generator.',
      },
      {
        format: 'hlog',
        name: 'Histogram log (.hlog)',
        content: 'All latencies as histograms, a line a second, for HdrHistogram tools.',
      },
    ],
  },
];

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
      {running && <p className={styles.note}>The run is on: files hold what there is up to now.</p>}
      {GROUPS.map(({ title, items }) => (
        <section key={title} className={styles.group}>
          <h2 className={styles.heading}>{title}</h2>
          <ul className={styles.list}>
            {items.map(({ format, name, content }) => (
              <li key={format} className={styles.item}>
                <div className={styles.texts}>
                  <span className={styles.name}>{name}</span>
                  <span className={styles.content}>{content}</span>
                </div>
                <Button
                  icon={<Download />}
                  disabled={busy !== null}
                  aria-label={`Download ${name}`}
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
              hint="A row a second for each request as well, not for all together only; the file grows accordingly."
              checked={fullHistory}
              onChange={setFullHistory}
            />
          )}
        </section>
      ))}
    </div>
  );
}
