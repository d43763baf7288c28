import { Pencil } from 'lucide-react';
import { type FormEvent, useEffect, useState } from 'react';
import { Button } from '../ui/Button';
import { NumberField } from '../ui/NumberField';
import { Popover } from '../ui/Popover';
import styles from './RunEditPopover.module.css';
import { useRun } from './run-store';
import { useServices } from './services-context';
import { useAction } from './use-action';
import { useView, viewActions } from './view-store';

/** Changes nodes and spawn rate of the run that is on, at once. */
export function RunEditPopover() {
  const edit = useAction('run.edit');
  const open = useView((state) => state.runEditOpen);
  return (
    <Popover
      open={open}
      onOpenChange={viewActions.setRunEditOpen}
      title="Edit the run"
      trigger={
        <Button icon={<Pencil />} disabled={edit.hindrance !== null}>
          Edit
        </Button>
      }
    >
      <EditForm />
    </Popover>
  );
}

function EditForm() {
  const { runs } = useServices();
  const planned = usePlannedLoad();
  const [nodes, setNodes] = useState<number | null>(planned.nodes);
  const [spawnRate, setSpawnRate] = useState<number | null>(planned.spawnRate);
  // A form that was closed by main (the run ended) must not open by itself with the next run.
  useEffect(() => () => viewActions.setRunEditOpen(false), []);

  const nodesError = nodes !== null && Number.isInteger(nodes) && nodes >= 1 ? null : 'Enter a whole number, 1 or above.';
  const rateError = spawnRate !== null && spawnRate > 0 ? null : 'Enter a number above 0.';

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (nodes === null || spawnRate === null || nodesError || rateError) return;
    if (await runs.edit(nodes, spawnRate)) {
      lastEdit = { runId: planned.runId, nodes, spawnRate };
      viewActions.setRunEditOpen(false);
    }
  };

  return (
    <form className={styles.form} onSubmit={(event) => void submit(event)}>
      <NumberField label="Nodes" value={nodes} min={1} onChange={setNodes} error={nodesError} autoFocus />
      <NumberField label="Spawn rate" unit="nodes/s" value={spawnRate} min={1} onChange={setSpawnRate} error={rateError} />
      <p className={styles.note}>Nodes start or stop at this rate until the number is reached. The scenario stays as it is.</p>
      <Button type="submit" variant="primary" disabled={Boolean(nodesError || rateError)}>
        Apply
      </Button>
    </form>
  );
}

/** What this window has asked for last: a run does not tell its edits as numbers. */
let lastEdit: { runId: number; nodes: number; spawnRate: number } | null = null;

function usePlannedLoad(): { runId: number; nodes: number; spawnRate: number } {
  const record = useRun((state) => state.snapshot?.record);
  const runId = record?.id ?? 0;
  if (lastEdit?.runId === runId) return lastEdit;
  return { runId, nodes: record?.options.nodes ?? 1, spawnRate: record?.options.spawnRate ?? 1 };
}
