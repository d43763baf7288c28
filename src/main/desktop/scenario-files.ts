import { basename, extname } from 'node:path';
import { ApiError } from '../../shared/api/reply';
import type { OpenedDocument } from '../../shared/api/types';
import { errorMessage } from '../../shared/text/error-text';
import { writeFiles } from '../reports/write-file';
import { LARGEST_DOCUMENT_BYTES, readTextFile, TextFileError } from '../runs/text-file';

/** Reads a scenario file as text. Rejects with an `ApiError` when that cannot be done. */
export async function readScenarioFile(path: string): Promise<OpenedDocument> {
  const name = basename(path);
  checkName(path);
  try {
    return { path, text: await readTextFile(path, { maxBytes: LARGEST_DOCUMENT_BYTES }) };
  } catch (error) {
    if (!(error instanceof TextFileError)) throw error;
    throw new ApiError(error.code === 'ENOENT' ? 'not-found' : 'refused', `${name} could not be opened: ${error.reason}.`);
  }
}

/** Writes a scenario file as a whole or not at all: what was there stays until the new one is complete. Rejects with an `ApiError`. */
export async function writeScenarioFile(path: string, text: string): Promise<void> {
  checkName(path);
  try {
    await writeFiles([{ path, text: [text] }]);
  } catch (error) {
    throw new ApiError('refused', errorMessage(error));
  }
}

/** A name with the ending that scenario files have. */
export function withScenarioEnding(path: string): string {
  if (extname(path).toLowerCase() === '.json') return path;
  return `${path}.nodeswarm.json`;
}

/** The window names files by itself (recent ones, saving again): it reaches scenario files in this way and no others. */
function checkName(path: string): void {
  if (extname(path).toLowerCase() === '.json') return;
  throw new ApiError('refused', `${basename(path)} is not a scenario file; its name must end with .nodeswarm.json or .json.`);
}
