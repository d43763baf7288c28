import type { ReactNode } from 'react';
import type { Settings } from '../../../shared/api/types';
import { useCall } from '../../api/api-context';
import { useApp } from '../../app/app-store';
import { ShortcutList } from '../../app/ShortcutList';
import { useServices } from '../../app/services-context';
import { Button } from '../../ui/Button';
import { Select, type SelectOption } from '../../ui/Select';
import { Spinner } from '../../ui/Spinner';
import { RateGuardField } from './RateGuardField';
import styles from './SettingsView.module.css';

const THEMES: readonly SelectOption<Settings['theme']>[] = [
  { value: 'system', label: 'System' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
];

const DENSITIES: readonly SelectOption<Settings['density']>[] = [
  { value: 'compact', label: 'Compact', description: 'More rows of a table at a time' },
  { value: 'comfortable', label: 'Comfortable', description: 'Rows further apart' },
];

/** What can be set, and where things are. */
export function SettingsView() {
  const info = useApp((state) => state.info);
  const settings = useApp((state) => state.settings);
  const demoUrl = useApp((state) => state.demoUrl);
  const { demo } = useServices();
  const call = useCall();
  const change = async (part: Partial<Settings>) => {
    const reply = await call('settings.set', part);
    if (reply.ok) useApp.setState({ settings: reply.data });
  };
  if (!info) return <Spinner />;
  return (
    <div className={styles.view}>
      <h1>Settings</h1>
      <Section title="Appearance">
        <div className={styles.fields}>
          <Select label="Theme" value={settings.theme} options={THEMES} onChange={(theme) => void change({ theme })} />
          <Select
            label="Density of tables"
            value={settings.density}
            options={DENSITIES}
            onChange={(density) => void change({ density })}
          />
        </div>
      </Section>
      <Section title="Rate guard">
        <div className={styles.fields}>
          <RateGuardField
            value={settings.maxRequestsPerSecond}
            onChange={(maxRequestsPerSecond) => void change({ maxRequestsPerSecond })}
          />
        </div>
      </Section>
      <Section title="Demo backend">
        <div className={styles.demo}>
          {demoUrl ? (
            <>
              <span>
                A small IoT backend on this machine to try scenarios on. It runs at <code>{demoUrl}</code>.
              </span>
              <Button onClick={() => void demo.stop()}>Stop the demo backend</Button>
            </>
          ) : (
            <>
              <span>A small IoT backend on this machine to try scenarios on. It is not running.</span>
              <Button onClick={() => void demo.tryIt()}>Try it with the demo backend</Button>
            </>
          )}
        </div>
      </Section>
      <Section title="Keyboard shortcuts">
        <ShortcutList />
      </Section>
      <Section title="About">
        <dl className={styles.facts}>
          <dt>Version</dt>
          <dd>Nodeswarm {info.version}</dd>
          <dt>History is kept in</dt>
          <dd>
            <code>{info.databaseFile}</code>
          </dd>
          <dt>This machine</dt>
          <dd>
            {info.platform}, {info.cores} cores
          </dd>
          <dt>Served as</dt>
          <dd>{info.host === 'desktop' ? 'Desktop app' : 'Page of a Nodeswarm server'}</dd>
        </dl>
      </Section>
    </div>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section aria-label={title} className={styles.section}>
      <h2>{title}</h2>
      {children}
    </section>
  );
}
