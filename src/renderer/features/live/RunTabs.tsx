import { useCallback, useState } from 'react';
import type { RunSnapshot } from '../../../shared/api/types';
import type { ChartGroup } from '../../charts/chart-group';
import { formatCount } from '../../ui/format';
import { type Tab, Tabs } from '../../ui/Tabs';
import { ChartsTab } from './charts/ChartsTab';
import { DownloadTab } from './DownloadTab';
import { ExceptionsTab } from './ExceptionsTab';
import { FailuresTab } from './FailuresTab';
import { LogTab } from './LogTab';
import type { RunViewModel, RunViewState } from './model/run-view-model';
import type { StatisticsScope, TimeKind } from './model/statistics-rows';
import styles from './RunTabs.module.css';
import { StatisticsTab } from './statistics/StatisticsTab';
import { TasksTab } from './TasksTab';
import { lastTabOf, rememberTab, type TabId } from './tab-memory';

/** What is chosen in the tabs, kept while another one is seen. */
export interface StatisticsChoice {
  scope: StatisticsScope;
  kind: TimeKind;
}

export interface RunTabsProps {
  model: RunViewModel;
  state: RunViewState;
  snapshot: RunSnapshot;
  group: ChartGroup;
}

/** The tabs of a run. */
export function RunTabs({ model, state, snapshot, group }: RunTabsProps) {
  const runId = snapshot.record.id;
  const [tab, setTab] = useState(lastTabOf(runId));
  const show = useCallback(
    (next: TabId) => {
      rememberTab(runId, next);
      setTab(next);
    },
    [runId],
  );
  // Summaries are of the steady phase; a run that is watched from its start is seen whole, and stays so.
  const [choice, setChoice] = useState<StatisticsChoice>({
    scope: !state.running && snapshot.report.steady ? 'steady' : 'whole',
    kind: 'latency',
  });
  const showWindow = useCallback(() => {
    setChoice((before) => ({ ...before, scope: 'window' }));
    show('statistics');
  }, [show]);
  const { report } = snapshot;
  const failures = report.failures.reduce((sum, { occurrences }) => sum + occurrences, 0);
  const exceptions = report.exceptions.reduce((sum, { occurrences }) => sum + occurrences, 0);

  const tabs: Tab<TabId>[] = [
    {
      id: 'statistics',
      label: 'Statistics',
      content: (
        <StatisticsTab
          snapshot={snapshot}
          running={state.running}
          group={group}
          choice={choice}
          onChoice={(change) => setChoice({ ...choice, ...change })}
        />
      ),
    },
    {
      id: 'charts',
      label: 'Charts',
      content: <ChartsTab model={model} state={state} snapshot={snapshot} group={group} onShowWindow={showWindow} />,
    },
    { id: 'failures', label: 'Failures', badge: badge(failures), content: <FailuresTab snapshot={snapshot} /> },
    { id: 'exceptions', label: 'Exceptions', badge: badge(exceptions), content: <ExceptionsTab snapshot={snapshot} /> },
    { id: 'tasks', label: 'Tasks', content: <TasksTab snapshot={snapshot} /> },
    { id: 'log', label: 'Log', content: <LogTab snapshot={snapshot} log={state.log} /> },
    { id: 'download', label: 'Download data', content: <DownloadTab snapshot={snapshot} running={state.running} /> },
  ];
  return <Tabs<TabId> label="Parts of the run" tabs={tabs} value={tab} onChange={show} className={styles.tabs} />;
}

function badge(count: number): string | null {
  return count === 0 ? null : formatCount(count);
}
