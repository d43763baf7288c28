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
 * Waits until everything written has gone out. Returns a sentence without its full stop where standard output could not be written (a full
 * disk behind `> report.json`); a reader that has gone is no such thing.
 */
export async function flushed(): Promise<string | null> {
  await Promise.all(
    [process.stdout, process.stderr].map(
      (stream) =>
        new Promise<void>((resolve) => {
          if (stream.destroyed || !stream.writable) resolve();
          else stream.write('', () => resolve());
        }),
    ),
  );
  const failure = failures.get(process.stdout);
  if (!failure) return null;
  return `standard output could not be written: ${failure.code === 'ENOSPC' ? 'the disk is full' : failure.message}`;
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
