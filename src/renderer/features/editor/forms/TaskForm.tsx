import type { DocumentPath } from '../../../../shared/scenario/problem';
import { formatShortPercent } from '../../../ui/format';
import { useEditor } from '../editor-store';
import { DocumentNumber, DocumentText } from '../fields/DocumentFields';
import { listAt } from '../model/document-value';
import { taskShares } from '../model/shares';
import styles from './form.module.css';
import { Section } from './Section';
import { StepList } from './StepList';

/** A task: name, weight, and its steps. */
export function TaskForm({ path }: { path: DocumentPath }) {
  const tasks = useEditor((state) => listAt(state.document, path.slice(0, -1)));
  const share = taskShares(tasks)[Number(path[path.length - 1])] ?? null;
  return (
    <>
      <div className={styles.row}>
        <DocumentText path={[...path, 'name']} />
        <DocumentNumber
          path={[...path, 'weight']}
          placeholder="1"
          hint={
            share === null
              ? 'How often it is drawn, relative to the other tasks.'
              : `Drawn ${formatShortPercent(share)} of the time.`
          }
          min={0}
        />
      </div>
      <Section title="Steps">
        <StepList path={[...path, 'steps']} empty="A step is a request to the backend, or a pause. They are done in order." />
      </Section>
    </>
  );
}

/** The steps of a node once, when it spawns or stops. */
export function LifeStepsForm({ path, when }: { path: DocumentPath; when: 'onStart' | 'onStop' }) {
  const empty =
    when === 'onStart'
      ? 'Steps that each node carries out once when it spawns, such as to log in. They are optional.'
      : 'Steps that each node carries out once when it stops, such as to log out. They are optional.';
  return <StepList path={path} empty={empty} />;
}
