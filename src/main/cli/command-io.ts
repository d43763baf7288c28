/** Where a command writes. */
export interface OutputStream {
  write(text: string): unknown;
  /** Is it a terminal? */
  isTTY?: boolean;
  /** Size of the terminal in characters. */
  columns?: number;
  rows?: number;
}

/** All that a command sees of the process around it, so that tests can put their own in place. */
export interface CommandIo {
  stdout: OutputStream;
  stderr: OutputStream;
  env: Record<string, string | undefined>;
  /** Folder that file names on the command line are relative to. */
  folder: string;
  /** Asks the person at the terminal for a line; null where there is nobody to ask. */
  ask: ((question: string) => Promise<string>) | null;
  /**
   * Calls `listener` at each Ctrl-C (or other request to end) from now on; until then such a request ends the process at once.
   * Returns what takes the listener away again.
   */
  onInterrupt(listener: () => void): () => void;
}
