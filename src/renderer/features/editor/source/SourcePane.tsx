import type { Diagnostic } from '@codemirror/lint';
import { CircleAlert } from 'lucide-react';
import { useMemo } from 'react';
import { readJsonDocument } from '../../../../shared/scenario/json-text';
import { documentActions, problemSentence, useDocument } from '../../../app/document-store';
import { CodeEditor } from '../codemirror/CodeEditor';
import { problemRange } from '../model/problem-place';
import { placeRange } from '../model/source-places';
import { useEditorProblems } from '../use-editor-problems';
import styles from './SourcePane.module.css';

/** The document's JSON, in step with the form. What is typed stays as it is typed, also while it cannot be read. */
export function SourcePane() {
  const text = useDocument((state) => state.text);
  const hasForm = useDocument((state) => state.document !== null);
  const problems = useEditorProblems();
  const diagnostics = useMemo(
    (): Diagnostic[] =>
      problems.flatMap((problem) => {
        const range = problem.path === '' ? problemRange(problem.message, text) : placeRange(text, problem.path);
        const severity = problem.severity === 'missing' ? 'info' : problem.severity;
        return range ? [{ ...range, severity, message: problemSentence(problem) }] : [];
      }),
    [problems, text],
  );
  const broken = hasForm ? null : brokenSentence(text, problems[0]);
  return (
    <div className={styles.pane}>
      {broken && (
        <p role="status" className={styles.broken}>
          <CircleAlert aria-hidden="true" />
          {broken}
        </p>
      )}
      <CodeEditor
        label="Source of the scenario"
        value={text}
        onChange={documentActions.setText}
        language="json"
        lineNumbers
        diagnostics={diagnostics}
        invalid={broken !== null}
        className={styles.editor}
      />
      <p className={styles.hint}>Tab indents; Escape, then Tab leaves the editor.</p>
    </div>
  );
}

/** Why the form cannot show the text: the first problem, with its line and column when it is the JSON itself. */
function brokenSentence(text: string, first: Parameters<typeof problemSentence>[0] | undefined): string {
  const sentence = first ? problemSentence(first) : 'This is not a scenario.';
  return 'problems' in readJsonDocument(text) ? sentence : `${first?.path ? `${first.path}: ` : ''}${sentence}`;
}
