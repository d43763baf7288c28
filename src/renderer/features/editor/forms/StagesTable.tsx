import { DragDropProvider, useDraggable } from '@dnd-kit/react';
import { ArrowDown, ArrowUp, Copy, Plus, X } from 'lucide-react';
import { useRef } from 'react';
import { useProblemAt } from '../../../app/document-store';
import { Button } from '../../../ui/Button';
import { classNames } from '../../../ui/class-names';
import { formatClock } from '../../../ui/format';
import { IconButton } from '../../../ui/IconButton';
import { editorActions, useEditor } from '../editor-store';
import { DocumentNumber } from '../fields/DocumentFields';
import { Place } from '../fields/Place';
import { listAt, setAt } from '../model/document-value';
import { nextStage, stageEnds } from '../model/load-form';
import form from './form.module.css';
import { LineHandle } from './LineHandle';
import styles from './StagesTable.module.css';
import { type LineDrag, useLineDrag } from './use-line-drag';

const PATH = ['load', 'stages'];

/** Stages of the load, a line each, with when each ends. A line is moved by its handle, or by its buttons. */
export function StagesTable() {
  const stages = useEditor((state) => listAt(state.document, PATH));
  const error = useProblemAt('load.stages');
  const ends = stageEnds(stages);
  const body = useRef<HTMLTableSectionElement>(null);
  // Each is a step of undo of its own, however quickly they follow each other.
  const change = (label: string, next: readonly unknown[]) =>
    editorActions.change(label, (document) => setAt(document, PATH, next));
  const moveTo = (from: number, to: number) => {
    if (to !== from) change('Move stage', stages.toSpliced(from, 1).toSpliced(to, 0, stages[from]));
  };
  /** The focus goes with the stage: pressed once more, the button moves the same one. */
  const moveBy = (from: number, by: 1 | -1) => {
    moveTo(from, from + by);
    requestAnimationFrame(() => body.current?.rows[from + by]?.querySelector<HTMLElement>(`[data-move="${by}"]`)?.focus());
  };
  const { drag, provider } = useLineDrag(() => [...(body.current?.rows ?? [])], moveTo);
  return (
    <Place path={PATH}>
      <DragDropProvider {...provider}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col" className={styles.handle}>
                <span className={styles.hidden}>Order</span>
              </th>
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
          <tbody ref={body}>
            {stages.map((_, index) => (
              <StageRow
                // biome-ignore lint/suspicious/noArrayIndexKey: stages have no identity but their place
                key={index}
                index={index}
                isLast={index === stages.length - 1}
                end={ends[index]}
                drag={drag}
                onMove={(by) => moveBy(index, by)}
                onDuplicate={() => change('Duplicate stage', stages.toSpliced(index + 1, 0, structuredClone(stages[index])))}
                onDelete={() => change('Delete stage', stages.toSpliced(index, 1))}
              />
            ))}
          </tbody>
        </table>
      </DragDropProvider>
      {error && <p className={styles.error}>{error}</p>}
      <Button
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

interface StageRowProps {
  index: number;
  isLast: boolean;
  /** Seconds after the start of the run. */
  end: number | null | undefined;
  drag: LineDrag | null;
  onMove(by: 1 | -1): void;
  onDuplicate(): void;
  onDelete(): void;
}

function StageRow({ index, isLast, end, drag, onMove, onDuplicate, onDelete }: StageRowProps) {
  const { ref, handleRef, isDragSource } = useDraggable({ id: index });
  return (
    <tr
      ref={ref}
      className={classNames(
        isDragSource && styles.dragged,
        drag?.before === index && styles.dropBefore,
        isLast && drag?.before === index + 1 && styles.dropAfter,
      )}
    >
      <td className={styles.handle}>
        <LineHandle handleRef={handleRef} word="stage" />
      </td>
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
      <td className={styles.end}>{formatClock(end)}</td>
      <td className={styles.actions}>
        <IconButton
          label="Move stage up"
          icon={<ArrowUp />}
          size="small"
          disabled={index === 0}
          data-move={-1}
          onClick={() => onMove(-1)}
        />
        <IconButton
          label="Move stage down"
          icon={<ArrowDown />}
          size="small"
          disabled={isLast}
          data-move={1}
          onClick={() => onMove(1)}
        />
        <IconButton label="Duplicate stage" icon={<Copy />} size="small" onClick={onDuplicate} />
        <IconButton label="Delete stage" icon={<X />} size="small" onClick={onDelete} />
      </td>
    </tr>
  );
}

const STAGE_LABELS = { nodes: 'Nodes', rampSeconds: 'Ramp', holdSeconds: 'Hold' } as const;
