import type { DocumentPath } from '../../../../shared/scenario/problem';
import { formatCount, formatShort, formatShortPercent, plural } from '../../../ui/format';
import { isObject, type JsonObject, listAt, objectAt, textAt } from './document-value';
import { generatorLabel } from './generator-fields';
import { claimIds, type EntryIds } from './outline-identity';
import { nodeTypeShares, taskShares } from './shares';

export type OutlineKind =
  | 'scenario'
  | 'target'
  | 'load'
  | 'nodeType'
  | 'variables'
  | 'variable'
  | 'onStart'
  | 'task'
  | 'request'
  | 'pause'
  /** A step that is neither a request nor a pause, or both. */
  | 'brokenStep'
  | 'onStop';

/** A line of the outline. */
export interface OutlineItem {
  /** Stays the same while the document is edited, whatever moves. */
  id: string;
  kind: OutlineKind;
  path: DocumentPath;
  label: string;
  /** At the end of the line: a share, a count, a kind. */
  detail: string;
  children: OutlineItem[];
}

/** The scenario as lines, and what the next outline needs to give the same lines the same ids. */
export interface Outline {
  items: OutlineItem[];
  ids: EntryIds;
}

/** Lays out a document, which may be broken anywhere. `previous`: the outline before the edit. */
export function buildOutline(document: unknown, previous?: Outline): Outline {
  const ids = claimIds(document, previous?.ids);
  const shares = nodeTypeShares(document);
  const nodeTypes = listAt(document, ['nodeTypes']).map((nodeType, index) =>
    nodeTypeItem(document, nodeType, index, ids, shareText(shares[index] ?? null)),
  );
  const items: OutlineItem[] = [
    leaf('scenario', 'scenario', [], textAt(document, ['name']) || 'Scenario without a name', ''),
    leaf('target', 'target', ['target'], 'Target', hostOf(textAt(document, ['target', 'baseUrl']))),
    leaf('load', 'load', ['load'], 'Load', loadText(objectAt(document, ['load']))),
    ...nodeTypes,
  ];
  return { items, ids };
}

function nodeTypeItem(document: unknown, nodeType: unknown, index: number, ids: EntryIds, detail: string): OutlineItem {
  const path = ['nodeTypes', index];
  const id = ids.idAt(path);
  const variables = listAt(document, [...path, 'variables']);
  const tasks = listAt(document, [...path, 'tasks']);
  const shares = taskShares(tasks);
  return {
    id,
    kind: 'nodeType',
    path,
    label: nameOf(nodeType, 'Node type without a name'),
    detail,
    children: [
      {
        id: `${id}/variables`,
        kind: 'variables',
        path: [...path, 'variables'],
        label: 'Variables',
        detail: countText(variables.length),
        children: variables.map((variable, at) => {
          const place = [...path, 'variables', at];
          const generator = generatorLabel(textAt(variable, ['generator', 'kind']));
          return leaf(ids.idAt(place), 'variable', place, nameOf(variable, 'Variable without a name'), generator);
        }),
      },
      stepsItem(document, [...path, 'onStart'], 'onStart', 'On start', id, ids),
      ...tasks.map((task, at): OutlineItem => {
        const place = [...path, 'tasks', at];
        return {
          id: ids.idAt(place),
          kind: 'task',
          path: place,
          label: nameOf(task, 'Task without a name'),
          detail: formatShortPercent(shares[at] ?? null),
          children: stepItems(document, [...place, 'steps'], ids),
        };
      }),
      stepsItem(document, [...path, 'onStop'], 'onStop', 'On stop', id, ids),
    ],
  };
}

function stepsItem(
  document: unknown,
  path: DocumentPath,
  kind: 'onStart' | 'onStop',
  label: string,
  nodeTypeId: string,
  ids: EntryIds,
): OutlineItem {
  const children = stepItems(document, path, ids);
  return { id: `${nodeTypeId}/${kind}`, kind, path, label, detail: countText(children.length), children };
}

function stepItems(document: unknown, listPath: DocumentPath, ids: EntryIds): OutlineItem[] {
  return listAt(document, listPath).map((step, index) => {
    const path = [...listPath, index];
    const kind = stepKind(step);
    return leaf(ids.idAt(path), kind, path, stepLabel(step, kind), '');
  });
}

/** What a step is. */
export function stepKind(step: unknown): 'request' | 'pause' | 'brokenStep' {
  if (!isObject(step)) return 'brokenStep';
  const isRequest = isObject(step.request);
  if (isRequest === isObject(step.pause)) return 'brokenStep';
  return isRequest ? 'request' : 'pause';
}

/** A step in a few words: `POST /data`, `Pause 2 s`. */
export function stepLabel(step: unknown, kind = stepKind(step)): string {
  if (kind === 'brokenStep') return 'Step that is neither a request nor a pause';
  if (kind === 'pause') return pauseText(objectAt(step, ['pause']));
  const request = objectAt(step, ['request']);
  const method = typeof request.method === 'string' ? request.method : 'GET';
  return `${method} ${requestName(request)}`;
}

/** The name of a request in the statistics. */
function requestName({ name, path }: JsonObject): string {
  if (typeof name === 'string' && name !== '') return name;
  return typeof path === 'string' && path !== '' ? path : '(no path)';
}

function pauseText({ seconds, minSeconds, maxSeconds }: JsonObject): string {
  if (typeof seconds === 'number') return `Pause ${formatShort(seconds)} s`;
  if (typeof minSeconds !== 'number' || typeof maxSeconds !== 'number') return 'Pause';
  return `Pause ${formatShort(minSeconds)} to ${formatShort(maxSeconds)} s`;
}

/** `100 @ 5/s`, or the stages in words. */
function loadText({ nodes, spawnRate, stages }: JsonObject): string {
  if (Array.isArray(stages)) return plural(stages.length, 'stage');
  if (typeof nodes !== 'number' || typeof spawnRate !== 'number') return '';
  return `${formatCount(nodes)} @ ${formatShort(spawnRate)}/s`;
}

function shareText(share: ReturnType<typeof nodeTypeShares>[number]): string {
  if (share === null) return '';
  return 'nodes' in share ? plural(share.nodes, 'node') : formatShortPercent(share.share);
}

function hostOf(baseUrl: string): string {
  return baseUrl.replace(/^https?:\/\//i, '').replace(/\/+$/, '');
}

function countText(count: number): string {
  return count === 0 ? '' : formatCount(count);
}

function nameOf(entry: unknown, missing: string): string {
  return textAt(entry, ['name']) || missing;
}

function leaf(id: string, kind: OutlineKind, path: DocumentPath, label: string, detail: string): OutlineItem {
  return { id, kind, path, label, detail, children: [] };
}

/** All lines, each after its parent. */
export function* outlineItems(items: readonly OutlineItem[]): Generator<OutlineItem> {
  for (const item of items) {
    yield item;
    yield* outlineItems(item.children);
  }
}
