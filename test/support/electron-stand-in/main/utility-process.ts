import { type ChildProcess, fork } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { constants } from 'node:os';
import type { Readable } from 'node:stream';
import { app } from './app';

interface ForkOptions {
  env?: NodeJS.ProcessEnv;
  stdio?: unknown;
  serviceName?: string;
  execArgv?: string[];
}

const V8_FLAGS = '--js-flags=';

const children = new Set<UtilityProcess>();

/** A child process of Node that finds Electron's `process.parentPort` in place of Node's channel. */
class UtilityProcess extends EventEmitter {
  readonly stdout: Readable | null;
  readonly stderr: Readable | null;
  readonly serviceName: string;
  private readonly child: ChildProcess;
  private spawned = false;

  constructor(file: string, args: string[], options: ForkOptions) {
    super();
    this.serviceName = options.serviceName ?? 'Node Utility Process';
    this.child = fork(file, args, {
      execArgv: ['--import', process.env.ELECTRON_STAND_IN_PARENT_PORT ?? '', ...flagsOf(options.execArgv ?? [])],
      serialization: 'advanced',
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      ...(options.env ? { env: options.env } : {}),
    });
    this.stdout = this.child.stdout;
    this.stderr = this.child.stderr;
    children.add(this);
    this.child.once('spawn', () => {
      this.spawned = true;
      this.emit('spawn');
    });
    this.child.on('message', (message) => this.emit('message', message));
    this.child.once('exit', (code, signal) => {
      children.delete(this);
      this.spawned = false;
      // Electron reports what waitpid said, and only after what the child had sent.
      const tell = () => this.emit('exit', code ?? (signal ? constants.signals[signal] : 1));
      if (this.child.connected) this.child.once('disconnect', tell);
      else tell();
    });
  }

  get pid(): number | undefined {
    return this.spawned ? this.child.pid : undefined;
  }

  postMessage(message: unknown): void {
    if (this.child.connected) this.child.send(message as object, () => {});
  }

  kill(): boolean {
    return this.child.kill('SIGTERM');
  }

  /** Not of Electron. */
  end(): void {
    this.child.kill('SIGKILL');
  }
}

/** Of the switches of Chromium that it can take, those for V8 are Node's flags. Others would be silently without effect here. */
function flagsOf(switches: readonly string[]): string[] {
  return switches.flatMap((text) => {
    if (!text.startsWith(V8_FLAGS)) throw new Error(`The stand-in knows no switch ${text} of a utility process`);
    return text.slice(V8_FLAGS.length).split(' ');
  });
}

export const utilityProcess = {
  fork(file: string, args: string[] = [], options: ForkOptions = {}): UtilityProcess {
    app.requireReady('utilityProcess.fork');
    return new UtilityProcess(file, args, options);
  },
};

export function killChildren(): void {
  for (const child of children) child.end();
}

export function metricsOfChildren(): { pid: number; type: string; serviceName: string; name: string }[] {
  return [...children].flatMap(({ pid, serviceName }) =>
    pid === undefined ? [] : [{ pid, type: 'Utility', serviceName: 'node.mojom.NodeService', name: serviceName }],
  );
}
