import type { OutputStream } from './command-io';
import type { RunView } from './run-view';

/** Shows nothing but errors. */
export class SilentView implements RunView {
  constructor(private readonly messages: OutputStream) {}

  start(): void {}

  note(level: 'info' | 'warn' | 'error', text: string): void {
    if (level === 'error') this.messages.write(`nodeswarm: ${text}\n`);
  }

  stop(): void {}
}
