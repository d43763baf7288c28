import { type ReactNode, useCallback } from 'react';
import type { RunSnapshot } from '../../../shared/api/types';
import type { StretchReport } from '../../../shared/stats/report';
import type { ChartGroup } from '../../charts/chart-group';
import { formatCount } from '../../ui/format';
import { useKept } from '../../ui/kept-state';
import { type Tab, Tabs } from '../../ui/Tabs';
import { ChartsTab } from './charts/ChartsTab';
import { DownloadTab } from './DownloadTab';
import { ExceptionsTab } from './ExceptionsTab';
import { FailuresTab } from './FailuresTab';
import { LogTab } from './LogTab';
import type { RunViewModel, RunViewState } from './model/run-view-model';
import type { TimeKind } from './model/statistics-rows';
import { OfStretch } from './OfStretch';
import styles from './RunTabs.module.css';
import { StatisticsTab } from './statistics/StatisticsTab';
import { TasksTab } from './TasksTab';
import { useRunStretch } from './use-run-stretch';

export interface RunTabsProps {
  model: RunViewModel;
  state: RunViewState;
  snapshot: RunSnapshot;
  group: ChartGroup;
}

type TabId = 'statistics' | 'charts' | 'failures' | 'exceptions' | 'tasks' | 'log' | 'download';

/** The tabs of a run. */
export function RunTabs({ model, state, snapshot, group }: RunTabsProps) {
  const runId = snapshot.record.id;
  const [tab, show] = useKept<TabId>(`run ${runId} tab`, () => 'statistics');
  const [kind, setKind] = useKept<TimeKind>(`run ${runId} time shown`, () => 'latency');
  const stretch = useRunStretch(group, snapshot, state.running);
  const { show: showScope } = stretch;
  const showWindow = useCallback(() => {
    showScope('window');
    show('statistics');
  }, [showScope, show]);
  const { report, record } = snapshot;
  const errors = state.log.filter(({ level }) => level === 'error').length;
  // What its tab will list.
  const { failures, exceptions } = (stretch.scope === 'window' && stretch.reading.data) || report;

  const ofStretch = (content: (shown: StretchReport) => ReactNode) => (
    <OfStretch stretch={stretch} whole={report}>
      {content}
    </OfStretch>
  );
  const tabs: Tab<TabId>[] = [
    {
      id: 'statistics',
      label: 'Statistics',
      content: <StatisticsTab snapshot={snapshot} running={state.running} stretch={stretch} kind={kind} onKind={setKind} />,
    },
    {
      id: 'charts',
      label: 'Charts',
      content: <ChartsTab model={model} state={state} snapshot={snapshot} group={group} onShowWindow={showWindow} />,
    },
    {
      id: 'failures',
      label: 'Failures',
      badge: badge(failures),
      content: ofStretch((shown) => <FailuresTab report={shown} record={record} />),
    },
    {
      id: 'exceptions',
      label: 'Exceptions',
      badge: badge(exceptions),
      content: ofStretch((shown) => <ExceptionsTab report={shown} startedAt={record.startedAt} />),
    },
    { id: 'tasks', label: 'Tasks', content: ofStretch((shown) => <TasksTab report={shown} record={record} />) },
    {
      id: 'log',
      label: 'Log',
      badge: errors > 0 ? formatCount(errors) : null,
      content: <LogTab snapshot={snapshot} log={state.log} />,
    },
    { id: 'download', label: 'Download data', content: <DownloadTab snapshot={snapshot} running={state.running} /> },
  ];
  return <Tabs<TabId> label="Parts of the run" tabs={tabs} value={tab} onChange={show} className={styles.tabs} />;
}

function badge(problems: readonly { occurrences: number }[]): string | null {
  const count = problems.reduce((sum, { occurrences }) => sum + occurrences, 0);
  return count === 0 ? null : formatCount(count);
}
