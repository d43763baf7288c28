import { readdirSync } from 'node:fs';
import { builtEntries } from '../../src/main/process/build-entries';
import { NodeProcessHost } from '../../src/main/process/node-host';
import type { ChildEntry, ChildHandle, ForkOptions, ProcessHost } from '../../src/main/process/process-host';

/** Lets a test see, hinder and end the processes that a run starts. */
export class ObservedHost implements ProcessHost {
  readonly children: { entry: ChildEntry; kill(): void; pid: number | undefined }[] = [];
  private readonly host = new NodeProcessHost(builtEntries());

  /** `flagsOf`: more flags for the n-th child, from 0. */
  constructor(private readonly flagsOf: (child: number) => string[] = () => []) {}

  fork<In, Out>(entry: ChildEntry, options: ForkOptions): ChildHandle<In, Out> {
    const execArgv = [...(options.execArgv ?? []), ...this.flagsOf(this.children.length)];
    const child = this.host.fork<In, Out>(entry, { ...options, execArgv });
    this.children.push({ entry, kill: () => child.kill(), pid: child.pid });
    return child;
  }

  /** Process id of the n-th living child of a kind. */
  pidOf(entry: ChildEntry, index = 0): number {
    const pid = this.children.filter((child) => child.entry === entry)[index]?.pid;
    if (pid === undefined) throw new Error(`there is no ${entry} ${index}`);
    return pid;
  }
}

/** Descriptors that a process has open (Linux). */
export function openFiles(pid: number): number {
  return readdirSync(`/proc/${pid}/fd`).length;
}
