import { useMemo } from 'react';
import { fieldLabel, inSentence } from '../../../../shared/scenario/place-words';
import { type DocumentPath, formatPath } from '../../../../shared/scenario/problem';
import { useProblemAt, useUntouched, useWarningAt } from '../../../app/document-store';
import { editorActions, useEditor } from '../editor-store';
import { valueAt } from '../model/document-value';

/** What a field of the document has to do with: its name, its value, how to change it, and what is wrong with it. */
export interface DocumentField {
  label: string;
  value: unknown;
  /** undefined removes it. */
  set(value: unknown): void;
  error: string | null;
  warning: string | null;
  /** It still has to be filled in, which is no mistake yet. */
  required: boolean;
}

/** The field of a place. `label`: its name, also for "Undo change …", where it is not the one that all know it by. */
export function useField(path: DocumentPath, label = fieldLabel(path)): DocumentField {
  const place = formatPath(path);
  const value = useEditor((state) => valueAt(state.document, path));
  const error = useProblemAt(place);
  const warning = useWarningAt(place);
  const required = useUntouched(place);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the place says the path
  const set = useMemo(() => (next: unknown) => editorActions.setValue(path, next, `Change ${inSentence(label)}`), [place, label]);
  return { label, value, set, error, warning, required };
}
