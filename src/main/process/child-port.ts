import { writeSync } from 'node:fs';
import { errorTrace } from '../../shared/text/error-text';
import type { ChildMain, ChildPort } from './process-host';

/** The environment variable that tells a child its name; `runAsChild` makes it the process title. */
export const PROCESS_NAME_VARIABLE = 'NODESWARM_PROCESS_NAME';

/** The part of Electron's `process.parentPort` that is used here; there in utility processes only. */
interface ElectronParentPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { data: unknown }) => void): void;
  on(event: 'close', listener: () => void): void;
}

/**
 * Electron does not say when it has handed a message over, and what waits is lost when the process ends. So the last message of a utility process
 * is this one, which the parent sends back: then it has all that came before, also when it was held up meanwhile.
 */
export const LAST_MESSAGE = 'nodeswarm: last message';

/** The channel to the process that started this one: Electron's where there is one, Node's otherwise. */
export function openChildPort<In, Out>(): ChildPort<In, Out> {
  return isElectronChild() ? electronPort<In, Out>(electronParentPort() as ElectronParentPort) : nodePort<In, Out>();
}

/** Not by name: its type is there or not, depending on whether Electron's types are. */
function electronParentPort(): unknown {
  return Reflect.get(process, 'parentPort');
}

function isElectronChild(): boolean {
  return Boolean(electronParentPort());
}

/**
 * What an entry of the build calls: runs a child's program. An error that nobody caught is written to standard error and
 * ends the process with code 1. Requests to end that reach all processes of a group (the interrupt key of a terminal, `timeout`, a service
 * that is stopped) are left to the parent.
 */
export function runAsChild<In, Out>(main: ChildMain<In, Out>): void {
  const name = process.env[PROCESS_NAME_VARIABLE];
  if (name) process.title = name;
  process.on('uncaughtException', die);
  process.on('unhandledRejection', die);
  // SIGTERM is how Electron ends a utility process; elsewhere the parent ends a child by SIGKILL or by closing the channel.
  const toParent = isElectronChild() ? (['SIGINT', 'SIGHUP'] as const) : (['SIGINT', 'SIGHUP', 'SIGTERM'] as const);
  for (const signal of toParent) process.on(signal, () => {});
  main(openChildPort<In, Out>(), process.argv.slice(2));
}

function nodePort<In, Out>(): ChildPort<In, Out> {
  const closeListeners: (() => void)[] = [];
  let unsent = 0;
  let exitCode: number | undefined;
  const exitWhenSent = () => {
    if (exitCode !== undefined && unsent === 0) process.exit(exitCode);
  };
  const closed = () => {
    if (closeListeners.length === 0) process.exit(0);
    for (const listener of closeListeners) listener();
  };
  if (process.connected) process.once('disconnect', closed);
  else setImmediate(closed);
  return {
    post(message) {
      if (!process.connected || exitCode !== undefined) return;
      unsent++;
      process.send?.(message, undefined, undefined, () => {
        unsent--;
        exitWhenSent();
      });
    },
    onMessage(listener) {
      process.on('message', (message) => listener(message as In));
    },
    onClose(listener) {
      closeListeners.push(listener);
    },
    exit(code) {
      exitCode ??= code;
      exitWhenSent();
    },
  };
}

function electronPort<In, Out>(parentPort: ElectronParentPort): ChildPort<In, Out> {
  const closeListeners: (() => void)[] = [];
  let exitCode: number | undefined;
  let isClosed = false;
  parentPort.on('close', () => {
    isClosed = true;
    if (exitCode !== undefined || closeListeners.length === 0) process.exit(exitCode ?? 0);
    for (const listener of closeListeners) listener();
  });
  parentPort.on('message', ({ data }) => {
    if (data === LAST_MESSAGE) process.exit(exitCode ?? 0);
  });
  return {
    post(message) {
      if (exitCode === undefined) parentPort.postMessage(message);
    },
    onMessage: (listener) =>
      parentPort.on('message', ({ data }) => {
        if (data !== LAST_MESSAGE) listener(data as In);
      }),
    onClose: (listener) => void closeListeners.push(listener),
    exit(code) {
      if (isClosed) process.exit(code);
      if (exitCode !== undefined) return;
      exitCode = code;
      parentPort.postMessage(LAST_MESSAGE);
    },
  };
}

function die(error: unknown): never {
  const text = errorTrace(error);
  try {
    // Not process.stderr: the process ends before an asynchronous write would be done.
    writeSync(2, `${text}\n`);
  } catch {
    // Nobody reads it any more.
  }
  process.exit(1);
}
