import { ChevronRight, Clock, Send } from 'lucide-react';
import { type DocumentPath, formatPath } from '../../../../shared/scenario/problem';
import { Button } from '../../../ui/Button';
import { classNames } from '../../../ui/class-names';
import { EmptyState } from '../../../ui/EmptyState';
import { editorActions, useEditor } from '../editor-store';
import { listAt } from '../model/document-value';
import { stepKind, stepLabel } from '../model/outline';
import { addEntry } from '../model/outline-edits';
import styles from './StepList.module.css';

/** The steps of a list as links to their forms, and buttons to add some. */
export function StepList({ path, empty }: { path: DocumentPath; empty: string }) {
  const steps = useEditor((state) => listAt(state.document, path));
  if (steps.length === 0) {
    return (
      <EmptyState title="No steps yet" headingLevel="h2" actions={<AddStepButtons path={path} />}>
        {empty}
      </EmptyState>
    );
  }
  return (
    <>
      <ol className={styles.steps}>
        {steps.map((step, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the line shows whatever stands in its place
          <li key={index}>
            <button type="button" className={styles.step} onClick={() => editorActions.selectPath(formatPath([...path, index]))}>
              <span className={styles.number}>{index + 1}</span>
              <span className={classNames(styles.label, stepKind(step) === 'request' && styles.code)}>{stepLabel(step)}</span>
              <ChevronRight aria-hidden="true" />
            </button>
          </li>
        ))}
      </ol>
      <AddStepButtons path={path} />
    </>
  );
}

function AddStepButtons({ path }: { path: DocumentPath }) {
  const add = (kind: 'request' | 'pause') => editorActions.apply(addEntry(useEditor.getState().document, path, kind));
  return (
    <div className={styles.buttons}>
      <Button size="small" icon={<Send />} onClick={() => add('request')}>
        Add request
      </Button>
      <Button size="small" icon={<Clock />} onClick={() => add('pause')}>
        Add pause
      </Button>
    </div>
  );
}
