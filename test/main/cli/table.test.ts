import { describe, expect, it } from 'vitest';
import { displayWidth } from '../../../src/main/cli/display-text';
import { plainStyle } from '../../../src/main/cli/style';
import { type Column, renderTable } from '../../../src/main/cli/table';

const COLUMNS: Column[] = [
  { header: 'Name', align: 'left', minWidth: 6 },
  { header: 'Requests', align: 'right' },
  { header: 'Min', align: 'right', dropRank: 1 },
  { header: 'Max', align: 'right', dropRank: 0 },
];

describe('renderTable', () => {
  const rows = [{ cells: ['/data', '12', '1', '9'] }, { cells: ['/a/rather/long/name', '3', '2', '10'] }];

  it('aligns columns', () => {
    expect(renderTable(COLUMNS, rows, { width: 80, style: plainStyle }).lines).toEqual([
      'Name                 Requests  Min  Max',
      '───────────────────────────────────────',
      '/data                      12    1    9',
      '/a/rather/long/name         3    2   10',
    ]);
  });

  it('cuts long names before it leaves anything out', () => {
    const { lines, leftOut } = renderTable(COLUMNS, rows, { width: 30, style: plainStyle });
    expect(lines[3]).toBe('/a/rather…         3    2   10');
    expect(leftOut).toEqual([]);
  });

  it('leaves columns out by rank when cutting is not enough', () => {
    const { lines, leftOut } = renderTable(COLUMNS, rows, { width: 22, style: plainStyle });
    expect(leftOut).toEqual(['Max']);
    expect(lines[0]).toBe('Name     Requests  Min');
    expect(renderTable(COLUMNS, rows, { width: 17, style: plainStyle }).leftOut).toEqual(['Min', 'Max']);
  });

  it('never gets wider than the terminal, however narrow it is', () => {
    for (let width = 5; width < 60; width++) {
      for (const line of renderTable(COLUMNS, rows, { width, style: plainStyle }).lines) {
        expect(displayWidth(line)).toBeLessThanOrEqual(width);
      }
    }
  });

  it('lays wide characters out by the columns they take', () => {
    const { lines } = renderTable(COLUMNS, [{ cells: ['温度', '1', '1', '1'] }, { cells: ['abcd', '1', '1', '1'] }], {
      width: 80,
      style: plainStyle,
    });
    expect(displayWidth(lines[2] as string)).toBe(displayWidth(lines[3] as string));
  });

  it('gives cells and rows their look, and rules rows off', () => {
    const style = (look: string, text: string) => `<${look}:${text}>`;
    const { lines } = renderTable(
      [
        { header: 'A', align: 'left' },
        { header: 'B', align: 'right' },
      ],
      [{ cells: ['x', { text: '1', look: 'red' }] }, { cells: ['y', '2'], look: 'bold', ruled: true }],
      { width: 20, style },
    );
    expect(lines).toEqual(['<bold:A  B>', '<dim:────>', 'x  <red:1>', '<dim:────>', '<bold:y>  <bold:2>']);
  });
});
