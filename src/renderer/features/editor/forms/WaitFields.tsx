import type { DocumentPath } from '../../../../shared/scenario/problem';
import { Select } from '../../../ui/Select';
import { editorActions, useEditor } from '../editor-store';
import { DocumentChoice, DocumentNumber } from '../fields/DocumentFields';
import { textAt, valueAt } from '../model/document-value';
import { WAIT_CHOICES, waitOfKind } from '../model/wait-form';
import styles from './form.module.css';

const OVERRUNS = [
  { value: 'skip', label: 'Skip the slots', description: 'The slots that pass are counted as missed.' },
  { value: 'queue', label: 'Queue the slots', description: 'They are carried out late, one after the other.' },
  { value: 'shift', label: 'Shift the grid', description: 'The grid restarts when the task is done.' },
];

const ALIGNMENTS = [
  { value: 'spawn', label: "The node's spawn" },
  { value: 'random', label: 'A random phase' },
  { value: 'clock', label: 'The wall clock', description: 'All nodes act at the same moment.' },
];

/** What a node does between tasks. */
export function WaitFields({ path }: { path: DocumentPath }) {
  // A node type that says nothing waits for a second (see the schema).
  const kind = useEditor((state) => textAt(state.document, [...path, 'kind']) || 'constant');
  const pick = (next: string) => {
    const choice = WAIT_CHOICES.find(({ value }) => value === next);
    if (!choice || choice.value === kind) return;
    const before = valueAt(useEditor.getState().document, path);
    editorActions.setValue(path, waitOfKind(choice.value, before), 'Change wait');
  };
  return (
    <>
      <div className={styles.row}>
        <Select label="Wait" value={kind} options={WAIT_CHOICES} onChange={pick} />
        {kind === 'constant' && (
          <DocumentNumber path={[...path, 'seconds']} label="Time after each task" unit="s" placeholder="1" min={0} />
        )}
        {kind === 'between' && (
          <>
            <DocumentNumber path={[...path, 'minSeconds']} unit="s" min={0} />
            <DocumentNumber path={[...path, 'maxSeconds']} unit="s" min={0} />
          </>
        )}
        {kind === 'exponential' && <DocumentNumber path={[...path, 'meanSeconds']} unit="s" min={0} />}
        {kind === 'pacing' && <DocumentNumber path={[...path, 'seconds']} label="A task every" unit="s" min={0} />}
        {kind === 'throughput' && <DocumentNumber path={[...path, 'perSecond']} unit="per second" min={0} />}
      </div>
      {(kind === 'pacing' || kind === 'throughput') && (
        <div className={styles.row}>
          <DocumentChoice path={[...path, 'onOverrun']} options={OVERRUNS} fallback="skip" />
          <DocumentChoice path={[...path, 'align']} options={ALIGNMENTS} fallback="spawn" />
          <DocumentNumber
            path={[...path, 'jitterSeconds']}
            unit="s"
            placeholder="0"
            hint="Shifts each start by up to this."
            min={0}
          />
        </div>
      )}
    </>
  );
}
