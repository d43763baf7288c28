import Sqlite from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { RowInserter } from '../../../src/main/store/row-inserter';

describe('inserting many rows', () => {
  it.each([0, 1, 9, 10, 61, 135])('takes %d of them, each once and with its own values', (count) => {
    const db = new Sqlite(':memory:');
    db.exec('CREATE TABLE things (number INTEGER, name TEXT, weight REAL)');
    const rows = Array.from({ length: count }, (_, at) => ({
      number: at,
      name: `thing ${at}`,
      weight: at % 3 === 0 ? null : at / 4,
    }));
    const inserter = new RowInserter(db, 'things', ['number', 'name', 'weight']);
    for (const { number, name, weight } of rows) {
      inserter.add(number);
      inserter.add(name);
      inserter.add(weight);
    }
    inserter.insert();
    inserter.insert();
    expect(db.prepare('SELECT * FROM things ORDER BY number').all()).toEqual(rows);
    db.close();
  });
});
