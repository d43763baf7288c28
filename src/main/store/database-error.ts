import Sqlite from 'better-sqlite3';
import { errorMessage } from '../../shared/text/error-text';
import { StoreError } from './run-store';

/** SQLite's result codes (https://www.sqlite.org/rescode.html), by their first part, in the words of a user who knows only the file. */
const SENTENCES: [prefix: string, sentence: (file: string, message: string) => string][] = [
  [
    'SQLITE_FULL',
    (file) => `The disk that holds the history ${file} is full; free some space, or delete runs that are no longer needed.`,
  ],
  [
    'SQLITE_BUSY',
    (file) =>
      `The history ${file} is locked by another program; close that program and try again, or use another file (--db FILE).`,
  ],
  [
    'SQLITE_LOCKED',
    (file) =>
      `The history ${file} is locked by another program; close that program and try again, or use another file (--db FILE).`,
  ],
  ['SQLITE_NOTADB', (file) => `${file} is not a Nodeswarm history; choose another file (--db FILE).`],
  ['SQLITE_CORRUPT', (file) => `The history ${file} is damaged; replace it with a backup, or start a new one (--db FILE).`],
  [
    'SQLITE_READONLY',
    (file) => `The history ${file} cannot be written to; give this user write access, or use another file (--db FILE).`,
  ],
  [
    'SQLITE_PERM',
    (file) => `The history ${file} cannot be opened; give this user access to it, or use another file (--db FILE).`,
  ],
  [
    'SQLITE_CANTOPEN',
    (file) => `The history ${file} cannot be opened; check that its folder can be written to, or use another file (--db FILE).`,
  ],
  [
    'SQLITE_IOERR',
    (file, message) =>
      `The history ${file} cannot be read or written (${message}); check the disk, or use another file (--db FILE).`,
  ],
];

/** The error as users are shown it. */
export function storeErrorOf(error: unknown, file: string): StoreError {
  if (error instanceof StoreError) return error;
  const message = errorMessage(error);
  if (error instanceof Sqlite.SqliteError) {
    const known = SENTENCES.find(([prefix]) => error.code.startsWith(prefix));
    if (known) return new StoreError(known[1](file, message), { cause: error });
  }
  return new StoreError(`The history ${file} cannot be used: ${message.replace(/\.$/, '')}.`, { cause: error });
}
