import type { OutputStream } from './command-io';

/** What is not a terminal has room for the whole of any table. */
const UNLIMITED = 240;
const NARROWEST = 20;

/** Columns that a stream has room for. */
export function outputWidth(stream: OutputStream): number {
  return stream.isTTY ? Math.max(NARROWEST, stream.columns || 80) : UNLIMITED;
}
