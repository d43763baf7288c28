import { useMemo } from 'react';
import { type DocumentPath, formatPath } from '../../../../shared/scenario/problem';
import { useProblemAt, useWarningAt } from '../../../app/document-store';
import { editorActions, useEditor } from '../editor-store';
import { valueAt } from '../model/document-value';

/** What a field of the document has to do with: its value, how to change it, and what is wrong with it. */
export interface DocumentField {
  place: string;
  value: unknown;
  /** undefined removes it. */
  set(value: unknown): void;
  error: string | null;
  warning: string | null;
}

/** The field of a place. `label`: its name, for "Undo change …". */
export function useField(path: DocumentPath, label: string): DocumentField {
  const place = formatPath(path);
  const value = useEditor((state) => valueAt(state.document, path));
  const error = useProblemAt(place);
  const warning = useWarningAt(place);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the place says the path
  const set = useMemo(() => (next: unknown) => editorActions.setValue(path, next, changeLabel(label)), [place, label]);
  return { place, value, set, error, warning };
}

/** `Change base URL`: the first word keeps its capitals when it is an abbreviation. */
function changeLabel(label: string): string {
  const isAbbreviation = /^[A-Z]{2}/.test(label);
  return `Change ${isAbbreviation ? label : label.charAt(0).toLowerCase() + label.slice(1)}`;
}
