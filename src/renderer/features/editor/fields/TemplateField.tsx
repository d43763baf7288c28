import type { Diagnostic } from '@codemirror/lint';
import { CircleAlert, TriangleAlert } from 'lucide-react';
import { type ReactNode, useId, useMemo } from 'react';
import { fieldLabel } from '../../../../shared/scenario/place-words';
import { type DocumentPath, formatPath } from '../../../../shared/scenario/problem';
import { problemSentence, problemsAt, useDocument, useUntouched } from '../../../app/document-store';
import { classNames } from '../../../ui/class-names';
import fieldStyles from '../../../ui/Field.module.css';
import { CodeEditor } from '../codemirror/CodeEditor';
import { placeholderCompletion } from '../codemirror/placeholder-complete';
import { placeholderHighlight } from '../codemirror/placeholder-highlight';
import { useEditor } from '../editor-store';
import { valueAt } from '../model/document-value';
import { problemRange } from '../model/problem-place';
import { variableNames } from '../model/variable-references';
import { Place } from './Place';
import styles from './TemplateField.module.css';

export interface TemplateFieldProps {
  /** Place of the text; its problems are shown at it. */
  path: DocumentPath;
  label: string;
  labelPlace?: 'above' | 'hidden';
  value: string;
  onChange(value: string): void;
  /** Lines of a body; a single line without. */
  language?: 'json' | 'text';
  hint?: ReactNode;
  placeholder?: string;
  /** Instead of what the document's problems say. */
  error?: string | null;
  className?: string;
}

/** A text with placeholders: highlighted, completed with what exists at its place, mistakes marked where they are. */
export function TemplateField(props: TemplateFieldProps) {
  const { path, label, labelPlace = 'above', value, onChange, language, hint, placeholder, className } = props;
  const labelId = useId();
  const messageId = useId();
  const variables = useVariablesAt(path);
  const place = formatPath(path);
  const found = useMarks(place, value);
  const error = props.error ?? found.error;
  const warning = error ? null : found.warning;
  const extensions = useMemo(() => [placeholderHighlight(variables), placeholderCompletion(variables)], [variables]);
  return (
    <Place path={path} className={classNames(fieldStyles.field, className)}>
      <span id={labelId} className={classNames(fieldStyles.label, labelPlace === 'hidden' && fieldStyles.hidden)}>
        {label}
      </span>
      <CodeEditor
        value={value}
        onChange={onChange}
        singleLine={language === undefined}
        language={language === 'json' ? 'jsonTemplate' : language}
        labelledBy={labelId}
        describedBy={error || warning || hint ? messageId : undefined}
        invalid={Boolean(error)}
        placeholder={placeholder}
        diagnostics={found.diagnostics}
        extensions={extensions}
        className={classNames(styles.editor, language === undefined ? styles.line : styles.lines, error && styles.invalid)}
      />
      <div id={messageId} className={styles.messages}>
        {error && (
          <span className={fieldStyles.error}>
            <CircleAlert aria-hidden="true" />
            <span>{error}</span>
          </span>
        )}
        {warning && (
          <span className={fieldStyles.warning}>
            <TriangleAlert aria-hidden="true" />
            <span>{warning}</span>
          </span>
        )}
        {hint && <span className={fieldStyles.hint}>{hint}</span>}
      </div>
    </Place>
  );
}

/** Names of variables that exist at a place: those of its node type. The target has none. */
function useVariablesAt(path: DocumentPath): readonly string[] {
  const names = useEditor((state) =>
    path[0] === 'nodeTypes' ? variableNames(valueAt(state.document, path.slice(0, 2))).join('\n') : '',
  );
  return useMemo(() => (names === '' ? [] : names.split('\n')), [names]);
}

/** The problems of a text: the first as a sentence, and all as marks in it. */
function useMarks(
  place: string,
  text: string,
): { error: string | null; warning: string | null; diagnostics: readonly Diagnostic[] } {
  const problems = useDocument((state) => state.problems);
  const warnings = useDocument((state) => state.warnings);
  const untouched = useUntouched(place);
  return useMemo(() => {
    const errors = untouched ? [] : problemsAt(problems, place);
    const doubts = problemsAt(warnings, place);
    const marks = [
      ...errors.map((problem) => ({ problem, severity: 'error' as const })),
      ...doubts.map((problem) => ({ problem, severity: 'warning' as const })),
    ];
    const diagnostics = marks.flatMap(({ problem, severity }): Diagnostic[] => {
      const range = problemRange(problem.message, text);
      return range ? [{ ...range, severity, message: problemSentence(problem) }] : [];
    });
    return {
      error: errors[0] ? problemSentence(errors[0]) : null,
      warning: doubts[0] ? problemSentence(doubts[0]) : null,
      diagnostics,
    };
  }, [problems, warnings, untouched, place, text]);
}

/** A text with placeholders of the document. */
export function DocumentTemplate({
  label,
  onValue,
  ...field
}: Omit<TemplateFieldProps, 'label' | 'value' | 'onChange'> & { label?: string | undefined; onValue(text: string): void }) {
  const value = useEditor((state) => valueAt(state.document, field.path));
  return (
    <TemplateField
      {...field}
      label={label ?? fieldLabel(field.path)}
      value={typeof value === 'string' ? value : ''}
      onChange={onValue}
    />
  );
}
