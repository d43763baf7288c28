import type { RouteInput } from '../../../../shared/api/routes';
import type { DocumentPath } from '../../../../shared/scenario/problem';
import { listAt } from './document-value';
import { type OutlineItem, stepKind } from './outline';

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

/** A request to preview. */
export interface PreviewPlace {
  place: StepsPlace['place'];
  listPath: DocumentPath;
  step: number;
}

/**
 * The request that a line of the outline lets one preview: itself, else the first of its list, else the first of its node type, else the
 * first of all. null when there is none.
 */
export function previewPlaceOf(document: unknown, item: Pick<OutlineItem, 'path'>): PreviewPlace | null {
  const own = stepsPlaceOf(item);
  const isRequest =
    own?.step !== undefined && own.step !== null && stepKind(listAt(document, own.listPath)[own.step]) === 'request';
  if (own && own.step !== null && isRequest) return { ...own, step: own.step };
  if (own) return firstRequestIn(document, own);
  const [root, nodeType] = item.path;
  const isInType = root === 'nodeTypes' && typeof nodeType === 'number';
  const types = isInType ? [nodeType] : listAt(document, ['nodeTypes']).keys();
  for (const type of types) {
    for (const list of stepListsOf(document, type)) {
      const found = firstRequestIn(document, list);
      if (found) return found;
    }
  }
  return null;
}

function firstRequestIn(document: unknown, { place, listPath }: Pick<StepsPlace, 'place' | 'listPath'>): PreviewPlace | null {
  const step = listAt(document, listPath).findIndex((entry) => stepKind(entry) === 'request');
  return step === -1 ? null : { place, listPath, step };
}

/** Tasks first: they are what a node does most. */
function* stepListsOf(document: unknown, nodeType: number): Generator<Pick<StepsPlace, 'place' | 'listPath'>> {
  const path = ['nodeTypes', nodeType];
  for (const task of listAt(document, [...path, 'tasks']).keys()) {
    yield { place: { nodeType, task }, listPath: [...path, 'tasks', task, 'steps'] };
  }
  yield { place: { nodeType, task: 'onStart' }, listPath: [...path, 'onStart'] };
  yield { place: { nodeType, task: 'onStop' }, listPath: [...path, 'onStop'] };
}
