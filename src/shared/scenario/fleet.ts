/** What a node type asks for of the fleet. A type with `fixedCount` gets that many nodes and no share by weight. */
export interface FleetShare {
  weight: number;
  fixedCount?: number | undefined;
}

/**
 * Shares `nodes` by weight with the largest remainder method: each gets the whole part of its quota `nodes * weight / sum`, what is left goes
 * to the largest remainders, ties in order. All zero when no weight is above 0.
 */
export function largestRemainder(weights: readonly number[], nodes: number): number[] {
  const sum = weights.reduce((total, weight) => total + weight, 0);
  if (!(sum > 0)) return weights.map(() => 0);
  const quotas = weights.map((weight) => (nodes * weight) / sum);
  // The epsilon takes 2.9999999999 of binary fractions for the 3 that it is.
  const counts = quotas.map((quota) => Math.floor(quota + 1e-9));
  const left = nodes - counts.reduce((total, count) => total + count, 0);
  const byRemainder = quotas
    .map((quota, type) => ({ type, remainder: Math.round((quota - (counts[type] ?? 0)) * 1e9) }))
    .filter(({ type }) => (weights[type] ?? 0) > 0)
    .sort((a, b) => b.remainder - a.remainder || a.type - b.type);
  for (const { type } of byRemainder.slice(0, left)) counts[type] = (counts[type] ?? 0) + 1;
  return counts;
}

/**
 * Which node type each node of a fleet has. Types with `fixedCount` get their nodes first, in order; weights share the rest. A node keeps its
 * type while the fleet grows, so the sequence is built node by node: the next node goes to the type that is furthest below its
 * quota among those that the largest remainder method gives more nodes at the new size than they have. With two types this is
 * the largest remainder at every size; with more it is at most one node a type away from it (the method itself would take nodes away from a
 * type at some sizes). When no type has a weight, the nodes beyond the fixed counts are shared in proportion to these.
 */
export class FleetComposition {
  private readonly fixed: readonly number[];
  private readonly weights: readonly number[];
  private readonly fixedNodes: number;
  /** Nodes that weights have given to each type so far. */
  private readonly given: number[];
  /** Type of each node that weights have shared so far, behind the fixed ones. */
  private sequence = new Uint16Array(64);
  private length = 0;

  constructor(nodeTypes: readonly FleetShare[]) {
    this.fixed = nodeTypes.map(({ fixedCount }) => fixedCount ?? 0);
    this.fixedNodes = this.fixed.reduce((total, count) => total + count, 0);
    const weights = nodeTypes.map(({ weight, fixedCount }) => (fixedCount === undefined ? weight : 0));
    this.weights = weights.some((weight) => weight > 0) ? weights : this.fixed;
    this.given = nodeTypes.map(() => 0);
    if (!this.weights.some((weight) => weight > 0)) throw new RangeError('No node type can get nodes: all weights are 0.');
  }

  /** Index of the type of node `node` (0-based). Takes time in the number of types for each node asked for the first time. */
  typeOf(node: number): number {
    if (node < this.fixedNodes) return this.fixedTypeOf(node);
    const place = node - this.fixedNodes;
    while (this.length <= place) this.append();
    return this.sequence[place] ?? 0;
  }

  /** Nodes of each type in a fleet of `nodes`. */
  countsAt(nodes: number): number[] {
    let left = nodes;
    const counts = this.fixed.map((count) => {
      const taken = Math.min(count, left);
      left -= taken;
      return taken;
    });
    if (left > 0) this.typeOf(nodes - 1);
    for (let place = 0; place < left; place++) {
      const type = this.sequence[place] ?? 0;
      counts[type] = (counts[type] ?? 0) + 1;
    }
    return counts;
  }

  private fixedTypeOf(node: number): number {
    let before = 0;
    return this.fixed.findIndex((count) => {
      before += count;
      return node < before;
    });
  }

  private append(): void {
    const size = this.length + 1;
    const wanted = largestRemainder(this.weights, size);
    const sum = this.weights.reduce((total, weight) => total + weight, 0);
    let next = -1;
    let largestLack = Number.NEGATIVE_INFINITY;
    for (let type = 0; type < wanted.length; type++) {
      const has = this.given[type] ?? 0;
      if ((wanted[type] ?? 0) <= has) continue;
      const lack = (size * (this.weights[type] ?? 0)) / sum - has;
      if (lack > largestLack + 1e-9) {
        next = type;
        largestLack = lack;
      }
    }
    if (this.length === this.sequence.length) {
      const longer = new Uint16Array(this.length * 2);
      longer.set(this.sequence);
      this.sequence = longer;
    }
    this.sequence[this.length++] = next;
    this.given[next] = (this.given[next] ?? 0) + 1;
  }
}
