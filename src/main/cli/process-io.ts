import { Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { onInterrupt } from '../process/interrupts';
import type { CommandIo, OutputStream } from './command-io';

/** The process around a command: its streams, environment, folder and signals. */
export function processIo(): CommandIo {
  return {
    stdout: guarded(process.stdout),
    stderr: guarded(process.stderr),
    env: process.env,
    folder: process.cwd(),
    ask: process.stdin.isTTY && process.stderr.isTTY ? askOnTerminal : null,
    onInterrupt,
  };
}

/** What was written could not be kept, by the stream that it went to; only the first reason of each counts. */
const failures = new Map<NodeJS.WriteStream, NodeJS.ErrnoException>();

/**
 * Waits until everything written has gone out; `unreadMs`: no longer than a reader takes nothing for so long, null: however long it takes (a
 * pager). Returns a sentence without its full stop where standard output could not be written (a full disk behind `> report.json`); a reader that
 * has gone is no such thing.
 */
export async function flushed(unreadMs: number | null): Promise<string | null> {
  const isTaken = await Promise.all([process.stdout, process.stderr].map((stream) => flush(stream, unreadMs)));
  const failure = failures.get(process.stdout);
  if (!failure) return isTaken[0] ? null : 'standard output could not be written: nothing reads from it';
  return `standard output could not be written: ${failure.code === 'ENOSPC' ? 'the disk is full' : failure.message}`;
}

/** Whether all has gone out, or nobody is there to take it. */
function flush(stream: NodeJS.WriteStream, unreadMs: number | null): Promise<boolean> {
  return new Promise((resolve) => {
    if (stream.destroyed || !stream.writable) {
      resolve(true);
      return;
    }
    stream.write('', () => resolve(true));
    // Counts from the last byte that was taken; what is no socket (a file) is written at once.
    if (unreadMs !== null && stream instanceof Socket) stream.setTimeout(unreadMs, () => resolve(false));
  });
}

/** A reader that has gone (`| head`) ends the output, not the command. */
function guarded(stream: NodeJS.WriteStream): OutputStream {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE' && !failures.has(stream)) failures.set(stream, error);
  });
  return stream;
}

/** An end of the input is an empty answer. */
async function askOnTerminal(question: string): Promise<string> {
  process.stderr.write(question);
  // Without `terminal`, Ctrl-C is a signal as always.
  const lines = createInterface({ input: process.stdin, terminal: false });
  try {
    for await (const line of lines) return line;
    return '';
  } finally {
    lines.close();
  }
}
