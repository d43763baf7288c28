import { parsePath, type ScenarioProblem } from '../../../../shared/scenario/problem';
import { problemSentence } from '../../../app/document-store';
import { isWithin } from './document-value';
import { type OutlineItem, outlineItems } from './outline';

/** A problem as the editor shows it. */
export interface EditorProblem extends ScenarioProblem {
  severity: 'error' | 'warning' | 'missing';
}

/** What a line of the outline says of the problems in it, without those of the lines below it. */
export interface ProblemMark {
  errors: number;
  warnings: number;
  /** What nobody has filled in yet. */
  missing: number;
  /** The first one as a sentence, errors first; and its place in the document. */
  first: string;
  firstPath: string;
}

/** The line of the outline that shows a place of the document: the one whose own place is nearest above. */
export function itemAtPath(items: readonly OutlineItem[], pathText: string): OutlineItem | null {
  const path = parsePath(pathText);
  let nearest: OutlineItem | null = null;
  for (const item of outlineItems(items)) {
    if (isWithin(path, item.path) && (nearest === null || item.path.length >= nearest.path.length)) nearest = item;
  }
  return nearest;
}

const ORDER: readonly EditorProblem['severity'][] = ['error', 'missing', 'warning'];

/** The marks of the outline's lines, by id. Lines without problems have none. */
export function problemMarks(items: readonly OutlineItem[], problems: readonly EditorProblem[]): Map<string, ProblemMark> {
  const marks = new Map<string, ProblemMark>();
  const ordered = problems.toSorted((a, b) => ORDER.indexOf(a.severity) - ORDER.indexOf(b.severity));
  for (const problem of ordered) {
    const item = itemAtPath(items, problem.path);
    if (item) addTo(marks, item.id, problem);
  }
  return marks;
}

/** The marks of a line and of all lines below it: what a closed line shows. */
export function markOfAll(item: OutlineItem, marks: ReadonlyMap<string, ProblemMark>): ProblemMark | undefined {
  const inside = [...outlineItems([item])].flatMap(({ id }) => marks.get(id) ?? []);
  const [first] = inside.toSorted((a, b) => rank(a) - rank(b));
  if (!first) return undefined;
  return {
    errors: inside.reduce((sum, { errors }) => sum + errors, 0),
    warnings: inside.reduce((sum, { warnings }) => sum + warnings, 0),
    missing: inside.reduce((sum, { missing }) => sum + missing, 0),
    first: first.first,
    firstPath: first.firstPath,
  };
}

/** What a mark is of: as its first problem. */
export function markSeverity({ errors, missing }: ProblemMark): EditorProblem['severity'] {
  return errors > 0 ? 'error' : missing > 0 ? 'missing' : 'warning';
}

function rank(mark: ProblemMark): number {
  return ORDER.indexOf(markSeverity(mark));
}

function addTo(marks: Map<string, ProblemMark>, id: string, problem: EditorProblem): void {
  const mark = marks.get(id) ?? { errors: 0, warnings: 0, missing: 0, first: problemSentence(problem), firstPath: problem.path };
  if (problem.severity === 'error') mark.errors++;
  else if (problem.severity === 'missing') mark.missing++;
  else mark.warnings++;
  marks.set(id, mark);
}
