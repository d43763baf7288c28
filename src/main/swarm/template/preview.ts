import { type Generator, nodeTypeSchema, type Scalar } from '../../../shared/scenario/schema';
import type { CsvTable } from './csv-table';
import { NodeTypeProgram } from './program';
import { TaskException } from './task-exception';

export interface PreviewOptions {
  seed: number;
  /** The node whose values are shown; of several, the first. */
  node: number;
  /** CSV tables by file name as written in the scenario. */
  csv: Record<string, CsvTable>;
  /** How many values. */
  count: number;
  /** Time of the run's clock from one value to the next, for signals. */
  stepSeconds: number;
  /** Planned nodes, for `csvColumn` with `round-robin`; one more than `node` when not given. */
  fleetSize?: number;
}

/**
 * The values that a variable drawn once for each node would have: of `count` nodes, `options.node` the first of them; fewer where nodes have
 * none left. Throws as `previewGenerator` does.
 */
export function previewNodes(generator: Generator, options: PreviewOptions): Scalar[] {
  const { node, count, fleetSize = node + count } = options;
  return Array.from({ length: count }, (_, index) =>
    previewGenerator(generator, { ...options, node: node + index, count: 1, fleetSize }),
  ).flat();
}

/**
 * The values that a node would draw from a generator, one a task, from time zero on; fewer when the generator is exhausted.
 * Throws an Error with a clear sentence when the generator cannot work (a CSV file without the column).
 */
export function previewGenerator(generator: Generator, options: PreviewOptions): Scalar[] {
  const { seed, node, csv, count, stepSeconds, fleetSize = node + 1 } = options;
  const nodeType = nodeTypeSchema.parse({ name: 'preview', variables: [{ name: 'value', generator, refresh: 'use' }] });
  const program = new NodeTypeProgram(nodeType, { seed, csv, secrets: {}, fleetSize });
  const slot = program.variableSlot('value');
  const scope = program.createScope(node);
  const values: Scalar[] = [];
  try {
    for (let index = 0; index < count; index++) {
      scope.beginTask(Math.round(index * stepSeconds * 1e6));
      values.push(scope.get(slot));
    }
  } catch (error) {
    if (!(error instanceof TaskException)) throw error;
  }
  return values;
}
