import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

/** `E2E_ROOT`: another folder with a build in its out/. */
const root = process.env.E2E_ROOT ?? join(import.meta.dirname, '../..');

/** How the server is started. */
export interface AppServerOptions {
  /** A folder with a build in its out/. */
  root?: string;
  /** Variables of its environment, beside those of this process. */
  env?: Record<string, string>;
  /** Hears what it writes to standard error, line by line; without it that goes where this process writes. */
  onError?: (line: string) => void;
}

/** The browser host as a user starts it, with a database and a data folder of its own. */
export class AppServer {
  private child: ChildProcess | null = null;
  /** The link that it printed, with the token. */
  link = '';

  constructor(
    readonly folder: string,
    private readonly options: AppServerOptions = {},
  ) {}

  get databaseFile(): string {
    return join(this.folder, 'runs.db');
  }

  get pid(): number {
    return this.child?.pid ?? 0;
  }

  /** The port of the link. */
  get port(): number {
    return Number(new URL(this.link).port);
  }

  /** Starts it, on a free port unless told. */
  async start(port = 0, args: string[] = []): Promise<void> {
    const { onError } = this.options;
    const cli = join(this.options.root ?? root, 'out/main/cli.js');
    const child = spawn('node', [cli, 'serve', '--port', String(port), '--db', this.databaseFile, ...args], {
      env: { ...process.env, NODESWARM_DATA: this.folder, ...this.options.env },
      stdio: ['ignore', 'pipe', onError ? 'pipe' : 'inherit'],
    });
    this.child = child;
    if (onError && child.stderr) createInterface({ input: child.stderr }).on('line', onError);
    this.link = await new Promise<string>((resolve, reject) => {
      createInterface({ input: child.stdout as Readable }).on('line', (line) => {
        const found = /https?:\/\/\S+\?token=\S+/.exec(line);
        if (found) resolve(found[0]);
      });
      child.on('error', reject);
      child.on('exit', (code) => reject(new Error(`nodeswarm serve ended with ${code} before it printed its link`)));
    });
  }

  /** Ends it as Ctrl-C does, or as the power going does. */
  async stop(signal: 'SIGINT' | 'SIGKILL' = 'SIGINT'): Promise<void> {
    const { child } = this;
    this.child = null;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.on('exit', resolve));
    child.kill(signal);
    await ended;
  }
}
