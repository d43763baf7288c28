import { describe, expect, it } from 'vitest';
import { readCsv } from '../../../src/main/runs/csv-file';
import { type CsvTable, packedText } from '../../../src/main/swarm/template/csv-table';

function column(table: CsvTable, name: string): string[] {
  const cells = table.cells.get(name);
  if (!cells) throw new Error(`no column ${name}`);
  return Array.from({ length: table.rowCount }, (_, row) => packedText(cells, row));
}

describe('a CSV file', () => {
  it('is read with CRLF, quotes, line breaks in cells, a byte order mark and any character', async () => {
    const text = '\ufeff"id", "name"\r\n1,"a ""b"", c"\r\n\r\n 2 ,"two\r\nlines"\r\n3,Zähler ✓ 😀\r\n4,\r\n';
    const table = await readCsv(text, ['name', 'id', 'missing']);
    expect(table.columns).toEqual(['id', 'name']);
    expect([...table.cells.keys()]).toEqual(['name', 'id']);
    expect(column(table, 'id')).toEqual(['1', '2', '3', '4']);
    expect(column(table, 'name')).toEqual(['a "b", c', 'two\r\nlines', 'Zähler ✓ 😀', '']);
  });

  it('keeps only the columns that are wanted, whatever they are called', async () => {
    const table = await readCsv('__proto__,constructor\na,b\n', ['constructor']);
    expect(table.columns).toEqual(['__proto__', 'constructor']);
    expect([...table.cells.keys()]).toEqual(['constructor']);
    expect(column(await readCsv('__proto__,x\na,b\n', ['__proto__']), '__proto__')).toEqual(['a']);
  });

  it.each([
    ['', /it is empty/],
    ['a,b\n1,2,3\n', /line 2/],
    ['a,b\n"1,2\n3,4\n', /[Qq]uote/],
  ])('is refused with a reason when it is none: %j', async (text, reason) => {
    await expect(readCsv(text, ['a'])).rejects.toThrow(reason);
  });

  it.each([
    ['a million columns', `a${',b'.repeat(1_000_000)}\n`, /^it has 1000001 columns; at most 10000 are allowed$/],
    ['a line of millions of cells', `a\n${','.repeat(12_000_000)}\n`, /line 2/],
    ['a cell without an end', `a\n"${'x'.repeat(12_000_000)}`, /line 2/],
  ])('of %s is refused with a reason', { timeout: 60_000 }, async (_, text, reason) => {
    await expect(readCsv(text, ['a'])).rejects.toThrow(reason);
  });

  it('of a million rows takes two buffers a column, and everything else goes on meanwhile', { timeout: 240_000 }, async () => {
    const rows = 1_000_000;
    const lines = ['id,name,unused'];
    for (let row = 0; row < rows; row++) lines.push(`device-${row},"name, ${row}",xxxxxxxxxx`);
    const text = lines.join('\r\n');
    let turns = 0;
    let running = true;
    const turn = () => {
      turns++;
      if (running) setImmediate(turn);
    };
    turn();
    const table = await readCsv(text, ['id']);
    running = false;
    expect(turns).toBeGreaterThan(100);
    expect(table.rowCount).toBe(rows);
    const id = table.cells.get('id');
    expect(id && [packedText(id, 0), packedText(id, 65_536), packedText(id, rows - 1)]).toEqual([
      'device-0',
      'device-65536',
      'device-999999',
    ]);
    // What travels to a shard: the text of one column and four bytes a row.
    expect((id?.bytes.byteLength ?? 0) + (id?.ends.byteLength ?? 0)).toBeLessThan(rows * 20);
    expect(id?.bytes.buffer.byteLength).toBe(id?.bytes.byteLength);
  });
});
