import type { ScenarioDocument } from '../../../../shared/scenario/schema';

type NewNodeType = ScenarioDocument['nodeTypes'][number];
type NewVariable = NonNullable<NewNodeType['variables']>[number];
type NewTask = NonNullable<NewNodeType['tasks']>[number];
type NewStep = NonNullable<NewTask['steps']>[number];

/** A node type with one task, as "Add node type" makes it. */
export function newNodeType(): NewNodeType {
  return { name: 'Node', weight: 1, wait: { kind: 'pacing', seconds: 5 }, tasks: [newTask()] };
}

export function newVariable(): NewVariable {
  return { name: 'variable', generator: { kind: 'randomInteger', min: 1, max: 100 }, refresh: 'node' };
}

export function newTask(): NewTask {
  return { name: 'task', weight: 1, steps: [newStep('request')] };
}

export function newStep(kind: 'request' | 'pause'): NewStep {
  return kind === 'request' ? { request: { method: 'GET', path: '/' } } : { pause: { seconds: 1 } };
}
