import { Collapsible } from '@base-ui/react/collapsible';
import { ChevronRight } from 'lucide-react';
import { type FormEvent, useId, useState } from 'react';
import { Button } from '../ui/Button';
import { Dialog } from '../ui/Dialog';
import { NumberField } from '../ui/NumberField';
import { TextField } from '../ui/TextField';
import { useApp } from './app-store';
import { useDocument } from './document-store';
import type { RunOverrides } from './run-commands';
import styles from './StartRunDialog.module.css';
import { useServices } from './services-context';
import { draftOf, overridesOf, type StartDraft, startProblems } from './start-draft';
import { useView, viewActions } from './view-store';

/** Starts a run with other values than the scenario's, which stays as it is. */
export function StartRunDialog() {
  const open = useView((state) => state.startDialogOpen);
  const formId = useId();
  const [busy, setBusy] = useState(false);
  const { runs } = useServices();
  const start = async (overrides: RunOverrides) => {
    setBusy(true);
    const started = await runs.start(overrides);
    setBusy(false);
    if (started) viewActions.setStartDialogOpen(false);
  };
  return (
    <Dialog
      open={open}
      onOpenChange={viewActions.setStartDialogOpen}
      title="Start run with options"
      description="For this run only: the scenario stays as it is."
      footer={
        <>
          <Button onClick={() => viewActions.setStartDialogOpen(false)}>Cancel</Button>
          <Button type="submit" form={formId} variant="primary" disabled={busy}>
            Start run
          </Button>
        </>
      }
    >
      <StartForm id={formId} onStart={(overrides) => void start(overrides)} />
    </Dialog>
  );
}

function StartForm({ id, onStart }: { id: string; onStart(overrides: RunOverrides): void }) {
  const scenario = useDocument((state) => state.scenario);
  const cores = useApp((state) => state.info?.cores ?? 2);
  const [draft, setDraft] = useState<StartDraft>(() => draftOf(scenario));
  const change = (part: Partial<StartDraft>) => setDraft((before) => ({ ...before, ...part }));
  const problems = startProblems(draft);
  const staged = scenario?.load.stages !== undefined;

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (Object.keys(problems).length === 0) onStart(overridesOf(draft, scenario));
  };

  return (
    <form id={id} className={styles.form} onSubmit={submit}>
      {staged && <p>The scenario sets nodes and times in stages; they are used as they are.</p>}
      <div className={styles.row}>
        <NumberField
          label="Nodes"
          value={draft.nodes}
          min={1}
          disabled={staged}
          placeholder={String(scenario?.load.nodes ?? '')}
          error={problems.nodes}
          onChange={(nodes) => change({ nodes })}
          autoFocus
        />
        <NumberField
          label="Spawn rate"
          unit="nodes/s"
          value={draft.spawnRate}
          min={1}
          disabled={staged}
          placeholder={String(scenario?.load.spawnRate ?? '')}
          error={problems.spawnRate}
          onChange={(spawnRate) => change({ spawnRate })}
        />
      </div>
      <TextField label="Host" mono value={draft.host} onChange={(host) => change({ host })} error={problems.host} />
      <NumberField
        label="Duration"
        unit="s"
        value={draft.durationSeconds}
        min={1}
        disabled={staged}
        error={problems.durationSeconds}
        placeholder="until stopped"
        onChange={(durationSeconds) => change({ durationSeconds })}
      />
      <Collapsible.Root>
        <Collapsible.Trigger render={<Button variant="ghost" size="small" icon={<ChevronRight />} className={styles.advanced} />}>
          Advanced
        </Collapsible.Trigger>
        <Collapsible.Panel className={styles.panel}>
          <TextField
            label="Name of the run"
            value={draft.name}
            placeholder={scenario?.name}
            onChange={(name) => change({ name })}
          />
          <div className={styles.row}>
            <NumberField
              label="Shards"
              value={draft.shards}
              min={1}
              max={256}
              error={problems.shards}
              placeholder={String(Math.max(1, cores - 1))}
              hint="Processes that generate the load. Empty: one per core, minus one."
              onChange={(shards) => change({ shards })}
            />
            <NumberField
              label="Seed"
              value={draft.seed}
              min={0}
              error={problems.seed}
              placeholder="random"
              hint="With the same seed every node draws the same values."
              onChange={(seed) => change({ seed })}
            />
          </div>
        </Collapsible.Panel>
      </Collapsible.Root>
    </form>
  );
}
