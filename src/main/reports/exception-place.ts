import type { NodeType, Scenario, Step } from '../../shared/scenario/schema';
import { seriesLabel, seriesNameOf } from '../../shared/scenario/series';
import type { ExceptionGroup } from '../../shared/stats/frame';

/** Where in the scenario an exception came up, in words: `node type IoTNode, task send_data, step 2 (POST /data)`. */
export function exceptionPlace(scenario: Scenario, exception: Pick<ExceptionGroup, 'nodeType' | 'task' | 'step'>): string {
  const { nodeType, task, step } = exception;
  const place = `node type ${nodeType}, ${task === 'onStart' || task === 'onStop' ? task : `task ${task}`}, step ${step + 1}`;
  const found = stepsIn(
    scenario.nodeTypes.find(({ name }) => name === nodeType),
    task,
  )[step];
  if (found?.request) return `${place} (${seriesLabel({ method: found.request.method, name: seriesNameOf(found.request) })})`;
  return found?.pause ? `${place} (pause)` : place;
}

function stepsIn(nodeType: NodeType | undefined, task: string): Step[] {
  if (task === 'onStart') return nodeType?.onStart ?? [];
  if (task === 'onStop') return nodeType?.onStop ?? [];
  return nodeType?.tasks.find(({ name }) => name === task)?.steps ?? [];
}
