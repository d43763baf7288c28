import { ArrowRight, FilePlus2, FileText, FolderOpen, Zap } from 'lucide-react';
import { useApp } from '../../app/app-store';
import { useServices } from '../../app/services-context';
import { useAction } from '../../app/use-action';
import { Button } from '../../ui/Button';
import { Spinner } from '../../ui/Spinner';
import { useBusy } from './use-busy';
import styles from './WelcomeView.module.css';

/** Where one begins: the demo, a sample, a new scenario, a file. */
export function WelcomeView() {
  const info = useApp((state) => state.info);
  const { files, demo } = useServices();
  const forget = useAction('document.forgetRecent');
  const [busy, whileBusy] = useBusy();
  if (!info) return <Spinner />;
  return (
    <div className={styles.view}>
      <header className={styles.head}>
        <h1 className={styles.title}>What happens when it is a thousand devices?</h1>
        <p className={styles.lead}>
          Nodeswarm simulates IoT nodes against your backend, shows what it does while they run, keeps every run and compares
          them.
        </p>
        <div className={styles.actions}>
          <Button variant="primary" icon={<Zap />} disabled={busy} onClick={() => void whileBusy(() => demo.tryIt())}>
            Try it with the demo backend
          </Button>
          <Button icon={<FilePlus2 />} onClick={() => void files.create()}>
            New scenario
          </Button>
          <Button icon={<FolderOpen />} onClick={() => void files.open()}>
            Open…
          </Button>
        </div>
        <p className={styles.note}>
          The demo backend runs on this machine only. Its scenario opens with the address filled in: press Start run, and watch.
        </p>
      </header>

      <section aria-labelledby="samples">
        <h2 id="samples" className={styles.section}>
          Samples
        </h2>
        <ul className={styles.cards}>
          {info.samples.map((sample) => (
            <li key={sample.id}>
              <button type="button" className={styles.card} onClick={() => void files.openSample(sample.id)}>
                <span className={styles.cardTitle}>
                  {sample.name}
                  <ArrowRight className={styles.arrow} aria-hidden="true" />
                </span>
                <span className={styles.cardText}>{sample.description}</span>
              </button>
            </li>
          ))}
        </ul>
      </section>

      <section aria-labelledby="recent">
        <header className={styles.sectionHead}>
          <h2 id="recent" className={styles.section}>
            Recent files
          </h2>
          {info.recent.length > 0 && (
            <Button variant="ghost" size="small" disabled={forget.hindrance !== null} onClick={forget.run}>
              {forget.label}
            </Button>
          )}
        </header>
        {info.recent.length === 0 ? (
          <p className={styles.note}>
            {info.host === 'desktop'
              ? 'Scenarios that you open or save will be listed here.'
              : 'Scenarios that you open, save or start will be listed here.'}
          </p>
        ) : (
          <ul className={styles.recent}>
            {info.recent.map((file) => (
              <li key={file.path ?? file.name}>
                <button
                  type="button"
                  className={styles.file}
                  title={file.path ?? undefined}
                  onClick={() => void files.openRecent(file)}
                >
                  <FileText aria-hidden="true" />
                  <span dir="auto" className={styles.name}>
                    {file.name}
                  </span>
                  {file.path !== null && <span className={styles.path}>{file.path}</span>}
                </button>
              </li>
            ))}
          </ul>
        )}
      </section>
    </div>
  );
}
