import { FleetComposition } from '../../../../shared/scenario/fleet';
import type { Scenario } from '../../../../shared/scenario/schema';
import type { ReportTask } from '../../../../shared/stats/report';

/** How often a task was executed against how often it was to be. Ratios from 0 to 1; null where nothing was executed. */
export interface TaskShare {
  key: string;
  nodeType: string;
  task: string;
  weight: number;
  executed: number;
  /** Among the tasks of its node type. */
  expected: number;
  actual: number | null;
  /** Among all tasks. Expected: as if all node types had the same pace. */
  expectedOfAll: number;
  actualOfAll: number | null;
}

/** Ratios of all tasks of a run with `nodes` nodes, by node type and in total. */
export function taskShares(tasks: readonly ReportTask[], scenario: Scenario, nodes: number): TaskShare[] {
  const shareOfType = shareOfNodeTypes(scenario, nodes);
  const executedInAll = tasks.reduce((sum, { executed }) => sum + executed, 0);
  return tasks.map(({ nodeType, task, weight, expectedRatio, executed, ratio }) => ({
    key: JSON.stringify([nodeType, task]),
    nodeType,
    task,
    weight,
    executed,
    expected: expectedRatio,
    actual: ratio,
    expectedOfAll: expectedRatio * (shareOfType.get(nodeType) ?? 0),
    actualOfAll: executedInAll === 0 ? null : executed / executedInAll,
  }));
}

/** The share of the fleet that each node type with tasks has. */
function shareOfNodeTypes(scenario: Scenario, nodes: number): Map<string, number> {
  const counts = new FleetComposition(scenario.nodeTypes).countsAt(Math.max(1, nodes));
  const withTasks = scenario.nodeTypes.map(({ tasks }, type) => (tasks.length > 0 ? (counts[type] ?? 0) : 0));
  const sum = withTasks.reduce((total, count) => total + count, 0);
  return new Map(scenario.nodeTypes.map(({ name }, type) => [name, sum === 0 ? 0 : (withTasks[type] ?? 0) / sum]));
}
