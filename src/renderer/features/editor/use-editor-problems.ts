import { useMemo } from 'react';
import { useDocument } from '../../app/document-store';
import type { EditorProblem } from './model/problem-marks';

/** Errors and warnings of the document, errors first. */
export function useEditorProblems(): readonly EditorProblem[] {
  const problems = useDocument((state) => state.problems);
  const warnings = useDocument((state) => state.warnings);
  return useMemo(
    () => [
      ...problems.map((problem) => ({ ...problem, severity: 'error' as const })),
      ...warnings.map((problem) => ({ ...problem, severity: 'warning' as const })),
    ],
    [problems, warnings],
  );
}
