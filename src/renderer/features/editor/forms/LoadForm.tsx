import { Toggle } from '@base-ui/react/toggle';
import { ToggleGroup } from '@base-ui/react/toggle-group';
import { useMemo } from 'react';
import { editorActions, useEditor } from '../editor-store';
import { DocumentNumber } from '../fields/DocumentFields';
import { valueAt } from '../model/document-value';
import { drawLoad } from '../model/load-drawing';
import { withSpawnRate, withStages } from '../model/load-form';
import styles from './form.module.css';
import { LoadChart } from './LoadChart';
import { FoldedSection } from './Section';
import { StagesTable } from './StagesTable';
import toggles from './toggles.module.css';

/** How many nodes, how fast they spawn, for how long: at an even rate, or in stages; and the plan drawn. */
export function LoadForm() {
  const hasStages = useEditor((state) => valueAt(state.document, ['load', 'stages']) !== undefined);
  const load = useEditor((state) => valueAt(state.document, ['load']));
  const drawing = useMemo(() => drawLoad(load), [load]);
  const pick = (form: string | undefined) => {
    if (form === 'stages' && !hasStages) editorActions.change('Use stages', withStages);
    if (form === 'rate' && hasStages) editorActions.change('Use a spawn rate', withSpawnRate);
  };
  return (
    <>
      <ToggleGroup
        aria-label="Form of the load"
        className={toggles.group}
        value={[hasStages ? 'stages' : 'rate']}
        onValueChange={([form]) => pick(form)}
      >
        <Toggle value="rate" className={toggles.toggle}>
          Spawn rate
        </Toggle>
        <Toggle value="stages" className={toggles.toggle}>
          Stages
        </Toggle>
      </ToggleGroup>
      {hasStages ? (
        <StagesTable />
      ) : (
        <div className={styles.row}>
          <DocumentNumber path={['load', 'nodes']} placeholder="e.g. 100" min={1} step={10} />
          <DocumentNumber path={['load', 'spawnRate']} unit="nodes/s" placeholder="e.g. 5" min={0} />
          <DocumentNumber
            path={['load', 'durationSeconds']}
            unit="s"
            placeholder="until stopped"
            hint="Empty: until stopped."
            min={0}
            step={10}
          />
        </div>
      )}
      <LoadChart drawing={drawing} />
      <FoldedSection id="load.advanced" title="Advanced">
        <DocumentNumber
          path={['load', 'stopTimeoutSeconds']}
          unit="s"
          placeholder="10"
          min={0}
          hint="How long a stop waits for requests in flight and the steps on stop."
        />
      </FoldedSection>
    </>
  );
}
