import { GitCompareArrows } from 'lucide-react';
import { viewActions } from '../../app/view-store';
import { Button } from '../../ui/Button';
import { comparisonOrder, suggestedReference } from './baseline';
import { useHistory } from './use-history';

/** Leads from a run that has ended to its comparison with its baseline, or else with the run before it, or after it. Nothing where there is neither. */
export function CompareRun({ runId }: { runId: number }) {
  const { rows } = useHistory();
  const run = rows.find((row) => row.id === runId);
  const reference = run && run.status !== 'running' ? suggestedReference(rows, run) : null;
  if (!reference) return null;
  return (
    <Button
      size="small"
      icon={<GitCompareArrows />}
      title={`#${reference.id} ${reference.name}`}
      onClick={() => viewActions.show({ name: 'compare', runIds: comparisonOrder(rows, new Set([reference.id, runId])) })}
    >
      {reference.baseline ? 'Compare with baseline' : `Compare with run ${reference.id}`}
    </Button>
  );
}
