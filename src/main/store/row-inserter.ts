import type { Database, Statement } from 'better-sqlite3';

/** Rows that one statement takes; the largest batch comes first. Beyond 50 rows there is nothing more to gain. */
const BATCHES = [50, 10, 1];

export type ColumnValue = number | string | null;

/**
 * Inserts many rows of a table: a statement costs as much as a row or two of it, so one with many rows takes half of the time that one for each
 * row takes (docs/benchmarks.md, "Tried and dropped").
 */
export class RowInserter {
  private readonly statements: { values: number; statement: Statement }[];
  private values: ColumnValue[] = [];

  constructor(db: Database, table: string, columns: readonly string[]) {
    const row = `(${columns.map(() => '?').join(', ')})`;
    this.statements = BATCHES.map((rows) => ({
      values: rows * columns.length,
      statement: db.prepare(`INSERT INTO ${table} (${columns.join(', ')}) VALUES ${Array(rows).fill(row).join(', ')}`),
    }));
  }

  /** Adds the next value of the next row, in the order of the columns; it is inserted by `insert`. */
  add(value: ColumnValue): void {
    this.values.push(value);
  }

  /** Inserts the rows that were added. To be called within a transaction. */
  insert(): void {
    const { values } = this;
    this.values = [];
    let at = 0;
    for (const batch of this.statements) {
      for (; values.length - at >= batch.values; at += batch.values) batch.statement.run(values.slice(at, at + batch.values));
    }
  }
}
