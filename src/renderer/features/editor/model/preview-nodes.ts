import { FleetComposition } from '../../../../shared/scenario/fleet';
import { peakNodes, planLoad } from '../../../../shared/scenario/load';
import type { Scenario } from '../../../../shared/scenario/schema';

/** Nodes that are looked through for those of one type: beyond, the last ones come round again. */
const MAX_NODES = 20_000;

/**
 * Numbers of nodes that have a node type, `count` of them from the `from`th on; round again from the first after the last. Fewer when the
 * type has fewer nodes; empty when it has none.
 */
export function nodesOfType(scenario: Scenario, nodeType: number, from: number, count: number): number[] {
  const nodes = Math.min(MAX_NODES, peakNodes(planLoad(scenario.load).segments));
  const fleet = new FleetComposition(scenario.nodeTypes);
  const own: number[] = [];
  for (let node = 0; node < nodes; node++) if (fleet.typeOf(node) === nodeType) own.push(node);
  return own.length === 0
    ? []
    : Array.from({ length: Math.min(count, own.length) }, (_, index) => own[(from + index) % own.length] ?? 0);
}
