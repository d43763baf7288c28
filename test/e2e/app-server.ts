import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** `E2E_ROOT`: another folder with a build in its out/. */
const cli = join(process.env.E2E_ROOT ?? join(import.meta.dirname, '../..'), 'out/main/cli.js');

/** The browser host as a user starts it, with a database and a data folder of its own. */
export class AppServer {
  private child: ChildProcess | null = null;
  /** The link that it printed, with the token. */
  link = '';

  constructor(readonly folder: string) {}

  get databaseFile(): string {
    return join(this.folder, 'runs.db');
  }

  /** The port of the link. */
  get port(): number {
    return Number(new URL(this.link).port);
  }

  /** Starts it, on a free port unless told. */
  async start(port = 0, args: string[] = []): Promise<void> {
    const child = spawn('node', [cli, 'serve', '--port', String(port), '--db', this.databaseFile, ...args], {
      env: { ...process.env, NODESWARM_DATA: this.folder },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    this.child = child;
    this.link = await new Promise<string>((resolve, reject) => {
      createInterface({ input: child.stdout }).on('line', (line) => {
        const found = /https?:\/\/\S+#token=\S+/.exec(line);
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
