import { GitCompareArrows } from 'lucide-react';
import { useSyncExternalStore } from 'react';
import { viewActions } from '../../app/view-store';
import type { ChartGroup } from '../../charts/chart-group';
import { Button } from '../../ui/Button';
import { formatClock } from '../../ui/format';
import { comparisonOrder, suggestedReference } from './baseline';
import { useHistory } from './use-history';

interface CompareRunProps {
  runId: number;
  /** Of the run's charts: a stretch that is chosen there is what is compared. */
  group: ChartGroup;
}

/** Leads from a run that has ended to its comparison with its baseline, or else with the run before it, or after it. Nothing where there is neither. */
export function CompareRun({ runId, group }: CompareRunProps) {
  const { zoom } = useSyncExternalStore(group.subscribe, group.getState);
  const { rows } = useHistory();
  const run = rows.find((row) => row.id === runId);
  const reference = run && run.status !== 'running' ? suggestedReference(rows, run) : null;
  if (!reference) return null;
  const stretch = zoom ? `, only ${formatClock(zoom.from)} to ${formatClock(zoom.to)} of each run` : '';
  return (
    <Button
      size="small"
      icon={<GitCompareArrows />}
      title={`#${reference.id} ${reference.name}${stretch}`}
      onClick={() => {
        const runIds = comparisonOrder(rows, new Set([reference.id, runId]));
        viewActions.show({ name: 'compare', runIds, ...(zoom && { window: zoom }) });
      }}
    >
      {reference.baseline ? 'Compare with baseline' : `Compare with run ${reference.id}`}
    </Button>
  );
}
