import { runAsChild } from '../../src/main/process/child-port';
import type { ChildMain } from '../../src/main/process/process-host';

/** What a test may ask of the child. */
export type EchoCommand =
  | { kind: 'echo'; value: unknown }
  | { kind: 'burst-and-exit'; count: number; code: number }
  | { kind: 'print'; lines: string[] }
  | { kind: 'throw'; message: string }
  | { kind: 'reject'; message: string };

export type EchoReport =
  | { kind: 'echo'; value: unknown }
  | { kind: 'args'; args: string[]; title: string }
  | { kind: 'number'; n: number };

/** Answers, prints, fails and exits as it is told. */
export const echoMain: ChildMain<EchoCommand, EchoReport> = (port, args) => {
  port.post({ kind: 'args', args, title: process.title });
  port.onMessage((command) => {
    switch (command.kind) {
      case 'echo':
        return port.post({ kind: 'echo', value: command.value });
      case 'burst-and-exit':
        for (let n = 0; n < command.count; n++) port.post({ kind: 'number', n });
        return port.exit(command.code);
      case 'print':
        for (const line of command.lines) process.stdout.write(`${line}\n`);
        return;
      case 'throw':
        throw new Error(command.message);
      case 'reject':
        void Promise.reject(new Error(command.message));
    }
  });
};

if (process.env.NODESWARM_PROCESS_NAME) runAsChild(echoMain);
