import { describe, expect, it } from 'vitest';
import { Random, type RandomStream } from '../../../src/main/swarm/random';
import { countInto, kolmogorovSmirnov, normalDistribution, unevenness } from '../../support/goodness-of-fit';

const STREAMS: RandomStream[] = ['values', 'tasks', 'waits'];

function draw(random: Random, count: number): number[] {
  return Array.from({ length: count }, () => random.float());
}

describe('Random', () => {
  it('repeats a stream for the same seed, node and stream name', () => {
    expect(draw(new Random(42, 7, 'values'), 50)).toEqual(draw(new Random(42, 7, 'values'), 50));
  });

  it('is the generator sfc32, held against its recurrence in whole-number arithmetic', () => {
    const random = new Random(123, 4, 'waits');
    const state = random as unknown as { a: number; b: number; c: number; d: number };
    const word = (value: number) => BigInt(value >>> 0);
    let [a, b, c, d] = [word(state.a), word(state.b), word(state.c), word(state.d)];
    const mask = 0xffffffffn;
    for (let round = 0; round < 1000; round++) {
      const sum = (a + b + d) & mask;
      d = (d + 1n) & mask;
      a = b ^ (b >> 9n);
      b = (c + (c << 3n)) & mask;
      c = (((c << 21n) | (c >> 11n)) + sum) & mask;
      expect(random.uint32()).toBe(Number(sum));
    }
  });

  it('never begins two streams alike: seeds, nodes and stream names', () => {
    const beginnings = new Set<string>();
    let streams = 0;
    for (const seed of [0, 1, 2, 3, 2 ** 32, 2 ** 32 + 1, 2 ** 53 - 1]) {
      for (let node = 0; node < 2000; node++) {
        for (const stream of STREAMS) {
          const random = new Random(seed, node, stream);
          beginnings.add(`${random.uint32()},${random.uint32()}`);
          streams++;
        }
      }
    }
    expect(beginnings.size).toBe(streams);
  });

  it('is uniform over one stream', () => {
    const values = draw(new Random(1, 0, 'values'), 200_000);
    expect(Math.abs(unevenness(countInto(1000, values)))).toBeLessThan(3.5);
    expect(values.every((value) => value >= 0 && value < 1)).toBe(true);
  });

  it.each([0, 1, 5])('is uniform over the nodes of a fleet after %i draws of each', (skipped) => {
    for (const stream of STREAMS) {
      const values: number[] = [];
      for (let node = 0; node < 50_000; node++) {
        const random = new Random(1, node, stream);
        draw(random, skipped);
        values.push(random.float());
      }
      expect(Math.abs(unevenness(countInto(500, values))), stream).toBeLessThan(3.5);
    }
  });

  it('has no dependence between draws in a row, neighbouring nodes, neighbouring seeds and streams', () => {
    const running = new Random(9, 9, 'tasks');
    const first = (seed: number, node: number, stream: RandomStream) => new Random(seed, node, stream).float();
    const pairs: Record<string, (index: number) => [number, number]> = {
      'draws in a row': () => [running.float(), running.float()],
      nodes: (index) => [first(1, 2 * index, 'values'), first(1, 2 * index + 1, 'values')],
      seeds: (index) => [first(2 * index, 0, 'values'), first(2 * index + 1, 0, 'values')],
      streams: (index) => [first(1, index, 'values'), first(1, index, 'tasks')],
    };
    const cells = 16;
    for (const [name, pair] of Object.entries(pairs)) {
      const places: number[] = [];
      for (let index = 0; index < 50_000; index++) {
        const [x, y] = pair(index);
        places.push((Math.floor(x * cells) + y) / cells);
      }
      expect(Math.abs(unevenness(countInto(cells * cells, places))), name).toBeLessThan(3.5);
    }
  });

  it('sets every bit of a word half of the time', () => {
    const random = new Random(77, 3, 'values');
    const ones = new Array<number>(32).fill(0);
    const rounds = 40_000;
    for (let round = 0; round < rounds; round++) {
      const word = random.uint32();
      for (let bit = 0; bit < 32; bit++) ones[bit] = (ones[bit] ?? 0) + ((word >>> bit) & 1);
    }
    for (const count of ones) expect(Math.abs(count - rounds / 2)).toBeLessThan(4.5 * Math.sqrt(rounds / 4));
  });

  it('draws whole numbers evenly, both ends included', () => {
    const random = new Random(5, 0, 'values');
    const values = Array.from({ length: 70_000 }, () => random.integer(-3, 3));
    expect(values.every(Number.isInteger)).toBe(true);
    expect(new Set(values).size).toBe(7);
    expect(Math.abs(unevenness(countInto(7, values, -3.5, 3.5)))).toBeLessThan(3.5);
    expect(random.integer(4, 4)).toBe(4);
    expect(Number.isSafeInteger(random.integer(0, Number.MAX_SAFE_INTEGER - 1))).toBe(true);
  });

  it('draws from the standard normal distribution', () => {
    const random = new Random(11, 0, 'waits');
    const values = Array.from({ length: 50_000 }, () => random.gaussian());
    expect(kolmogorovSmirnov(values, normalDistribution)).toBeLessThan(1.95);
  });

  it('draws from the exponential distribution of a mean', () => {
    const random = new Random(12, 0, 'waits');
    const values = Array.from({ length: 50_000 }, () => random.exponential(2));
    expect(values.every((value) => value >= 0)).toBe(true);
    expect(kolmogorovSmirnov(values, (value) => 1 - Math.exp(-value / 2))).toBeLessThan(1.95);
  });
});
