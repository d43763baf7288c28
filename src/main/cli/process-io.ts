import { createInterface } from 'node:readline';
import type { CommandIo, OutputStream } from './command-io';

/** Requests to end that can be answered; Windows sends SIGBREAK for Ctrl-Break, and SIGHUP when the window is closed. */
const SIGNALS: readonly NodeJS.Signals[] = [
  'SIGINT',
  'SIGTERM',
  'SIGHUP',
  ...(process.platform === 'win32' ? (['SIGBREAK'] as const) : []),
];
/** One Ctrl-C can arrive twice, from the terminal and from a program that started this one; so soon no person presses twice. */
const SAME_INTERRUPT_MS = 100;

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

/** Waits until everything written has gone out. */
export async function flushed(): Promise<void> {
  await Promise.all(
    [process.stdout, process.stderr].map(
      (stream) =>
        new Promise<void>((resolve) => {
          if (stream.destroyed || !stream.writable) resolve();
          else stream.write('', () => resolve());
        }),
    ),
  );
}

/** A reader that has gone (`| head`) ends the output, not the command. */
function guarded(stream: NodeJS.WriteStream): OutputStream {
  stream.on('error', () => {});
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

function onInterrupt(listener: () => void): () => void {
  let lastMs = Number.NEGATIVE_INFINITY;
  const onSignal = () => {
    const nowMs = performance.now();
    const isSame = nowMs - lastMs < SAME_INTERRUPT_MS;
    lastMs = nowMs;
    if (!isSame) listener();
  };
  for (const signal of SIGNALS) process.on(signal, onSignal);
  return () => {
    for (const signal of SIGNALS) process.off(signal, onSignal);
  };
}
