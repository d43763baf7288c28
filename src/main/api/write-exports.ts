import { join } from 'node:path';
import { type PendingFile, writePending } from '../reports/write-file';
import type { ExportedFile } from './host-files';

/**
 * Writes the files of an export to disk, all of them complete or none, and returns where they are. `target`: the file's own path when it
 * is one, the folder they go to when they are several. Throws `ReportWriteError`.
 */
export async function writeExports(files: readonly ExportedFile[], target: string): Promise<string[]> {
  const paths = files.map(({ name }) => (files.length === 1 ? target : join(target, name)));
  const pending: PendingFile[] = [];
  try {
    for (const [index, { text }] of files.entries()) pending.push(await writePending(paths[index] as string, text));
    for (const file of pending) await file.commit();
    return paths;
  } catch (error) {
    for (const file of pending) await file.discard();
    throw error;
  }
}
