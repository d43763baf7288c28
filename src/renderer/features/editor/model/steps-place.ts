import type { RouteInput } from '../../../../shared/api/routes';
import type { DocumentPath } from '../../../../shared/scenario/problem';
import type { OutlineItem } from './outline';

/** The list of steps that a line of the outline belongs to, as the API names it, and the step itself if the line is one. */
export interface StepsPlace {
  place: RouteInput<'scenarios.preview'>['place'];
  listPath: DocumentPath;
  step: number | null;
}

/** null for lines that have nothing to do with steps. */
export function stepsPlaceOf({ path }: Pick<OutlineItem, 'path'>): StepsPlace | null {
  const [root, nodeType, list, entry, steps, step] = path;
  if (root !== 'nodeTypes' || typeof nodeType !== 'number') return null;
  if (list === 'onStart' || list === 'onStop') {
    return { place: { nodeType, task: list }, listPath: path.slice(0, 3), step: typeof entry === 'number' ? entry : null };
  }
  if (list !== 'tasks' || typeof entry !== 'number') return null;
  const listPath = [...path.slice(0, 4), 'steps'];
  return { place: { nodeType, task: entry }, listPath, step: steps === 'steps' && typeof step === 'number' ? step : null };
}
