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
  /** Names without a value where a sequence of steps begins, and what to say of their use before an extraction in it. */
  const check = (steps: Iterable<PlacedStep>, unset: Set<string>, consequence: string) => {
    for (const { step, path } of steps) {
      if (!step.request) continue;
      const inStep = new Set<string>();
      for (const text of requestTexts(step.request, [...path, 'request'])) {
        for (const part of checkTemplate(text, known, report)) {
          if (part.kind !== 'variable') continue;
          used.add(part.name);
          if (unset.has(part.name) && !inStep.has(part.name)) warnUnset(text.path, part.name, consequence, report);
          inStep.add(part.name);
        }
      }
      for (const { variable } of step.request.extract) unset.delete(variable);
    }
  };

  const path = ['nodeTypes', index];
  const extractedIn = (steps: Iterable<PlacedStep>) => [...steps].flatMap(({ step }) => extractedBy(step));
  const extracted = known.filter((name) => !declared.includes(name));
  const afterStart = new Set(extracted);
  check(stepsAt(nodeType.onStart, [...path, 'onStart']), afterStart, 'no step before this one extracts it');
  for (const [task, { steps }] of nodeType.tasks.entries()) {
    const others = nodeType.tasks.filter((_, other) => other !== task).flatMap((other) => other.steps.flatMap(extractedBy));
    const unset = new Set([...afterStart].filter((name) => !others.includes(name)));
    check(stepsAt(steps, [...path, 'tasks', task, 'steps']), unset, 'the first time the task runs nothing has extracted it');
  }
  const inTasks = nodeType.tasks.flatMap(({ steps }) => extractedIn(stepsAt(steps, [])));
  const atStop = new Set([...afterStart].filter((name) => !inTasks.includes(name)));
  check(stepsAt(nodeType.onStop, [...path, 'onStop']), atStop, 'no step before this one extracts it');

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

/** Declared and extracted variables of a node type, each once. */
function variablesOf(nodeType: NodeType): string[] {
  const names = new Set(nodeType.variables.map(({ name }) => name));
  for (const { step } of nodeTypeSteps(nodeType, 0)) for (const name of extractedBy(step)) names.add(name);
  return [...names];
}

function extractedBy({ request }: PlacedStep['step']): string[] {
  return request?.extract.map(({ variable }) => variable) ?? [];
}
