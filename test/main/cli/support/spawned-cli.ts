import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { unprivileged } from '../../../support/unprivileged';

const CLI = join(import.meta.dirname, '../../../../out/main/cli.js');

/** The environment with which the command line makes mistakes that nobody catches, at each SIGUSR2 (which Windows does not have). */
export const WITH_MISTAKES = { NODE_OPTIONS: `--import=${new URL('../../../support/mistakes.mjs', import.meta.url)}` };

/** How a spawned command line ended. */
export interface CliResult {
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

interface SpawnedCliOptions {
  folder: string;
  env?: Record<string, string>;
  /** In a process group of its own, so that a signal can reach it and its children together (`signalGroup`). */
  ownGroup?: boolean;
  /** Whether permissions of files count for it, as for a user. */
  unprivileged?: boolean;
}

/** The built command line in a process of its own. */
export class SpawnedCli {
  stdout = '';
  stderr = '';
  readonly child: ChildProcess;
  readonly ended: Promise<CliResult>;

  constructor(args: readonly string[], options: SpawnedCliOptions) {
    const line = [CLI, ...args];
    const [command, rest] = options.unprivileged ? unprivileged(process.execPath, line) : [process.execPath, line];
    this.child = spawn(command, rest, {
      cwd: options.folder,
      // Test runners force colours, and Node warns on stderr where both that and NO_COLOR are set.
      env: { ...process.env, FORCE_COLOR: undefined, NODESWARM_DATA: join(options.folder, 'data'), ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: options.ownGroup ?? false,
    });
    this.child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      this.stdout += text;
    });
    this.child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.stderr += text;
    });
    this.ended = new Promise((resolve, reject) => {
      this.child.on('error', reject);
      this.child.on('close', (code, signal) => resolve({ code, signal, stdout: this.stdout, stderr: this.stderr }));
    });
  }

  /** Sends a signal as a terminal does: to the command and all of its children. Needs `ownGroup`. */
  signalGroup(signal: NodeJS.Signals): void {
    if (this.child.pid !== undefined && this.child.exitCode === null && this.child.signalCode === null)
      process.kill(-this.child.pid, signal);
  }

  /** Resolves once stdout holds `text`; rejects when the command ends without it. */
  async prints(text: string): Promise<void> {
    let over = false;
    void this.ended.then(() => {
      over = true;
    });
    while (!this.stdout.includes(text)) {
      if (over) throw new Error(`the command ended without printing "${text}":\n${this.stdout}${this.stderr}`);
      await sleep(20);
    }
  }
}

/** Runs the command line to its end. */
export function runCli(args: readonly string[], options: SpawnedCliOptions): Promise<CliResult> {
  return new SpawnedCli(args, options).ended;
}
