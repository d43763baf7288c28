import type { DocumentPath } from '../../../../shared/scenario/problem';
import type { OutlineItem } from './outline';

/** Something that can be added at a line of the outline. */
export interface Addition {
  make: 'nodeType' | 'variable' | 'task' | 'request' | 'pause';
  label: string;
  listPath: DocumentPath;
  /** Right behind the line; at the end of the list when not given. */
  index?: number;
}

const LABELS: Record<Addition['make'], string> = {
  nodeType: 'Add node type',
  variable: 'Add variable',
  task: 'Add task',
  request: 'Add request',
  pause: 'Add pause',
};

/**
 * What can be added at a line, nearest first: entries of the list that the line stands for or stands in, then what its node type holds,
 * then node types.
 */
export function additionsAt(item: OutlineItem): Addition[] {
  const { path } = item;
  const nodeType = path[0] === 'nodeTypes' && path.length >= 2 ? path.slice(0, 2) : null;
  const additions: Addition[] = [];
  const add = (make: Addition['make'], listPath: DocumentPath, index?: number) =>
    additions.push({ make, label: LABELS[make], listPath, ...(index === undefined ? {} : { index }) });
  const steps = stepsAt(item);
  if (steps) {
    add('request', steps.listPath, steps.index);
    add('pause', steps.listPath, steps.index);
  }
  if (nodeType) {
    const last = Number(path[path.length - 1]);
    add('task', [...nodeType, 'tasks'], item.kind === 'task' ? last + 1 : undefined);
    add('variable', [...nodeType, 'variables'], item.kind === 'variable' ? last + 1 : undefined);
  }
  add('nodeType', ['nodeTypes'], item.kind === 'nodeType' ? Number(path[1]) + 1 : undefined);
  return item.kind === 'variable' || item.kind === 'variables' ? additions.toSorted(variablesFirst) : additions;
}

function variablesFirst(a: Addition, b: Addition): number {
  return Number(b.make === 'variable') - Number(a.make === 'variable');
}

/** The list of steps at a line, and where a new one goes. */
function stepsAt({ kind, path }: OutlineItem): { listPath: DocumentPath; index?: number } | null {
  switch (kind) {
    case 'onStart':
    case 'onStop':
      return { listPath: path };
    case 'task':
      return { listPath: [...path, 'steps'] };
    case 'request':
    case 'pause':
    case 'brokenStep':
      return { listPath: path.slice(0, -1), index: Number(path[path.length - 1]) + 1 };
    default:
      return null;
  }
}
