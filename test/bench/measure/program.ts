import { type ChildProcess, spawn } from 'node:child_process';
import { treeRssBytes } from './process-memory';

/** How a program was run and what came of it. */
export interface ProgramResult {
  stdout: string;
  stderr: string;
  /** The largest RSS of the program and all it started at one moment, bytes; 0 unless it was to be watched. */
  rssBytesMax: number;
}

export interface ProgramOptions {
  /** Processors that it and its children are tied to. */
  cores: readonly number[];
  /** It is ended, and that is an error, when it takes longer. */
  timeoutSeconds: number;
  env?: Record<string, string>;
  /** Look at its memory while it runs. */
  watchMemory?: boolean;
  /** Exit codes that are no error, besides 0. */
  alsoFine?: readonly number[];
}

const MEMORY_INTERVAL_MS = 250;
/** Of an error, the last lines say why. */
const TOLD_CHARACTERS = 400;

const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of running) endGroup(child);
});

/** Runs a program to its end, tied to processors. Throws an Error with its last words when it fails or takes too long. */
export async function runProgram(command: string, args: readonly string[], options: ProgramOptions): Promise<ProgramResult> {
  const { cores, timeoutSeconds, env, watchMemory = false, alsoFine = [] } = options;
  // A group of its own, so that what it started ends with it.
  const child = spawn('taskset', ['-c', cores.join(','), command, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
    detached: true,
  });
  running.add(child);
  const output = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream].setEncoding('utf8').on('data', (text: string) => {
      output[stream] += text;
    });
  }
  let rssBytesMax = 0;
  const look = () => {
    rssBytesMax = Math.max(rssBytesMax, treeRssBytes(child.pid ?? 0));
  };
  const memoryTimer = watchMemory ? setInterval(look, MEMORY_INTERVAL_MS) : undefined;
  let tookTooLong = false;
  const timer = setTimeout(() => {
    tookTooLong = true;
    endGroup(child);
  }, timeoutSeconds * 1000);
  try {
    const code = await new Promise<number | null>((resolve, reject) => {
      child.on('error', reject);
      child.on('close', resolve);
    });
    if (tookTooLong) throw new Error(`${command} did not end within ${timeoutSeconds} s${lastWords(output)}`);
    if (code !== 0 && !alsoFine.includes(code ?? -1)) throw new Error(`${command} ended with ${code}${lastWords(output)}`);
    return { ...output, rssBytesMax };
  } finally {
    clearTimeout(timer);
    clearInterval(memoryTimer);
    endGroup(child);
    running.delete(child);
  }
}

function endGroup(child: ChildProcess): void {
  try {
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
  } catch {
    // Nothing is left of it.
  }
}

function lastWords({ stdout, stderr }: { stdout: string; stderr: string }): string {
  const words = (stderr.trim() || stdout.trim()).slice(-TOLD_CHARACTERS);
  return words === '' ? '' : `: ${words}`;
}
