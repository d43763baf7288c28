import { open } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import { ApiError } from '../../shared/api/reply';
import type { OpenedDocument } from '../../shared/api/types';
import { writePending } from '../reports/write-file';

/** No scenario is larger, bytes. */
const LARGEST_FILE_BYTES = 50_000_000;

/** Reads a scenario file as text. Rejects with an `ApiError` when that cannot be done. */
export async function readScenarioFile(path: string): Promise<OpenedDocument> {
  const name = basename(path);
  checkName(path);
  try {
    const file = await open(path, 'r');
    try {
      const info = await file.stat();
      if (!info.isFile()) throw new ApiError('refused', `${name} is not a file; choose a scenario file.`);
      if (info.size > LARGEST_FILE_BYTES) {
        throw new ApiError('refused', `${name} is larger than 50 MB, which no scenario is; choose another file.`);
      }
      const text = new TextDecoder('utf-8', { fatal: true }).decode(await file.readFile());
      return { path, text };
    } finally {
      await file.close();
    }
  } catch (error) {
    if (error instanceof ApiError) throw error;
    if (error instanceof TypeError) throw new ApiError('refused', `${name} is not a text in UTF-8; choose a scenario file.`);
    throw new ApiError(codeOf(error) === 'ENOENT' ? 'not-found' : 'refused', `${name} could not be opened: ${reasonOf(error)}.`);
  }
}

/** Writes a scenario file as a whole or not at all: what was there stays until the new one is complete. Rejects with an `ApiError`. */
export async function writeScenarioFile(path: string, text: string): Promise<void> {
  checkName(path);
  try {
    const pending = await writePending(path, [text]);
    await pending.commit();
  } catch (error) {
    throw new ApiError('refused', error instanceof Error ? error.message : String(error));
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

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'it is not there any more',
  EACCES: 'you may not read it',
  EPERM: 'the system does not allow it',
  EISDIR: 'it is a folder',
  ENAMETOOLONG: 'the name is too long',
  EBUSY: 'another program holds it',
};

function reasonOf(error: unknown): string {
  const code = codeOf(error);
  const known = typeof code === 'string' ? REASONS[code] : undefined;
  return known ?? (error instanceof Error ? error.message : String(error));
}
