import Database from 'better-sqlite3';

/** Bytes of the pages that the database has, those in its write-ahead log included; null while that cannot be read. */
export function databaseBytes(file: string): number | null {
  try {
    return using(
      file,
      (db) => (db.pragma('page_count', { simple: true }) as number) * (db.pragma('page_size', { simple: true }) as number),
    );
  } catch {
    return null;
  }
}

/** Bytes of pages by table, its indexes included. */
export function bytesByTable(file: string): Map<string, number> {
  const rows = using(file, (db) =>
    db
      .prepare(
        'SELECT tbl_name AS name, sum(pgsize) AS bytes FROM dbstat JOIN sqlite_schema USING (name) GROUP BY tbl_name ORDER BY bytes DESC',
      )
      .all(),
  ) as { name: string; bytes: number }[];
  return new Map(rows.map(({ name, bytes }) => [name, bytes]));
}

/** Bytes that the histograms of each second of a run take as they are stored, by second. */
export function packedBytes(file: string, runId: number): number[] {
  return using(file, (db) =>
    db.prepare('SELECT length(histograms) FROM second_histograms WHERE run_id = ? ORDER BY second').pluck().all(runId),
  ) as number[];
}

/** What SQLite finds wrong with the file; `ok` when nothing is. */
export function integrityOf(file: string): string {
  return String(using(file, (db) => db.pragma('integrity_check', { simple: true })));
}

function using<T>(file: string, read: (db: Database.Database) => T): T {
  const db = new Database(file, { readonly: true });
  try {
    return read(db);
  } finally {
    db.close();
  }
}
