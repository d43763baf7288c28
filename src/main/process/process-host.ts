/** The programs that run in processes of their own. Each is an entry of the build. */
export type ChildEntry = 'shard' | 'store';

/** A child process and the messages to and from it. Messages are structured clones. */
export interface ChildHandle<In, Out> {
  /** Readable service name, for logs and the task list. */
  readonly name: string;
  readonly pid: number | undefined;
  /** Sends a message. One sent to a child that is gone is dropped: its exit is reported anyway. */
  post(message: In): void;
  onMessage(listener: (message: Out) => void): void;
  /** Called once. `reason` says in words what ended it (`exit code 1`, `signal SIGKILL`). */
  onExit(listener: (reason: string, clean: boolean) => void): void;
  /** Ends it at once. */
  kill(): void;
}

/** Starts child processes: Electron's utility processes, Node's child processes, or, in tests, none at all. */
export interface ProcessHost {
  fork<In, Out>(entry: ChildEntry, options: ForkOptions): ChildHandle<In, Out>;
}

export interface ForkOptions {
  name: string;
  args?: string[];
  /** V8 and Node flags (`--max-semi-space-size=64`); hosts that cannot set them ignore them. */
  execArgv?: string[];
}

/** The child's end of the channel. */
export interface ChildPort<In, Out> {
  post(message: Out): void;
  onMessage(listener: (message: In) => void): void;
  /** The parent is gone or has closed the channel. */
  onClose(listener: () => void): void;
  /** Ends this child. Messages posted before are delivered first. */
  exit(code: number): void;
}
