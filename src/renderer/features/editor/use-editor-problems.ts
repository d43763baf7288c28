import { useMemo } from 'react';
import { useDocument } from '../../app/document-store';
import type { EditorProblem } from './model/problem-marks';

/** Errors and warnings of the document, errors first; what nobody has been at yet is no error, but missing. */
export function useEditorProblems(): readonly EditorProblem[] {
  const problems = useDocument((state) => state.problems);
  const untouched = useDocument((state) => state.untouched);
  const warnings = useDocument((state) => state.warnings);
  return useMemo(
    () => [
      ...problems.map((problem) => ({
        ...problem,
        severity: untouched.has(problem.path) ? ('missing' as const) : ('error' as const),
      })),
      ...warnings.map((problem) => ({ ...problem, severity: 'warning' as const })),
    ],
    [problems, untouched, warnings],
  );
}
