import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { MAX_TEXT_LENGTH } from '../../shared/scenario/json-text';
import { encodingOf } from '../../shared/scenario/text-encoding';

/** No scenario is larger. */
export const LARGEST_DOCUMENT_BYTES = MAX_TEXT_LENGTH;

/** A text file cannot be taken. `reason` says why, in words that fit behind "cannot be read: ". */
export class TextFileError extends Error {
  override name = 'TextFileError';

  constructor(
    readonly reason: string,
    /** The system's code (`ENOENT`), where it was the system that refused. */
    readonly code?: string,
  ) {
    super(reason);
  }
}

export interface TextFileOptions {
  /** What is longer is refused before it is read. */
  maxBytes: number;
  /** Pipes and devices too, which the user has named on the command line. */
  anyKind?: boolean;
}

/** Read at a time from what has no size. */
const PIECE_BYTES = 1 << 20;

/**
 * Reads a text in UTF-8 or UTF-16. Rejects with `TextFileError`: no file that is larger than allowed comes into memory, and nothing that is
 * no file (a pipe would be waited for without end, a device never ends).
 */
export async function readTextFile(path: string, { maxBytes, anyKind = false }: TextFileOptions): Promise<string> {
  let bytes: Buffer;
  try {
    // Without NONBLOCK, opening a pipe waits until somebody writes into it.
    const file = await open(path, anyKind ? 'r' : constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    try {
      const info = await file.stat();
      if (info.isDirectory()) throw new TextFileError('it is a folder', 'EISDIR');
      if (!info.isFile() && !anyKind) throw new TextFileError('it is not a file');
      if (info.size > maxBytes) throw tooLarge(maxBytes);
      bytes = await readUpTo(file, maxBytes);
    } finally {
      await file.close();
    }
  } catch (error) {
    if (error instanceof TextFileError) throw error;
    const { code, message } = error as NodeJS.ErrnoException;
    throw new TextFileError(reasonFor(code) ?? message, code);
  }
  return decodeText(bytes);
}

/** Also for a file that grows while it is read. */
async function readUpTo(file: FileHandle, maxBytes: number): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let length = 0;
  for (;;) {
    const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(PIECE_BYTES), 0, PIECE_BYTES, null);
    if (bytesRead === 0) return Buffer.concat(pieces);
    length += bytesRead;
    if (length > maxBytes) throw tooLarge(maxBytes);
    pieces.push(buffer.subarray(0, bytesRead));
  }
}

/** The text of a file in UTF-8 or UTF-16. Throws `TextFileError`. */
export function decodeText(bytes: Uint8Array): string {
  try {
    return new TextDecoder(encodingOf(bytes), { fatal: true }).decode(bytes);
  } catch {
    throw new TextFileError('it is not a text file in UTF-8; save it as UTF-8 and try again');
  }
}

function tooLarge(maxBytes: number): TextFileError {
  return new TextFileError(`it is larger than ${Math.round(maxBytes / 1e6)} MB`, 'EFBIG');
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EACCES: 'this account may not read it',
  EPERM: 'this account may not read it',
  EISDIR: 'it is a folder',
  ELOOP: 'its symbolic links form a loop',
  ENAMETOOLONG: 'the name is too long',
  EBUSY: 'another program is using it',
};

function reasonFor(code: string | undefined): string | undefined {
  return code === undefined ? undefined : REASONS[code];
}
