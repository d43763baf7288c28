import { Activity, History, Play } from 'lucide-react';
import { useDocument } from '../../app/document-store';
import { OpenScenarioButtons } from '../../app/OpenScenarioButtons';
import { useAction } from '../../app/use-action';
import { viewActions } from '../../app/view-store';
import { ChartGroup } from '../../charts/chart-group';
import { Button } from '../../ui/Button';
import { EmptyState, ErrorState } from '../../ui/EmptyState';
import { keptObject } from '../../ui/kept-state';
import { Spinner } from '../../ui/Spinner';
import styles from './LiveView.module.css';
import type { RunViewModel } from './model/run-view-model';
import { RunHeader } from './RunHeader';
import { RunTabs } from './RunTabs';
import { useRunModel, useRunState } from './use-run-model';

export interface LiveViewProps {
  /** current: the run that is on, or the last one that was. */
  runId: number | 'current';
}

/** One run, live or stored: figures, tabs, charts. */
export function LiveView({ runId }: LiveViewProps) {
  const model = useRunModel(runId);
  return model ? <RunView model={model} /> : <Spinner label="Reading the run" />;
}

function RunView({ model }: { model: RunViewModel }) {
  const state = useRunState(model);
  const { stage, snapshot, error } = state;
  if (stage === 'none') return <NoRun />;
  if (stage === 'failed') {
    return (
      <ErrorState
        title="The run cannot be shown"
        message={error ?? ''}
        onRetry={() => void model.load()}
        actions={
          <Button icon={<History />} onClick={() => viewActions.show({ name: 'history' })}>
            Show history
          </Button>
        }
      />
    );
  }
  if (!snapshot) return <Spinner label="Reading the run" />;
  const { id } = snapshot.record;
  // Whoever comes back to a run, from its comparison say, finds it zoomed as it was left.
  const group = keptObject(`run ${id} charts`, () => new ChartGroup());
  return (
    <div className={styles.view}>
      <RunHeader model={model} state={state} snapshot={snapshot} group={group} />
      <RunTabs key={id} model={model} state={state} snapshot={snapshot} group={group} />
    </div>
  );
}

function NoRun() {
  const start = useAction('run.start');
  const open = useDocument((state) => state.open);
  if (!open) {
    return (
      <EmptyState headingLevel="h1" icon={<Activity />} title="No run yet" actions={<OpenScenarioButtons />}>
        Open a scenario and start it: its figures, charts and failures are here while it runs.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      headingLevel="h1"
      icon={<Activity />}
      title="No run yet"
      actions={
        <>
          <Button icon={<History />} onClick={() => viewActions.show({ name: 'history' })}>
            Show history
          </Button>
          <Button variant="primary" icon={<Play />} disabled={start.hindrance !== null} onClick={start.run}>
            {start.label}
          </Button>
        </>
      }
    >
      {start.hindrance ?? 'Start a run to see its figures, charts and failures here while it is on.'}
    </EmptyState>
  );
}
