import { ChevronRight, Plus } from 'lucide-react';
import { type DocumentPath, formatPath } from '../../../../shared/scenario/problem';
import { Button } from '../../../ui/Button';
import { classNames } from '../../../ui/class-names';
import { EmptyState } from '../../../ui/EmptyState';
import { editorActions, useEditor } from '../editor-store';
import { listAt, textAt } from '../model/document-value';
import { generatorLabel } from '../model/generator-fields';
import { addEntry } from '../model/outline-edits';
import styles from './StepList.module.css';

/** The variables of a node type as links to their forms. */
export function VariablesForm({ path }: { path: DocumentPath }) {
  const variables = useEditor((state) => listAt(state.document, path));
  const add = (
    <Button
      variant={variables.length === 0 ? 'primary' : 'secondary'}
      size={variables.length === 0 ? 'medium' : 'small'}
      icon={<Plus />}
      onClick={() => editorActions.apply(addEntry(useEditor.getState().document, path, 'variable'))}
    >
      Add variable
    </Button>
  );
  if (variables.length === 0) {
    return (
      <EmptyState title="No variables yet" headingLevel="h2" actions={add}>
        A variable is a value that each node has for itself, such as its serial number or a temperature. Requests use it as{' '}
        {'{{name}}'}.
      </EmptyState>
    );
  }
  return (
    <>
      <ul className={styles.steps}>
        {variables.map((variable, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the line shows whatever stands in its place
          <li key={index}>
            <button type="button" className={styles.step} onClick={() => editorActions.selectPath(formatPath([...path, index]))}>
              <span className={classNames(styles.label, styles.code)}>
                {textAt(variable, ['name']) || 'Variable without a name'}
              </span>
              <span className={styles.aside}>{generatorLabel(textAt(variable, ['generator', 'kind']))}</span>
              <ChevronRight aria-hidden="true" />
            </button>
          </li>
        ))}
      </ul>
      <div className={styles.buttons}>{add}</div>
    </>
  );
}
