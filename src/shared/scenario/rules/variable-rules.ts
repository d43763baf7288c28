import { type DocumentPath, type ProblemReport, quote } from '../problem';
import type { NodeType, Scenario } from '../schema';
import { nodeTypeSteps, type PlacedStep, requestTexts, stepsAt, targetTexts } from '../templated-text';
import { checkTemplate } from './template-rules';

/** The templates of the target. It is shared by all node types, so their variables do not exist there. */
export function checkTargetTemplates({ target, nodeTypes }: Scenario, report: ProblemReport): void {
  const elsewhere = [...new Set(nodeTypes.flatMap(variablesOf))];
  for (const text of targetTexts(target)) {
    for (const part of checkTemplate(text, elsewhere, report)) {
      if (part.kind !== 'variable') continue;
      const message = `the variable ${quote(part.name)} does not exist here: the target is shared by all node types`;
      report.error(
        text.path,
        message,
        'secret.NAME, node.index, node.type or a generator; or the header in the requests instead',
      );
    }
  }
}

/** The templates of a node type, and whether its variables have values when they are used. */
export function checkNodeTypeTemplates(nodeType: NodeType, index: number, report: ProblemReport): void {
  const declared = nodeType.variables.map(({ name }) => name);
  const known = variablesOf(nodeType);
  const used = new Set<string>();
  /** `isUnset`: whether a name has no value where a sequence of steps begins; `consequence`: what to say of its use before an extraction in it. */
  const check = (steps: Iterable<PlacedStep>, isUnset: (name: string) => boolean, consequence: string) => {
    const extracted = new Set<string>();
    for (const { step, path } of steps) {
      if (!step.request) continue;
      const inStep = new Set<string>();
      for (const text of requestTexts(step.request, [...path, 'request'])) {
        for (const part of checkTemplate(text, known, report)) {
          if (part.kind !== 'variable') continue;
          used.add(part.name);
          const { name } = part;
          if (isUnset(name) && !extracted.has(name) && !inStep.has(name)) warnUnset(text.path, name, consequence, report);
          inStep.add(name);
        }
      }
      for (const { variable } of step.request.extract) extracted.add(variable);
    }
    return extracted;
  };

  const path = ['nodeTypes', index];
  const isExtracted = new Set(known);
  for (const name of declared) isExtracted.delete(name);
  const atStart = check(
    stepsAt(nodeType.onStart, [...path, 'onStart']),
    (name) => isExtracted.has(name),
    'no step before this one extracts it',
  );
  const extractors = extractingTasks(nodeType);
  for (const [task, { steps }] of nodeType.tasks.entries()) {
    const isUnset = (name: string) => {
      if (!isExtracted.has(name) || atStart.has(name)) return false;
      const only = extractors.get(name);
      return only === undefined || only === task;
    };
    check(stepsAt(steps, [...path, 'tasks', task, 'steps']), isUnset, 'the first time the task runs nothing has extracted it');
  }
  const isUnsetAtStop = (name: string) => isExtracted.has(name) && !atStart.has(name) && !extractors.has(name);
  check(stepsAt(nodeType.onStop, [...path, 'onStop']), isUnsetAtStop, 'no step before this one extracts it');

  for (const [variable, name] of declared.entries()) {
    if (!used.has(name))
      report.warn(
        [...path, 'variables', variable],
        `the variable ${quote(name)} is never used`,
        `{{${name}}} in a request, or no such variable`,
      );
  }
}

function warnUnset(path: DocumentPath, name: string, consequence: string, report: ProblemReport): void {
  report.warn(
    path,
    `the variable ${quote(name)} has no value here: ${consequence}`,
    'its extraction in an earlier step, such as in onStart',
  );
}

/** Names that tasks extract, with the index of the task; -1 where several do. */
function extractingTasks({ tasks }: NodeType): Map<string, number> {
  const extractors = new Map<string, number>();
  for (const [task, { steps }] of tasks.entries()) {
    for (const name of steps.flatMap(extractedBy)) {
      const known = extractors.get(name);
      extractors.set(name, known === undefined || known === task ? task : -1);
    }
  }
  return extractors;
}

/** Declared and extracted variables of a node type, each once. */
export function variablesOf(nodeType: NodeType): string[] {
  const names = new Set(nodeType.variables.map(({ name }) => name));
  for (const { step } of nodeTypeSteps(nodeType, 0)) for (const name of extractedBy(step)) names.add(name);
  return [...names];
}

function extractedBy({ request }: PlacedStep['step']): string[] {
  return request?.extract.map(({ variable }) => variable) ?? [];
}
