/** The programs that run in processes of their own. Each is an entry of the build. */
export type ChildEntry = 'shard' | 'store' | 'export' | 'demo';

/** A child process and the messages to and from it. Messages are structured clones. */
export interface ChildHandle<In, Out> {
  /** Readable service name, for logs and the task list. */
  readonly name: string;
  readonly pid: number | undefined;
  /** Sends a message. One sent to a child that is gone is dropped: its exit is reported anyway. */
  post(message: In): void;
  onMessage(listener: (message: Out) => void): void;
  /** What it writes to its standard output and error, line by line. */
  onOutput(listener: (line: string) => void): void;
  /**
   * Called once, after the last message and line, and also when it ended before this call. `reason` says in words what ended it
   * (`exit code 1`, `signal SIGKILL`, `could not be started: …`).
   */
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
  /**
   * When this process exits, the child is left to finish what it was sent and to end itself (`ChildPort.onClose`);
   * otherwise it is killed.
   */
  outlivesParent?: boolean;
}

/** The child's end of the channel. */
export interface ChildPort<In, Out> {
  post(message: Out): void;
  onMessage(listener: (message: In) => void): void;
  /** The parent is gone or has closed the channel. A child that does not listen ends at once. */
  onClose(listener: () => void): void;
  /** Ends this child. Messages posted before are delivered first. */
  exit(code: number): void;
}

/** A child's program: what an entry of the build runs. */
export type ChildMain<In, Out> = (port: ChildPort<In, Out>, args: string[]) => void;
