import type { Database } from 'better-sqlite3';
import { storeErrorOf } from './database-error';

/** Work on a database of histories, in transactions; whatever fails in it is thrown as a `StoreError`. */
export class Transactions {
  private readonly db: Database;
  private readonly file: string;
  private readonly beforeReading: () => void;

  /** `beforeReading` is called ahead of each transaction that reads, and may write. */
  constructor(db: Database, file: string, beforeReading: () => void) {
    this.db = db;
    this.file = file;
    this.beforeReading = beforeReading;
  }

  /** In one transaction, which is undone when anything in it fails. */
  write<Result>(work: () => Result): Result {
    return this.named(() => this.db.transaction(work).immediate());
  }

  /** All of one moment, whatever another process writes meanwhile. */
  read<Result>(work: () => Result): Result {
    return this.named(() => {
      this.beforeReading();
      return this.db.transaction(work).deferred();
    });
  }

  /** Gives the pages of what was deleted back to the disk. */
  releaseSpace(): void {
    this.named(() => {
      this.db.pragma('incremental_vacuum');
      this.db.pragma('wal_checkpoint(PASSIVE)');
    });
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
