import { peakNodes, planLoad } from '../../../../shared/scenario/load';
import { loadSchema } from '../../../../shared/scenario/schema';
import { isObject, listAt, valueAt } from './document-value';

/** Share of the tasks that each of a node type's is drawn, 0 to 1; null where weights do not tell. */
export function taskShares(tasks: readonly unknown[]): (number | null)[] {
  return sharesOf(tasks.map((task) => weightOf(task)));
}

/** What a node type gets of the fleet: exactly so many nodes, or a share (0 to 1) of all of them; null where weights do not tell. */
export type NodeTypeShare = { nodes: number } | { share: number } | null;

/**
 * What each node type gets of the fleet at its largest. Fixed counts are taken first, weights share the rest. A document whose load
 * is broken is reckoned as if no count were fixed.
 */
export function nodeTypeShares(document: unknown): NodeTypeShare[] {
  const nodeTypes = listAt(document, ['nodeTypes']);
  const fixedCounts = nodeTypes.map((nodeType) => numberOf(isObject(nodeType) ? nodeType.fixedCount : undefined));
  const shares = sharesOf(nodeTypes.map((nodeType, index) => (fixedCounts[index] === undefined ? weightOf(nodeType) : 0)));
  const fixedNodes = fixedCounts.reduce<number>((sum, count) => sum + (count ?? 0), 0);
  const peak = plannedPeak(document);
  const rest = peak === null ? 1 : Math.max(0, peak - fixedNodes) / peak;
  return nodeTypes.map((_, index) => {
    const nodes = fixedCounts[index];
    if (nodes !== undefined) return { nodes };
    const share = shares[index];
    return share === null || share === undefined ? null : { share: share * rest };
  });
}

/** The largest number of nodes of the load; null while it is broken. */
function plannedPeak(document: unknown): number | null {
  const load = loadSchema.safeParse(valueAt(document, ['load']));
  if (!load.success) return null;
  const peak = peakNodes(planLoad(load.data).segments);
  return peak > 0 ? peak : null;
}

function sharesOf(weights: readonly (number | null)[]): (number | null)[] {
  const sum = weights.reduce<number>((total, weight) => total + (weight ?? 0), 0);
  return weights.map((weight) => (weight === null || !(sum > 0) ? null : weight / sum));
}

/** A weight of 1 is what the schema puts where none is written. */
function weightOf(entry: unknown): number | null {
  if (!isObject(entry)) return null;
  return entry.weight === undefined ? 1 : (numberOf(entry.weight) ?? null);
}

function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' && value >= 0 && Number.isFinite(value) ? value : undefined;
}
