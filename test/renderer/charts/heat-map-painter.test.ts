import { describe, expect, it } from 'vitest';
import { gatherHeat } from '../../../src/renderer/charts/heat-map-painter';
import { HEAT_ROWS } from '../../../src/shared/stats/heat';

function gridOf(cells: [second: number, row: number, requests: number][], length: number, firstSecond = 0) {
  const counts = new Uint32Array(length * HEAT_ROWS);
  for (const [second, row, requests] of cells) counts[(second - firstSecond) * HEAT_ROWS + row] = requests;
  return { firstSecond, length, counts };
}

describe('columns of the heat map', () => {
  it('adds up seconds that share a column, and loses no request', () => {
    const grid = gridOf(
      [
        [0, 10, 5],
        [1, 10, 7],
        [1, 30, 1],
        [5, 12, 2],
      ],
      6,
    );
    const heat = gatherHeat(grid, { from: 0, to: 6 }, 3);
    expect(heat.bucketSeconds).toBe(2);
    expect(heat.counts[10]).toBe(12);
    expect(heat.counts.reduce((sum, count) => sum + count, 0)).toBe(15);
    expect(heat).toMatchObject({ largest: 12, lowestRow: 10, highestRow: 30 });
  });

  it('takes only the seconds of the range, also when the first ones are gone', () => {
    const grid = gridOf(
      [
        [100, 5, 1],
        [101, 6, 2],
        [102, 7, 4],
      ],
      3,
      100,
    );
    const heat = gatherHeat(grid, { from: 101, to: 102 }, 600);
    expect(heat.largest).toBe(2);
    expect(heat.counts.reduce((sum, count) => sum + count, 0)).toBe(2);
  });

  it('is empty where there is nothing', () => {
    expect(gatherHeat(gridOf([], 0), { from: 0, to: 60 }, 600)).toMatchObject({ largest: 0, highestRow: -1 });
  });
});
