import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { carryOutRun, type HostEnd, type HostSetup, type RoundHost } from './round-host';

const CLI = join(import.meta.dirname, '../../out/main/cli.js');

/** `nodeswarm run`, or `nodeswarm serve` with a run started through its API and ended when that is over. */
export class DrivenHost implements RoundHost {
  readonly ended: Promise<HostEnd>;
  private readonly child: ChildProcess;
  private output = '';
  private said = '';

  constructor(kind: 'run' | 'serve', { env, file, scenario }: HostSetup) {
    const args = kind === 'run' ? ['run', scenario.path, '--shards', '2', '--only-summary'] : ['serve', '--port', '0'];
    this.child = spawn(process.execPath, [CLI, ...args, '--db', file], {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      this.output += text;
    });
    this.child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.said += text;
    });
    this.ended = new Promise((resolve, reject) => {
      this.child.once('error', reject);
      // Not `close`: a store that outlives its parent for a moment holds the streams.
      this.child.once('exit', (code, signal) => setTimeout(() => resolve({ code, signal, said: this.said }), 50));
    });
    if (kind === 'serve') void this.drive(scenario.text);
  }

  get told(): string {
    return `${this.output}${this.said}`;
  }

  private get isOver(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }

  /** As a browser does. Then the user presses Ctrl-C. */
  private async drive(text: string): Promise<void> {
    try {
      while (!this.output.includes('Ctrl-C ends')) await this.pause();
      const link = new URL(/http:\S+/.exec(this.output)?.[0] ?? '');
      const token = link.searchParams.get('token');
      const call = async (route: string, input: unknown) => {
        const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
        const response = await fetch(`${link.origin}/api/${route}`, { method: 'POST', headers, body: JSON.stringify(input) });
        const reply = (await response.json()) as { ok: boolean; data: unknown; error?: { message: string } };
        if (!reply.ok) this.said += `${reply.error?.message}\n`;
        return reply.ok ? reply.data : null;
      };
      const wrong = await carryOutRun(call, text, () => this.pause());
      this.said += wrong;
      this.child.kill('SIGINT');
    } catch (error) {
      // The host was killed meanwhile; if it was not, it is stuck.
      if (!this.isOver) await this.pause();
      if (this.isOver) return;
      this.said += `driving failed: ${error}\n`;
      this.child.kill('SIGINT');
    }
  }

  private async pause(): Promise<void> {
    if (this.isOver) throw new Error('the host has ended');
    await sleep(40);
  }
}
