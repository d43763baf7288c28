import type { ChildHandle, ProcessHost } from '../process/process-host';
import type { ShardCommand, ShardPlan, ShardReport } from '../swarm/messages';
import { RunRefused } from './run';

type ShardHandle = ChildHandle<ShardCommand, ShardReport>;

/** How long a shard may take to compile its plan, ms. */
const READY_TIMEOUT_MS = 60_000;

/**
 * How V8 collects garbage in a shard (figures in docs/benchmarks.md, "Tried and dropped").
 * - By the thread that makes it: a shard has a processor to itself at best. Helper threads would share that with it, and the kernel may give them a
 *   tick of several ms in which the shard sends nothing; the shard itself marks in steps of below 1 ms.
 * - A young generation of 2 MB from the beginning: a request leaves next to nothing behind, so a larger one would only take memory, and one that
 *   may grow takes as much as chance has it.
 */
const SHARD_FLAGS = ['--single-threaded-gc', '--min-semi-space-size=2', '--max-semi-space-size=2'];

/** What V8 writes before it ends a process whose heap is full; the exit code says nothing of it. */
const OUT_OF_MEMORY = /heap out of memory/;

/** What the shards of a run tell. */
export interface ShardGroupListener {
  report(report: ShardReport): void;
  output(shard: number, line: string): void;
  /** A shard's process has ended, for whatever reason. */
  exited(shard: number, reason: string): void;
}

/** The shard processes of one run. */
export class ShardGroup {
  private listener: ShardGroupListener | null = null;
  private readonly early: ((listener: ShardGroupListener) => void)[] = [];
  private readonly outOfMemory = new Set<number>();

  private constructor(private readonly shards: ShardHandle[]) {
    shards.forEach((handle, shard) => {
      handle.onMessage((report) => this.tell((listener) => listener.report(report)));
      handle.onOutput((line) => {
        if (OUT_OF_MEMORY.test(line)) this.outOfMemory.add(shard);
        this.tell((listener) => listener.output(shard, line));
      });
      handle.onExit((reason) => this.tell((listener) => listener.exited(shard, this.explain(shard, reason))));
    });
  }

  /**
   * Starts the processes and gives each its plan. Rejects with `RunRefused` when one cannot carry it out or does not come up;
   * no process is left then.
   */
  static async start(host: ProcessHost, plan: Omit<ShardPlan, 'shard'>): Promise<ShardGroup> {
    const shards = Array.from({ length: plan.shardCount }, (_, shard) =>
      host.fork<ShardCommand, ShardReport>('shard', { name: `Nodeswarm shard ${shard}`, execArgv: SHARD_FLAGS }),
    );
    const group = new ShardGroup(shards);
    try {
      await group.allReady(plan);
    } catch (error) {
      group.kill();
      throw error;
    }
    return group;
  }

  get size(): number {
    return this.shards.length;
  }

  /** Who hears of the shards from now on; what came before is told at once. */
  listen(listener: ShardGroupListener): void {
    this.listener = listener;
    for (const tell of this.early.splice(0)) tell(listener);
  }

  /** Sends a command to every shard. */
  command(command: ShardCommand): void {
    for (const shard of this.shards) shard.post(command);
  }

  /** Ends every process at once. */
  kill(): void {
    for (const shard of this.shards) shard.kill();
  }

  private explain(shard: number, reason: string): string {
    if (!this.outOfMemory.has(shard)) return reason;
    return `out of memory, ${reason}; use fewer nodes, smaller bodies and files, or more shards`;
  }

  private tell(tell: (listener: ShardGroupListener) => void): void {
    if (this.listener) tell(this.listener);
    else this.early.push(tell);
  }

  private allReady(plan: Omit<ShardPlan, 'shard'>): Promise<void> {
    return new Promise((resolve, reject) => {
      const waitingFor = new Set(this.shards.keys());
      const output: string[] = [];
      const timeout = setTimeout(() => refuse('was not ready within 60 s'), READY_TIMEOUT_MS);
      const settle = () => {
        clearTimeout(timeout);
        this.listener = null;
      };
      const refuse = (why: string) => {
        settle();
        // After a full heap it is a stack of the machine's, which says nothing to anybody.
        const said = output.length > 0 && this.outOfMemory.size === 0 ? ` (${output.slice(-3).join(' ')})` : '';
        reject(new RunRefused(`the run cannot be carried out: a shard ${why}${said}`));
      };
      this.listen({
        report: (report) => {
          if (report.kind === 'rejected') {
            settle();
            reject(new RunRefused(report.message));
          }
          if (report.kind !== 'ready') return;
          waitingFor.delete(report.shard);
          if (waitingFor.size > 0) return;
          settle();
          resolve();
        },
        output: (_shard, line) => void output.push(line),
        exited: (_shard, reason) => refuse(`could not be started: ${reason}`),
      });
      this.shards.forEach((handle, shard) => {
        handle.post({ kind: 'plan', plan: { ...plan, shard } });
      });
    });
  }
}
