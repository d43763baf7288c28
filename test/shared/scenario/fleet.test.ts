import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FleetComposition, largestRemainder } from '../../../src/shared/scenario/fleet';

const byWeight = (weights: number[]) => new FleetComposition(weights.map((weight) => ({ weight })));

/** Largest difference of a type's nodes from the largest remainder, over all sizes up to `nodes`. */
function furthestFromLargestRemainder(weights: number[], nodes: number): number {
  const fleet = byWeight(weights);
  const counts = weights.map(() => 0);
  let furthest = 0;
  for (let size = 1; size <= nodes; size++) {
    const type = fleet.typeOf(size - 1);
    counts[type] = (counts[type] ?? 0) + 1;
    const exact = largestRemainder(weights, size);
    furthest = Math.max(furthest, ...counts.map((count, index) => Math.abs(count - (exact[index] ?? 0))));
  }
  return furthest;
}

describe('largestRemainder', () => {
  it('gives whole quotas, then the largest remainders, ties in order', () => {
    expect(largestRemainder([10, 1, 1], 12)).toEqual([10, 1, 1]);
    expect(largestRemainder([10, 1, 1], 6)).toEqual([5, 1, 0]);
    expect(largestRemainder([1, 1, 1], 100)).toEqual([34, 33, 33]);
    expect(largestRemainder([0.1, 0.2, 0.3], 6)).toEqual([1, 2, 3]);
    expect(largestRemainder([0, 3], 4)).toEqual([0, 4]);
    expect(largestRemainder([0, 0], 4)).toEqual([0, 0]);
  });

  it('gives each node to one type, and no type a whole node more or less than its quota', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0.001, max: 1000, noNaN: true }), { minLength: 1, maxLength: 8 }),
        fc.nat(50_000),
        (weights, nodes) => {
          const counts = largestRemainder(weights, nodes);
          const sum = weights.reduce((total, weight) => total + weight, 0);
          expect(counts.reduce((total, count) => total + count, 0)).toBe(nodes);
          counts.forEach((count, type) => {
            expect(Math.abs(count - (nodes * (weights[type] ?? 0)) / sum)).toBeLessThan(1 + 1e-6);
          });
        },
      ),
      { numRuns: 500, seed: 3 },
    );
  });
});

describe('FleetComposition', () => {
  it('is the largest remainder at every size with two types', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 1, max: 50 }), (a, b) => {
        expect(furthestFromLargestRemainder([a, b], 300)).toBe(0);
      }),
      { numRuns: 200, seed: 4 },
    );
    expect(furthestFromLargestRemainder([0.7, 0.3], 1000)).toBe(0);
  });

  it.each([[[1]], [[1, 1, 1]], [[1, 1, 1, 1]], [[10, 1]], [[3, 2, 1]], [[80, 15, 5]], [[10, 1, 1]], [[2, 1, 1]], [[50, 30, 20]]])(
    'is at most one node a type away with the weights %j, and exact at each multiple of their sum',
    (weights) => {
      expect(furthestFromLargestRemainder(weights, 1000)).toBeLessThanOrEqual(1);
      const sum = weights.reduce((total, weight) => total + weight, 0);
      for (const rounds of [1, 2, 7])
        expect(byWeight(weights).countsAt(sum * rounds)).toEqual(weights.map((weight) => weight * rounds));
    },
  );

  it('is at most one node a type away with any weights', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0.01, max: 100, noNaN: true }), { minLength: 3, maxLength: 8 }), (weights) => {
        expect(furthestFromLargestRemainder(weights, 300)).toBeLessThanOrEqual(1);
      }),
      { numRuns: 300, seed: 5 },
    );
  });

  it('gives fixed counts first, in order; they have no share by weight', () => {
    const fleet = new FleetComposition([
      { weight: 3 },
      { weight: 9, fixedCount: 2 },
      { weight: 1 },
      { weight: 1, fixedCount: 1 },
    ]);
    expect([0, 1, 2, 3, 4, 5, 6].map((node) => fleet.typeOf(node))).toEqual([1, 1, 3, 0, 0, 2, 0]);
    expect(fleet.countsAt(0)).toEqual([0, 0, 0, 0]);
    expect(fleet.countsAt(2)).toEqual([0, 2, 0, 0]);
    expect(fleet.countsAt(11)).toEqual([6, 2, 2, 1]);
  });

  it('keeps every node at its type, in whatever order it is asked', () => {
    const shares = [{ weight: 5 }, { weight: 3, fixedCount: 4 }, { weight: 2.5 }, { weight: 0 }];
    const upwards = new FleetComposition(shares);
    const sequence = Array.from({ length: 2000 }, (_, node) => upwards.typeOf(node));
    const downwards = new FleetComposition(shares);
    for (let node = 1999; node >= 0; node--) expect(downwards.typeOf(node)).toBe(sequence[node]);
    expect(sequence).not.toContain(3);
    for (const size of [1, 4, 5, 777, 2000]) {
      expect(upwards.countsAt(size)).toEqual(
        shares.map((_, type) => sequence.slice(0, size).filter((given) => given === type).length),
      );
    }
  });

  it('shares nodes beyond the fixed counts in proportion to them when no type has a weight', () => {
    const fleet = new FleetComposition([
      { weight: 0, fixedCount: 3 },
      { weight: 1, fixedCount: 1 },
    ]);
    expect(fleet.countsAt(4)).toEqual([3, 1]);
    expect(fleet.countsAt(8)).toEqual([6, 2]);
  });

  it('refuses types that cannot get nodes', () => {
    expect(() => byWeight([0, 0])).toThrow('No node type can get nodes');
  });
});
