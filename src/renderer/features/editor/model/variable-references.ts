import { parseTemplate } from '../../../../shared/scenario/placeholder';
import { isPlaceholderName } from '../../../../shared/scenario/placeholder-syntax';
import type { DocumentPath } from '../../../../shared/scenario/problem';
import { isObject, listAt, objectAt, setAt, textAt } from './document-value';

/** Names with a value in the requests of a node type: its variables, and what its requests extract; each once, in document order. */
export function variableNames(nodeType: unknown): string[] {
  const names = new Set<string>();
  for (const variable of listAt(nodeType, ['variables'])) names.add(textAt(variable, ['name']));
  for (const step of stepsOfNodeType(nodeType)) {
    for (const extraction of listAt(step, ['request', 'extract'])) names.add(textAt(extraction, ['variable']));
  }
  names.delete('');
  return [...names];
}

/** Whether a variable can be called so without being taken for another: a name that placeholders can write, and that nothing else has. */
export function isFreeVariableName(nodeType: unknown, name: string): boolean {
  return isPlaceholderName(name) && name !== 'node' && name !== 'secret' && !variableNames(nodeType).includes(name);
}

/**
 * Gives the variable at `path` another name, and lets the placeholders of its node type follow: those that say `referencedAs`, its name
 * when not given. They stay while the new name cannot stand in a placeholder or belongs to another variable: following it would mix the two up.
 */
export function renameVariable(
  document: unknown,
  path: DocumentPath,
  name: string,
  referencedAs = textAt(document, [...path, 'name']),
): unknown {
  const nodeTypePath = path.slice(0, 2);
  const renamed = setAt(document, [...path, 'name'], name);
  const nodeType = listAt(document, ['nodeTypes'])[Number(nodeTypePath[1])];
  if (!isFreeVariableName(nodeType, name) || !isPlaceholderName(referencedAs) || referencedAs === name) return renamed;
  const others = listAt(renamed, [...nodeTypePath, 'variables']).map((variable) => textAt(variable, ['name']));
  if (others.includes(referencedAs)) return renamed;
  const renamedType = listAt(renamed, ['nodeTypes'])[Number(nodeTypePath[1])];
  return setAt(
    renamed,
    nodeTypePath,
    inTemplates(renamedType, (text) => replaceReferences(text, referencedAs, name)),
  );
}

/** A template with `{{from}}` written as `{{to}}`; everything else as it is. */
export function replaceReferences(text: string, from: string, to: string): string {
  if (!text.includes('{{')) return text;
  let result = '';
  let at = 0;
  for (const part of parseTemplate(text, { variables: [from] }).parts) {
    if (part.kind !== 'variable') continue;
    result += `${text.slice(at, part.start)}{{${to}}}`;
    at = part.end;
  }
  return result + text.slice(at);
}

/** A node type with another text in each place where placeholders work. Whatever has no such text stays the same object. */
function inTemplates(nodeType: unknown, change: (text: string) => string): unknown {
  if (!isObject(nodeType)) return nodeType;
  const inSteps = (steps: unknown) => mapList(steps, (step) => inStep(step, change));
  return {
    ...nodeType,
    ...(nodeType.onStart === undefined ? {} : { onStart: inSteps(nodeType.onStart) }),
    ...(nodeType.tasks === undefined
      ? {}
      : {
          tasks: mapList(nodeType.tasks, (task) =>
            isObject(task) ? keepSame(task, { ...task, steps: inSteps(task.steps) }) : task,
          ),
        }),
    ...(nodeType.onStop === undefined ? {} : { onStop: inSteps(nodeType.onStop) }),
  };
}

function inStep(step: unknown, change: (text: string) => string): unknown {
  if (!isObject(step) || !isObject(step.request)) return step;
  let request: unknown = step.request;
  const inText = (path: DocumentPath) => {
    const text = textAt(request, path);
    const changed = change(text);
    if (changed !== text) request = setAt(request, path, changed);
  };
  inText(['path']);
  inText(['body', 'text']);
  for (const place of [['query'], ['headers'], ['body', 'fields']]) {
    for (const key of Object.keys(objectAt(request, place))) inText([...place, key]);
  }
  return request === step.request ? step : { ...step, request };
}

function mapList(list: unknown, change: (entry: unknown) => unknown): unknown {
  if (!Array.isArray(list)) return list;
  const changed = list.map(change);
  return changed.every((entry, index) => entry === list[index]) ? list : changed;
}

function keepSame<T extends object>(before: T, after: T): T {
  return Object.entries(after).every(([key, value]) => value === (before as Record<string, unknown>)[key]) ? before : after;
}

function* stepsOfNodeType(nodeType: unknown): Generator<unknown> {
  yield* listAt(nodeType, ['onStart']);
  for (const task of listAt(nodeType, ['tasks'])) yield* listAt(task, ['steps']);
  yield* listAt(nodeType, ['onStop']);
}
