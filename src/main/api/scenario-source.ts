import { ApiError } from '../../shared/api/reply';
import { parseScenario } from '../../shared/scenario/parse';
import { formatProblems, type ScenarioProblem } from '../../shared/scenario/problem';
import type { Scenario, Step } from '../../shared/scenario/schema';
import { serializeScenario } from '../../shared/scenario/serialize';

/** A place in a scenario that holds steps. */
export interface StepsPlace {
  nodeType: number;
  task: number | 'onStart' | 'onStop';
}

/** The scenario of a text that came from the renderer. `host`: instead of its base URL. Throws an `ApiError` with everything that is wrong. */
export function readScenario(text: string, host?: string): Scenario {
  const scenario = parsed(text);
  if (host === undefined) return scenario;
  // Checked as if it stood in the document.
  return parsed(serializeScenario({ ...scenario, target: { ...scenario.target, baseUrl: host } }));
}

/** The node type and steps at a place. Throws an `ApiError` when there is no such place. */
export function stepsAt(scenario: Scenario, { nodeType: index, task }: StepsPlace) {
  const nodeType = scenario.nodeTypes[index];
  if (!nodeType) throw new ApiError('not-found', `The scenario has no node type number ${index + 1}.`);
  const steps: Step[] | undefined = typeof task === 'string' ? nodeType[task] : nodeType.tasks[task]?.steps;
  if (!steps) throw new ApiError('not-found', `Node type ${nodeType.name} has no task number ${Number(task) + 1}.`);
  return { nodeType, steps };
}

function parsed(text: string): Scenario {
  const result = parseScenario(text);
  if (result.ok) return result.scenario;
  throw new ApiError('refused', problemSentence(result.problems), result.problems);
}

function problemSentence(problems: readonly ScenarioProblem[]): string {
  const more = problems.length > 1 ? ` (and ${problems.length - 1} more)` : '';
  return `The scenario has a problem: ${formatProblems(problems.slice(0, 1))}${more}`;
}
