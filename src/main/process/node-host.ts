import { type ChildProcess, fork } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { errorMessage } from '../../shared/text/error-text';
import { childEnvironment } from './child-environment';
import { ChildEvents } from './child-events';
import { PROCESS_NAME_VARIABLE } from './child-port';
import type { ChildEntry, ChildHandle, ForkOptions, ProcessHost } from './process-host';

/** Children as plain Node processes: for the command line, the browser host and tests. */
export class NodeProcessHost implements ProcessHost {
  private readonly entries: Partial<Record<ChildEntry, string>>;

  /** `entries`: absolute paths of built JavaScript files (see `builtEntries`); one that is missing cannot be started. */
  constructor(entries: Partial<Record<ChildEntry, string>>) {
    this.entries = entries;
  }

  fork<In, Out>(entry: ChildEntry, options: ForkOptions): ChildHandle<In, Out> {
    return new NodeChildHandle<In, Out>(this.entries[entry] ?? `${entry}.js`, options);
  }
}

class NodeChildHandle<In, Out> extends ChildEvents implements ChildHandle<In, Out> {
  readonly name: string;
  private readonly child: ChildProcess | undefined;

  constructor(file: string, options: ForkOptions) {
    super();
    this.name = options.name;
    if (!existsSync(file)) {
      this.ended(`could not be started: ${file} does not exist, the program has to be built first`, false);
      return;
    }
    try {
      this.child = fork(file, options.args ?? [], {
        serialization: 'advanced',
        execArgv: options.execArgv ?? [],
        stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
        env: childEnvironment(process.env, { [PROCESS_NAME_VARIABLE]: options.name }),
      });
    } catch (error) {
      this.ended(`could not be started: ${errorMessage(error)}`, false);
      return;
    }
    this.watch(this.child, options.outlivesParent ?? false);
  }

  get pid(): number | undefined {
    return this.child?.pid;
  }

  post(message: In): void {
    if (!this.child?.connected) return;
    // With a callback a broken channel is reported to it and not thrown; the exit that follows is what counts.
    this.child.send(message as object, () => {});
  }

  onMessage(listener: (message: Out) => void): void {
    this.child?.on('message', (message) => listener(message as Out));
  }

  kill(): void {
    this.child?.kill('SIGKILL');
  }

  private watch(child: ChildProcess, outlivesParent: boolean): void {
    for (const stream of [child.stdout, child.stderr]) if (stream) this.readLines(stream);

    const killWithParent = () => child.kill('SIGKILL');
    if (!outlivesParent) onParentExit.add(killWithParent);

    // The exit is reported when nothing more can come: the process is gone, its output and its channel are read to the end.
    let exit: { reason: string; clean: boolean } | undefined;
    let outputClosed = false;
    let disconnected = false;
    const report = () => {
      if (exit && outputClosed && disconnected) this.ended(exit.reason, exit.clean);
    };
    child.once('exit', (code, signal) => {
      onParentExit.delete(killWithParent);
      exit = { reason: signal ? `signal ${signal}` : `exit code ${code}`, clean: code === 0 };
      report();
    });
    child.once('close', () => {
      outputClosed = true;
      report();
    });
    child.once('disconnect', () => {
      disconnected = true;
      report();
    });
    child.on('error', (error) => {
      if (child.pid !== undefined) return;
      onParentExit.delete(killWithParent);
      this.ended(`could not be started: ${errorMessage(error)}`, false);
    });
  }

  private readLines(stream: Readable): void {
    createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY }).on('line', (line) => this.wrote(line));
  }
}

/** What is done when this process exits; one listener of `exit` for all children. */
const onParentExit = new Set<() => void>();
process.once('exit', () => {
  for (const kill of onParentExit) kill();
});
