import { createInterface } from 'node:readline';
import { type UtilityProcess, utilityProcess } from 'electron';
import { errorMessage } from '../../shared/text/error-text';
import { childEnvironment } from './child-environment';
import { ChildEvents } from './child-events';
import { LAST_MESSAGE, PROCESS_NAME_VARIABLE } from './child-port';
import type { ChildEntry, ChildHandle, ForkOptions, ProcessHost } from './process-host';

/** How long an ended child's output may take to be read to its end before the exit is reported without it, ms. */
const OUTPUT_LIMIT_MS = 1000;

/**
 * Children as Electron's utility processes, for the desktop app. To be used when the app is ready. Chromium ends them with the app,
 * whatever `outlivesParent` says: what must not be lost is awaited before the app quits.
 */
export class ElectronProcessHost implements ProcessHost {
  private readonly entries: Record<ChildEntry, string>;
  private readonly children = new Set<ElectronChildHandle<never, unknown>>();

  /** `entries`: absolute paths of built JavaScript files (see `builtEntries`). */
  constructor(entries: Record<ChildEntry, string>) {
    this.entries = entries;
  }

  fork<In, Out>(entry: ChildEntry, options: ForkOptions): ChildHandle<In, Out> {
    const child = new ElectronChildHandle<In, Out>(this.entries[entry], options);
    const member = child as unknown as ElectronChildHandle<never, unknown>;
    this.children.add(member);
    child.onExit(() => this.children.delete(member));
    return child;
  }

  /** Ends every child that is still there, at once. */
  killAll(): void {
    for (const child of this.children) child.kill();
  }
}

class ElectronChildHandle<In, Out> extends ChildEvents implements ChildHandle<In, Out> {
  readonly name: string;
  private readonly child: UtilityProcess | undefined;
  private fatalError: string | undefined;
  private gone = false;

  constructor(file: string, options: ForkOptions) {
    super();
    this.name = options.name;
    try {
      this.child = utilityProcess.fork(file, options.args ?? [], {
        serviceName: options.name,
        stdio: ['ignore', 'pipe', 'pipe'],
        env: childEnvironment(process.env, { [PROCESS_NAME_VARIABLE]: options.name }),
        execArgv: switchesOf(options.execArgv ?? []),
      });
    } catch (error) {
      this.ended(`could not be started: ${errorMessage(error)}`, false);
      return;
    }
    this.watch(this.child);
  }

  get pid(): number | undefined {
    return this.child?.pid;
  }

  post(message: In): void {
    if (!this.gone) this.child?.postMessage(message);
  }

  onMessage(listener: (message: Out) => void): void {
    this.child?.on('message', (message: unknown) => {
      if (message !== LAST_MESSAGE) listener(message as Out);
    });
  }

  kill(): void {
    if (!this.gone) this.child?.kill();
  }

  private watch(child: UtilityProcess): void {
    child.on('message', (message: unknown) => {
      if (message === LAST_MESSAGE && !this.gone) child.postMessage(LAST_MESSAGE);
    });
    const streams = [child.stdout, child.stderr].filter((stream) => stream !== null);
    const outputRead = streams.map(
      (stream) =>
        new Promise<void>((resolve) => {
          const lines = createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY });
          lines.on('line', (line) => this.wrote(line));
          lines.once('close', resolve);
          stream.on('error', () => lines.close());
        }),
    );
    // V8 gave up; `exit` always follows.
    child.on('error', (type, location) => {
      this.fatalError = `${type} in ${location}`;
    });
    child.once('exit', (code) => {
      this.gone = true;
      const reason = this.fatalError === undefined ? `exit code ${code}` : `${this.fatalError}, exit code ${code}`;
      // Its last lines may still be on their way; a stream that never closes must not hide the exit.
      let limit: NodeJS.Timeout | undefined;
      const waited = new Promise<void>((resolve) => {
        limit = setTimeout(resolve, OUTPUT_LIMIT_MS);
      });
      void Promise.race([Promise.all(outputRead), waited]).then(() => {
        clearTimeout(limit);
        this.ended(reason, code === 0 && this.fatalError === undefined);
      });
    });
  }

  protected override ended(reason: string, clean: boolean): void {
    this.gone = true;
    super.ended(reason, clean);
  }
}

/** A utility process takes switches of Chromium: V8's flags go together in one of them. */
function switchesOf(flags: readonly string[]): string[] {
  return flags.length === 0 ? [] : [`--js-flags=${flags.join(' ')}`];
}
