import { Activity, GitCompareArrows, History, Settings, SlidersHorizontal } from 'lucide-react';
import type { MouseEvent, ReactNode } from 'react';
import { classNames } from '../ui/class-names';
import { Tooltip } from '../ui/Tooltip';
import { findAction } from './actions';
import { Logo } from './Logo';
import styles from './Rail.module.css';
import { useRun } from './run-store';
import { formatView, type View } from './view-location';
import { useView, viewActions } from './view-store';

interface Place {
  view: View;
  label: string;
  action: string;
  icon: ReactNode;
}

const PLACES: readonly Place[] = [
  { view: { name: 'editor' }, label: 'Editor', action: 'view.editor', icon: <SlidersHorizontal /> },
  { view: { name: 'live', runId: 'current' }, label: 'Live', action: 'view.live', icon: <Activity /> },
  { view: { name: 'history' }, label: 'History', action: 'view.history', icon: <History /> },
  { view: { name: 'compare', runIds: [] }, label: 'Compare', action: 'view.compare', icon: <GitCompareArrows /> },
];
const SETTINGS: Place = { view: { name: 'settings' }, label: 'Settings', action: 'view.settings', icon: <Settings /> };

/** The way between views. */
export function Rail() {
  return (
    <nav aria-label="Views" className={styles.rail}>
      <RailLink place={{ view: { name: 'welcome' }, label: 'Welcome', action: 'view.welcome', icon: <Logo /> }} brand />
      {PLACES.map((place) => (
        <RailLink key={place.label} place={place} />
      ))}
      <span className={styles.gap} />
      <RailLink place={SETTINGS} />
    </nav>
  );
}

function RailLink({ place, brand }: { place: Place; brand?: boolean }) {
  const current = useView((state) => state.view.name === place.view.name);
  const running = useRun((state) => state.running) && place.view.name === 'live';
  const follow = (event: MouseEvent) => {
    // A view that is open stays as it is, with the run it shows.
    event.preventDefault();
    if (!current) viewActions.show(place.view);
  };
  const shortcut = findAction(place.action)?.shortcut ?? undefined;
  return (
    <Tooltip content={running ? `${place.label}: a run is in progress` : place.label} shortcut={shortcut} side="right">
      <a
        href={formatView(place.view)}
        aria-label={place.label}
        aria-current={current ? 'page' : undefined}
        onClick={follow}
        className={classNames(styles.link, brand && styles.brand)}
      >
        {place.icon}
        {running && <span className={styles.dot} aria-hidden="true" />}
      </a>
    </Tooltip>
  );
}
