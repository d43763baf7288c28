import { expect, it } from 'vitest';
import { inOrder } from '../../../src/main/cli/seconds-in-order';
import type { RunSecond } from '../../../src/shared/stats/frame';
import { makeRun } from '../../support/run-data';

it.each([
  [[], [0, 1, 2]],
  [[0, 1, 2], []],
  [
    [2, 3],
    [0, 1],
  ],
  [
    [0, 3, 5],
    [1, 2, 4, 6, 7],
  ],
])('puts stored seconds %j and unstored ones %j in order', async (stored, unstored) => {
  const [template] = makeRun({ durationSeconds: 1 }).seconds;
  const secondOf = (second: number) => ({ ...template, second }) as RunSecond;
  async function* read() {
    yield* stored.map(secondOf);
  }
  const seen: number[] = [];
  for await (const { second } of inOrder(read(), unstored.map(secondOf))) seen.push(second);
  expect(seen).toEqual([...stored, ...unstored].sort((a, b) => a - b));
});
