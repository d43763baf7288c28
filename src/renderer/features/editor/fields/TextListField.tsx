import { Plus, X } from 'lucide-react';
import { type DocumentPath, formatPath } from '../../../../shared/scenario/problem';
import { useProblemAt } from '../../../app/document-store';
import { Button } from '../../../ui/Button';
import { IconButton } from '../../../ui/IconButton';
import { editorActions, useEditor } from '../editor-store';
import { listAt } from '../model/document-value';
import { DocumentText } from './DocumentFields';
import { Place } from './Place';
import styles from './RecordField.module.css';

/** A list of texts. */
export function TextListField({
  path,
  word,
  placeholder,
  hint,
}: {
  path: DocumentPath;
  word: string;
  placeholder: string;
  hint: string;
}) {
  const length = useEditor((state) => listAt(state.document, path).length);
  const error = useProblemAt(formatPath(path));
  const change = (recipe: (list: readonly unknown[]) => readonly unknown[]) => {
    const next = recipe(listAt(useEditor.getState().document, path));
    editorActions.setValue(path, next.length === 0 ? undefined : next, `Change ${word}`);
  };
  return (
    <Place path={path} className={styles.rows}>
      {Array.from({ length }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: texts have no identity but their place
        <div key={index} className={styles.single}>
          <DocumentText
            path={[...path, index]}
            label={`${word} ${index + 1}`}
            labelPlace="hidden"
            placeholder={placeholder}
            mono
          />
          <IconButton
            label={`Remove ${word} ${index + 1}`}
            icon={<X />}
            onClick={() => change((list) => list.toSpliced(index, 1))}
          />
        </div>
      ))}
      <Button size="small" icon={<Plus />} onClick={() => change((list) => [...list, ''])} className={styles.add}>
        Add {word}
      </Button>
      <span className={styles.hint}>{error ?? hint}</span>
    </Place>
  );
}
