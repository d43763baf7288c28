import { largestRemainder } from '../fleet';
import { peakNodes, planLoad } from '../load';
import { type ProblemReport, plural, quote } from '../problem';
import type { Load, NodeType, Scenario } from '../schema';

const BOTH_FORMS = 'either "nodes" and "spawnRate", or "stages"';

/** Nodes over time, and whether there is a node type for each of them. */
export function checkLoad(scenario: Scenario, report: ProblemReport): void {
  const { load, nodeTypes } = scenario;
  const before = report.errors.length;
  checkPlan(load, report);
  checkNodeTypeShares(nodeTypes, report);
  if (report.errors.length === before) checkFleet(nodeTypes, peakNodes(planLoad(load).segments), report);
}

/** Nodes over time, whatever they are. */
export function checkPlan(load: Load, report: ProblemReport): void {
  if (load.stages) checkStages(load, load.stages, report);
  else checkNodes(load, report);
}

function checkNodes(load: Load, report: ProblemReport): void {
  const { nodes, spawnRate } = load;
  if (nodes === undefined && spawnRate === undefined) {
    report.error(['load'], '"nodes" and "spawnRate" are missing', BOTH_FORMS);
  } else if (nodes === undefined) {
    report.error(['load', 'nodes'], 'this is required with "spawnRate"', 'the number of nodes, such as 100');
  } else if (spawnRate === undefined) {
    report.error(['load', 'spawnRate'], 'this is required with "nodes"', 'nodes spawned a second, such as 5');
  }
}

function checkStages(load: Load, stages: NonNullable<Load['stages']>, report: ProblemReport): void {
  for (const key of ['nodes', 'spawnRate', 'durationSeconds'] as const) {
    if (load[key] === undefined) continue;
    const expected = key === 'durationSeconds' ? 'no "durationSeconds": the stages say how long the run is' : BOTH_FORMS;
    report.error(['load', key], `"${key}" and "stages" cannot both be there`, expected);
  }
  if (stages.every(({ nodes }) => nodes === 0)) {
    report.error(['load', 'stages'], 'no stage ever reaches a node', 'at least one stage with "nodes" above 0');
  }
  if (stages.every(({ rampSeconds, holdSeconds }) => rampSeconds + holdSeconds === 0)) {
    report.error(['load', 'stages'], 'the stages last 0 seconds', 'a "rampSeconds" or "holdSeconds" above 0');
  }
}

function checkNodeTypeShares(nodeTypes: readonly NodeType[], report: ProblemReport): void {
  if (nodeTypes.some(getsNodes)) return;
  report.error(['nodeTypes'], 'no node type can get nodes', 'at least one with a "weight" or "fixedCount" above 0');
}

function getsNodes({ weight, fixedCount }: NodeType): boolean {
  return (fixedCount ?? weight) > 0;
}

function checkFleet(nodeTypes: readonly NodeType[], peak: number, report: ProblemReport): void {
  const fixedNodes = nodeTypes.reduce((sum, { fixedCount }) => sum + (fixedCount ?? 0), 0);
  if (fixedNodes > peak) {
    const message = `the fixedCounts add up to ${plural(fixedNodes, 'node')}, but the load reaches only ${peak}`;
    report.warn(['nodeTypes'], message, `fixedCounts of ${peak} together, or more nodes`);
  }
  const weights = nodeTypes.map(({ weight, fixedCount }) => (fixedCount === undefined ? weight : 0));
  const shared = peak - fixedNodes;
  if (shared > 0 && !weights.some((weight) => weight > 0)) {
    const message = `the load reaches ${plural(peak, 'node')}, but the fixedCounts give only ${fixedNodes}, and no node type shares the rest`;
    report.error(['nodeTypes'], message, `a node type without fixedCount, or ${fixedNodes} nodes`);
    return;
  }
  const counts = largestRemainder(weights, Math.max(shared, 0));
  for (const [index, { name }] of nodeTypes.entries()) {
    if ((weights[index] ?? 0) === 0 || (counts[index] ?? 0) > 0) continue;
    const message = `${quote(name)} gets no node: ${plural(peak, 'node')} are too few for its weight`;
    report.warn(['nodeTypes', index], message, 'a larger weight, a fixedCount, or more nodes');
  }
}
