import { ChildEvents } from '../../src/main/process/child-events';
import type {
  ChildEntry,
  ChildHandle,
  ChildMain,
  ChildPort,
  ForkOptions,
  ProcessHost,
} from '../../src/main/process/process-host';
import { errorTrace } from '../../src/shared/text/error-text';

/** Programs of any messages: `never` comes in and `unknown` goes out, because only the one who forks knows the types. */
type Mains = Partial<Record<ChildEntry, ChildMain<never, unknown>>>;

/**
 * "Children" within this process, for tests: messages are cloned and arrive later and in order, as between processes.
 * What it cannot do is stop a child's code: `kill()` cuts the channel and tells the child that its parent is gone.
 */
export class InMemoryProcessHost implements ProcessHost {
  private readonly mains: Mains;

  constructor(mains: Mains) {
    this.mains = mains;
  }

  fork<In, Out>(entry: ChildEntry, options: ForkOptions): ChildHandle<In, Out> {
    return new InMemoryChild<In, Out>(this.mains[entry] as ChildMain<In, Out> | undefined, entry, options);
  }
}

/** Delivers clones in order; keeps them until there is somebody to listen. */
class Mailbox<T> {
  private readonly listeners: ((message: T) => void)[] = [];
  private waiting: T[] = [];
  private closed = false;

  listen(listener: (message: T) => void): void {
    this.listeners.push(listener);
    const waiting = this.waiting;
    this.waiting = [];
    for (const message of waiting) queueMicrotask(() => this.deliver(message));
  }

  post(message: T): void {
    if (this.closed) return;
    const copy = structuredClone(message);
    queueMicrotask(() => this.deliver(copy));
  }

  close(): void {
    this.closed = true;
  }

  private deliver(message: T): void {
    if (this.closed) return;
    if (this.listeners.length === 0) this.waiting.push(message);
    for (const listener of this.listeners) listener(message);
  }
}

class InMemoryChild<In, Out> extends ChildEvents implements ChildHandle<In, Out> {
  readonly name: string;
  readonly pid = undefined;
  private readonly toChild = new Mailbox<In>();
  private readonly toParent = new Mailbox<Out>();
  private readonly closeListeners: (() => void)[] = [];

  constructor(main: ChildMain<In, Out> | undefined, entry: ChildEntry, options: ForkOptions) {
    super();
    this.name = options.name;
    if (!main) {
      this.ended(`could not be started: there is no ${entry}`, false);
      return;
    }
    const port: ChildPort<In, Out> = {
      post: (message) => this.toParent.post(message),
      onMessage: (listener) => this.toChild.listen(listener),
      onClose: (listener) => void this.closeListeners.push(listener),
      exit: (code) => {
        this.toChild.close();
        // Queued behind the messages that were posted before.
        queueMicrotask(() => this.ended(`exit code ${code}`, code === 0));
      },
    };
    queueMicrotask(() => {
      if (this.hasEnded) return;
      try {
        main(port, structuredClone(options.args ?? []));
      } catch (error) {
        const text = errorTrace(error);
        for (const line of text.split('\n')) this.wrote(line);
        this.ended('exit code 1', false);
      }
    });
  }

  post(message: In): void {
    this.toChild.post(message);
  }

  onMessage(listener: (message: Out) => void): void {
    this.toParent.listen(listener);
  }

  kill(): void {
    if (this.hasEnded) return;
    this.toChild.close();
    this.toParent.close();
    for (const listener of this.closeListeners) listener();
    queueMicrotask(() => this.ended('signal SIGKILL', false));
  }

  protected override ended(reason: string, clean: boolean): void {
    this.toChild.close();
    this.toParent.close();
    super.ended(reason, clean);
  }
}
