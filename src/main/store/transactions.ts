import { statSync } from 'node:fs';
import type { Database } from 'better-sqlite3';
import { storeErrorOf } from './database-error';
import { StoreError } from './run-store';

/** Work on a database of histories, in transactions; whatever fails in it is thrown as a `StoreError`. */
export class Transactions {
  private readonly db: Database;
  private readonly file: string;
  private readonly beforeReading: () => void;
  /** Which file was opened. */
  private readonly identity: string | null;

  /** `beforeReading` is called ahead of each transaction that reads, and may write. */
  constructor(db: Database, file: string, beforeReading: () => void) {
    this.db = db;
    this.file = file;
    this.beforeReading = beforeReading;
    this.identity = identityOf(file);
  }

  /** Whether what is written will be found by the file's name: a file may be removed, moved or replaced while it is open. */
  get isInPlace(): boolean {
    return identityOf(this.file) === this.identity;
  }

  /** In one transaction, which is undone when anything in it fails. */
  write<Result>(work: () => Result): Result {
    return this.named(() => {
      if (!this.isInPlace) {
        throw new StoreError(
          `The history ${this.file} was removed, moved or replaced while it was open; put it back, or continue with a new one, which the next run creates.`,
        );
      }
      return this.db.transaction(work).immediate();
    });
  }

  /** All of one moment, whatever another process writes meanwhile. */
  read<Result>(work: () => Result): Result {
    return this.named(() => {
      this.beforeReading();
      return this.db.transaction(work).deferred();
    });
  }

  /** Gives the pages of what was deleted back to the disk, where that can be done: otherwise what comes next is stored in them. */
  releaseSpace(): void {
    try {
      this.db.pragma('incremental_vacuum');
      this.db.pragma('wal_checkpoint(PASSIVE)');
    } catch {
      // What was to be deleted is.
    }
  }

  close(): void {
    this.named(() => this.db.close());
  }

  private named<Result>(work: () => Result): Result {
    try {
      return work();
    } catch (error) {
      throw storeErrorOf(error, this.file);
    }
  }
}

/** null: there is none, as of a database in memory. */
function identityOf(file: string): string | null {
  const info = statSync(file, { bigint: true, throwIfNoEntry: false });
  return info ? `${info.dev}:${info.ino}` : null;
}
