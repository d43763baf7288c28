import { type PendingFile, writePending } from '../reports/write-file';

/** A file to write, with its text in pieces. */
export interface FileText {
  path: string;
  text: Iterable<string> | AsyncIterable<string>;
}

/** Writes the files of an export to disk, all of them complete or none. Throws `ReportWriteError`. */
export async function writeExports(files: readonly FileText[]): Promise<void> {
  const pending: PendingFile[] = [];
  try {
    for (const { path, text } of files) pending.push(await writePending(path, text));
    for (const file of pending) await file.commit();
  } catch (error) {
    for (const file of pending) await file.discard();
    throw error;
  }
}
