import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import Sqlite, { type Database } from 'better-sqlite3';
import { errorMessage } from '../../shared/text/error-text';
import { storeErrorOf } from './database-error';
import { APPLICATION_ID, LATEST_VERSION, migrate, versionOf } from './migrations';
import { StoreError } from './run-store';

export interface DatabaseOptions {
  /** How long to wait for a lock of another process, ms. */
  busyTimeoutMs?: number;
  /** Beyond this size the file does not grow: writing fails as on a full disk. */
  maxBytes?: number;
}

/** The write-ahead log is cut back to this size once it has been copied into the file. */
const LOG_LIMIT_BYTES = 16 * 1024 * 1024;
/**
 * Pages of the file that are kept in memory. SQLite fills this room as a run fills the file, so that with the 16 MB that it has by itself the process grows for
 * the first two hours of a run; to store, open and compare runs takes as long with 2 MB, because what is read is in the system's cache.
 */
const CACHE_KIB = 2048;

/**
 * Opens a database file, or makes one with its folder, and brings its layout up to date. Nothing is changed in a file that is
 * not this program's or that a newer version wrote. Throws `StoreError`.
 */
export function openDatabase(file: string, options: DatabaseOptions = {}): Database {
  let db: Database | undefined;
  try {
    if (file !== ':memory:') {
      makeFolder(file);
      makeForThisUser(file);
    }
    db = new Sqlite(file, { timeout: options.busyTimeoutMs ?? 5000 });
    refuseForeign(db, file);
    if (versionOf(db) === 0) chooseFileFormat(db);
    switchToWriteAheadLog(db, options.busyTimeoutMs ?? 5000);
    db.pragma('synchronous = NORMAL');
    db.pragma('foreign_keys = ON');
    db.pragma(`cache_size = -${CACHE_KIB}`);
    db.pragma(`journal_size_limit = ${LOG_LIMIT_BYTES}`);
    migrate(db);
    if (options.maxBytes !== undefined) {
      const pageBytes = db.pragma('page_size', { simple: true }) as number;
      db.pragma(`max_page_count = ${Math.ceil(options.maxBytes / pageBytes)}`);
    }
    return db;
  } catch (error) {
    db?.close();
    throw storeErrorOf(error, file);
  }
}

/** Opens a history that is there, only to read it. Throws `StoreError`, also where its layout is not the latest: whoever writes to it brings it up to date. */
export function openReadOnly(file: string, options: Pick<DatabaseOptions, 'busyTimeoutMs'> = {}): Database {
  let db: Database | undefined;
  try {
    db = new Sqlite(file, { readonly: true, fileMustExist: true, timeout: options.busyTimeoutMs ?? 5000 });
    refuseForeign(db, file);
    if (versionOf(db) < LATEST_VERSION) {
      throw new StoreError(`The history ${file} has the layout of an earlier Nodeswarm; open it with this one first.`);
    }
    return db;
  } catch (error) {
    db?.close();
    throw storeErrorOf(error, file);
  }
}

function makeFolder(file: string): void {
  const folder = dirname(resolve(file));
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    const why = errorMessage(error);
    throw new StoreError(`The folder ${folder} for the history cannot be created (${why}); use another file (--db FILE).`);
  }
}

/** An empty file that only this user may read: answers of backends come into it. SQLite gives its log the same permissions. */
function makeForThisUser(file: string): void {
  try {
    closeSync(openSync(file, 'wx', 0o600));
  } catch {
    // It is there already, with the permissions that it was given; or it cannot be made, which SQLite says in its own way.
  }
}

function refuseForeign(db: Database, file: string): void {
  const version = versionOf(db);
  const applicationId = db.pragma('application_id', { simple: true });
  const tables = db.prepare('SELECT count(*) FROM sqlite_master').pluck().get() as number;
  if (applicationId !== APPLICATION_ID && (tables > 0 || version !== 0 || applicationId !== 0)) {
    throw new StoreError(`${file} is a database of another program, not a Nodeswarm history; choose another file (--db FILE).`);
  }
  if (version > LATEST_VERSION) {
    throw new StoreError(
      `The history ${file} was written by a newer Nodeswarm (layout ${version}, this one knows ${LATEST_VERSION}); ` +
        'update Nodeswarm, or use another file (--db FILE).',
    );
  }
}

/** What can only be chosen before the first table is made. */
function chooseFileFormat(db: Database): void {
  // A second's block of histograms ends in a page of its own: small pages leave less of it empty (a tenth of the file, measured).
  db.pragma('page_size = 2048');
  // Lets a deletion give its pages back to the disk.
  db.pragma('auto_vacuum = INCREMENTAL');
}

/** Readers and one writer at a time without waiting for each other. A switch that meets another process does not wait by itself. */
function switchToWriteAheadLog(db: Database, timeoutMs: number): void {
  const giveUpMs = performance.now() + timeoutMs;
  const pause = new Int32Array(new SharedArrayBuffer(4));
  for (;;) {
    try {
      db.pragma('journal_mode = WAL');
      return;
    } catch (error) {
      const isLocked = error instanceof Sqlite.SqliteError && error.code.startsWith('SQLITE_BUSY');
      if (!isLocked || performance.now() >= giveUpMs) throw error;
      Atomics.wait(pause, 0, 0, 20);
    }
  }
}
