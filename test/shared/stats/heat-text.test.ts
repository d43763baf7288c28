import { expect, it } from 'vitest';
import type { HeatColumn } from '../../../src/shared/api/types';
import { heatText, readHeatText } from '../../../src/shared/stats/heat-text';
import { heatColumns } from '../../support/heat-columns';

it.each<[string, HeatColumn[]]>([
  ['no second', []],
  ['a second without requests', [[]]],
  [
    'several',
    [
      [
        [0, 1],
        [47, 123_456],
      ],
      [],
      [],
      [[9, 10]],
      [],
    ],
  ],
])('of %s is read as it was written', (_, columns) => {
  const text = heatText(columns.map((column) => JSON.stringify(column)));
  expect(heatColumns(text)).toEqual(columns);
  const cells: number[][] = [];
  readHeatText(text, (...cell) => cells.push(cell));
  expect(cells).toEqual(columns.flatMap((column, index) => column.map(([row, requests]) => [index, row, requests])));
});
