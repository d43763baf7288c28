import { CircleAlert, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { formatPath } from '../../../../shared/scenario/problem';
import { problemSentence } from '../../../app/document-store';
import { classNames } from '../../../ui/class-names';
import { selectedItem, useEditor } from '../editor-store';
import { Place, useIsShown } from '../fields/Place';
import type { OutlineItem } from '../model/outline';
import { itemAtPath } from '../model/problem-marks';
import { useEditorProblems } from '../use-editor-problems';
import { BrokenStepForm } from './BrokenStepForm';
import styles from './DetailPane.module.css';
import { LoadForm } from './LoadForm';
import { NodeTypeForm } from './NodeTypeForm';
import { PauseForm } from './PauseForm';
import { RequestForm } from './RequestForm';
import { ScenarioForm } from './ScenarioForm';
import { TargetForm } from './TargetForm';
import { LifeStepsForm, TaskForm } from './TaskForm';
import { VariableForm } from './VariableForm';
import { VariablesForm } from './VariablesForm';

const TITLES: Record<OutlineItem['kind'], string> = {
  scenario: 'Scenario',
  target: 'Target',
  load: 'Load',
  nodeType: 'Node type',
  variables: 'Variables',
  variable: 'Variable',
  onStart: 'On start',
  task: 'Task',
  request: 'Request',
  pause: 'Pause',
  brokenStep: 'Step',
  onStop: 'On stop',
};

/** The form of the line that is chosen in the outline. */
export function DetailPane({ aside }: { aside?: ReactNode }) {
  const item = useEditor(selectedItem);
  if (!item) return null;
  return (
    <section className={styles.pane} aria-label="Details">
      <header className={styles.header}>
        <h1 className={styles.title}>{TITLES[item.kind]}</h1>
        {aside}
      </header>
      <div key={item.id} className={styles.scroll}>
        <Place path={item.path} className={styles.form}>
          <OtherProblems item={item} />
          <FormOf item={item} />
        </Place>
      </div>
    </section>
  );
}

function FormOf({ item: { kind, path } }: { item: OutlineItem }) {
  switch (kind) {
    case 'scenario':
      return <ScenarioForm />;
    case 'target':
      return <TargetForm />;
    case 'load':
      return <LoadForm />;
    case 'nodeType':
      return <NodeTypeForm path={path} />;
    case 'variables':
      return <VariablesForm path={path} />;
    case 'variable':
      return <VariableForm path={path} />;
    case 'onStart':
    case 'onStop':
      return <LifeStepsForm path={path} when={kind} />;
    case 'task':
      return <TaskForm path={path} />;
    case 'request':
      return <RequestForm path={path} />;
    case 'pause':
      return <PauseForm path={path} />;
    case 'brokenStep':
      return <BrokenStepForm path={path} />;
  }
}

/** Problems of this line that no field shows: rules between fields, and keys that nobody knows. What is still missing, the form asks for by itself. */
function OtherProblems({ item }: { item: OutlineItem }) {
  const problems = useEditorProblems();
  const items = useEditor((state) => state.outline.items);
  const isShown = useIsShown();
  const own = formatPath(item.path);
  const others = problems.filter(
    ({ path, severity }) => severity !== 'missing' && (path === own || !isShown(path)) && itemAtPath(items, path)?.id === item.id,
  );
  if (others.length === 0) return null;
  return (
    <ul className={styles.problems}>
      {others.map((problem) => (
        <li
          key={`${problem.path} ${problem.message}`}
          className={classNames(problem.severity === 'error' ? styles.error : styles.warning)}
        >
          {problem.severity === 'error' ? <CircleAlert aria-hidden="true" /> : <TriangleAlert aria-hidden="true" />}
          <span>{problemSentence(problem)}</span>
        </li>
      ))}
    </ul>
  );
}
