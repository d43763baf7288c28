import { randomBytes } from 'node:crypto';
import { constants, write } from 'node:fs';
import { open, realpath, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { errorMessage } from '../../shared/text/error-text';
import { ownDescriptor, unfitForReport } from './target-kind';
import { withoutBlocking } from './without-blocking';

/** A file could not be written. The message is one sentence for the user. */
export class ReportWriteError extends Error {
  override name = 'ReportWriteError';
}

/** Pieces of text are gathered up to this size before they go to disk. */
const WRITE_CHARACTERS = 64 * 1024;

/** A file to write, with its text in pieces. */
export interface FileText {
  path: string;
  text: Iterable<string> | AsyncIterable<string>;
}

/**
 * Writes files so that all of them appear together, complete, once the last is ready; when anything goes wrong nothing is left behind, and what was
 * there before stays. Throws `ReportWriteError`.
 */
export async function writeFiles(files: readonly FileText[]): Promise<void> {
  const pending: PendingFile[] = [];
  try {
    for (const { path, text } of files) pending.push(await writePending(path, text));
    for (const file of pending) await file.commit();
  } catch (error) {
    for (const file of pending) await file.discard();
    throw error;
  }
}

/** A file that is complete on disk under a temporary name. */
interface PendingFile {
  /** Gives it its name; what was there before is replaced. Rejects with `ReportWriteError`. */
  commit(): Promise<void>;
  /** Removes it. Never throws. */
  discard(): Promise<void>;
}

/**
 * Writes text beside `target` under a temporary name, so that `target` is never half a file. The program's own streams (`/dev/stderr`) are
 * written to directly, a file behind one of them where it stands; other pipes and devices are refused. Throws `ReportWriteError`.
 */
async function writePending(target: string, text: Iterable<string> | AsyncIterable<string>): Promise<PendingFile> {
  const destination = await destinationOf(target);
  if (destination.descriptor !== undefined) {
    for await (const piece of inPortions(text)) await writeAll(destination.descriptor, piece, target);
    return { commit: async () => {}, discard: async () => {} };
  }
  const path = destination.replaceable ? `${destination.path}.${randomBytes(4).toString('hex')}.partial` : destination.path;
  const pending: PendingFile = {
    async commit() {
      if (!destination.replaceable) return;
      await rename(path, destination.path).catch((error: unknown) => refuse(target, error));
    },
    async discard() {
      if (destination.replaceable) await rm(path, { force: true }).catch(() => undefined);
    },
  };
  const file = await open(path, destination.replaceable ? 'wx' : 'w').catch((error: unknown) => refuse(target, error));
  try {
    for await (const piece of inPortions(text))
      await file.writeFile(piece, 'utf8').catch((error: unknown) => refuse(target, error));
    await file.close().catch((error: unknown) => refuse(target, error));
  } catch (error) {
    await file.close().catch(() => undefined);
    await pending.discard();
    throw error;
  }
  return pending;
}

const writeAt = promisify(write);

/** Where the descriptor stands. */
async function writeAll(descriptor: number, text: string, target: string): Promise<void> {
  let left = Buffer.from(text, 'utf8');
  while (left.length > 0) {
    const { bytesWritten } = await writeAt(descriptor, left).catch((error: unknown) => refuse(target, error));
    left = left.subarray(bytesWritten);
  }
}

async function* inPortions(text: Iterable<string> | AsyncIterable<string>): AsyncGenerator<string> {
  let portion = '';
  for await (const piece of withoutBlocking(text)) {
    portion += piece;
    if (portion.length < WRITE_CHARACTERS) continue;
    yield portion;
    portion = '';
  }
  if (portion !== '') yield portion;
}

/**
 * Where a name leads: a symbolic link stays one, its file is replaced. A file that the program was given open (`3> out.txt`) is not: what stands in
 * it already and what comes behind is of others.
 */
async function destinationOf(target: string): Promise<{ path: string; replaceable: boolean; descriptor?: number }> {
  const found = await stat(target).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return null;
    return refuse(target, error);
  });
  if (!found) return { path: target, replaceable: true };
  const unfit = unfitForReport(target, found);
  if (unfit !== null) throw new ReportWriteError(`Cannot write "${target}": it is ${unfit}; give the name of a file.`);
  const descriptor = ownDescriptor(target);
  if (found.isFile() && descriptor !== null) return { path: target, replaceable: false, descriptor };
  if (found.isFile()) return { path: await realpath(target), replaceable: true };
  if (found.isFIFO()) await refuseWithoutReader(target);
  return { path: target, replaceable: false };
}

/** Opening a pipe that nobody reads any more would be waited for without end; with NONBLOCK it is an error. */
async function refuseWithoutReader(target: string): Promise<void> {
  const probe = await open(target, constants.O_WRONLY | (constants.O_NONBLOCK ?? 0)).catch((error: unknown) =>
    refuse(target, error),
  );
  await probe.close();
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

function refuse(target: string, error: unknown): never {
  throw new ReportWriteError(`Cannot write "${target}": ${reasonOf(error, dirname(target))}`);
}

function reasonOf(error: unknown, folder: string): string {
  switch (codeOf(error)) {
    case 'ENOENT':
      return `the folder "${folder}" does not exist; create it or choose another location.`;
    case 'ENOTDIR':
      return `"${folder}" is not a folder; choose another location.`;
    case 'EACCES':
    case 'EPERM':
      return `writing to "${folder}" is not allowed; change its permissions or choose another location.`;
    case 'EROFS':
      return `"${folder}" cannot be written to (read-only file system); choose another location.`;
    case 'ENOSPC':
    case 'EDQUOT':
      return 'the disk is full; free some space or choose another location.';
    case 'ENXIO':
    case 'EPIPE':
      return 'nothing reads from it any more; name a file.';
    case 'ENAMETOOLONG':
      return 'the name is too long; give a shorter one.';
    default:
      return `${errorMessage(error)}; choose another location.`;
  }
}
