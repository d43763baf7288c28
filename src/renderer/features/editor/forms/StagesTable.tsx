import { ArrowDown, ArrowUp, Plus, X } from 'lucide-react';
import { useProblemAt } from '../../../app/document-store';
import { Button } from '../../../ui/Button';
import { formatClock } from '../../../ui/format';
import { IconButton } from '../../../ui/IconButton';
import { editorActions, useEditor } from '../editor-store';
import { DocumentNumber } from '../fields/DocumentFields';
import { Place } from '../fields/Place';
import { listAt } from '../model/document-value';
import { nextStage, stageEnds } from '../model/load-form';
import form from './form.module.css';
import styles from './StagesTable.module.css';

const PATH = ['load', 'stages'];

/** Stages of the load, a line each, with when each ends. */
export function StagesTable() {
  const stages = useEditor((state) => listAt(state.document, PATH));
  const error = useProblemAt('load.stages');
  const ends = stageEnds(stages);
  const change = (label: string, next: readonly unknown[]) => editorActions.setValue(PATH, next, label);
  const move = (index: number, by: number) =>
    change('Move stage', stages.toSpliced(index, 1).toSpliced(index + by, 0, stages[index]));
  return (
    <Place path={PATH}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">Nodes at its end</th>
            <th scope="col">Ramp (s)</th>
            <th scope="col">Hold (s)</th>
            <th scope="col" className={styles.end}>
              Ends at
            </th>
            <th scope="col">
              <span className={styles.hidden}>Actions</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {stages.map((_, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: stages have no identity but their place
            <tr key={index}>
              {(['nodes', 'rampSeconds', 'holdSeconds'] as const).map((key) => (
                <td key={key}>
                  <DocumentNumber
                    path={[...PATH, index, key]}
                    label={`${STAGE_LABELS[key]} of stage ${index + 1}`}
                    labelPlace="hidden"
                    min={0}
                  />
                </td>
              ))}
              <td className={styles.end}>{formatClock(ends[index])}</td>
              <td className={styles.actions}>
                <IconButton
                  label="Move stage up"
                  icon={<ArrowUp />}
                  size="small"
                  disabled={index === 0}
                  onClick={() => move(index, -1)}
                />
                <IconButton
                  label="Move stage down"
                  icon={<ArrowDown />}
                  size="small"
                  disabled={index === stages.length - 1}
                  onClick={() => move(index, 1)}
                />
                <IconButton
                  label="Delete stage"
                  icon={<X />}
                  size="small"
                  onClick={() => change('Delete stage', stages.toSpliced(index, 1))}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {error && <p className={styles.error}>{error}</p>}
      <Button
        variant="ghost"
        size="small"
        icon={<Plus />}
        className={form.add}
        onClick={() => change('Add stage', [...stages, nextStage(stages)])}
      >
        Add stage
      </Button>
    </Place>
  );
}

const STAGE_LABELS = { nodes: 'Nodes', rampSeconds: 'Ramp', holdSeconds: 'Hold' } as const;
