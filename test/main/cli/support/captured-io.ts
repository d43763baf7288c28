import type { CommandIo, OutputStream } from '../../../../src/main/cli/command-io';

/** A stream that keeps what is written to it. */
export class CapturedStream implements OutputStream {
  text = '';

  constructor(
    readonly isTTY = false,
    readonly columns = 100,
    readonly rows = 30,
  ) {}

  write(text: string): boolean {
    this.text += text;
    return true;
  }
}

/** A process around a command that a test can look into. */
export interface CapturedIo extends CommandIo {
  stdout: CapturedStream;
  stderr: CapturedStream;
  /** Presses Ctrl-C. */
  interrupt(): void;
}

export function capturedIo(
  options: { folder?: string; env?: CommandIo['env']; isTTY?: boolean; columns?: number; ask?: CommandIo['ask'] } = {},
): CapturedIo {
  const listeners = new Set<() => void>();
  return {
    stdout: new CapturedStream(options.isTTY, options.columns),
    stderr: new CapturedStream(options.isTTY, options.columns),
    env: options.env ?? {},
    folder: options.folder ?? process.cwd(),
    ask: options.ask ?? null,
    onInterrupt(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    interrupt() {
      for (const listener of listeners) listener();
    },
  };
}
