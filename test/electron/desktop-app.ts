import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { _electron, test as base, type ElectronApplication, expect, type Page } from '@playwright/test';
import type { PreloadApi } from '../../src/shared/api/client';
import type { Reply } from '../../src/shared/api/reply';
import type { RouteInput, RouteName, RouteOutput } from '../../src/shared/api/routes';
import { launchStandIn, prepareStandIn, type StandInPrograms, spawnMain } from '../support/electron-stand-in/driver/launch';

export const root = join(import.meta.dirname, '../..');
const mainFile = join(root, 'out', 'main', 'index.js');

/** Whether the app runs in Electron itself and not under the stand-in. */
export const isRealElectron = process.env.ELECTRON === 'real';

type ElectronModule = typeof Electron.CrossProcessExports;
type InMain<Argument, Result> = (electron: ElectronModule, argument: Argument) => Result | Promise<Result>;

/** A running desktop app, the same under the stand-in and in Electron. */
export interface DesktopApp {
  page: Page;
  pid: number;
  /** Runs a function in the main process; it may refer to its parameters only. */
  inMain<Result, Argument = undefined>(run: InMain<Argument, Result>, argument?: Argument): Promise<Result>;
  /** What the page reported as an error, and what it threw. */
  errors: string[];
  /** Resolves when the main process has ended. */
  exited: Promise<number | null>;
  /** Lines of the main process's standard output and error. */
  output: string[];
}

interface Fixtures {
  /** The folder of history and settings of this test's app. */
  dataFolder: string;
  /** Starts the app; ended with the test if it is still there. */
  launch(args?: string[]): Promise<DesktopApp>;
  /** Starts a further instance with the same data and waits for its end. */
  startAgain(args: string[]): Promise<void>;
}

export const test = base.extend<Fixtures, { programs: StandInPrograms | null }>({
  programs: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of fixtures from the pattern.
    async ({}, use) => {
      const programs = isRealElectron ? null : await prepareStandIn();
      await use(programs);
      programs?.remove();
    },
    { scope: 'worker' },
  ],

  // biome-ignore lint/correctness/noEmptyPattern: as above.
  dataFolder: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'nodeswarm-desktop-'));
    await use(folder);
    rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  },

  launch: async ({ dataFolder, programs }, use) => {
    const running = new Set<DesktopApp>();
    await use(async (args = []) => {
      const env = { NODESWARM_DATA: dataFolder };
      const app = programs ? await launchUnderStandIn(programs, args, env) : await launchElectron(args, env);
      running.add(app);
      void app.exited.then(() => running.delete(app));
      return app;
    });
    for (const app of running) {
      process.kill(app.pid, 'SIGKILL');
      await app.exited;
    }
  },

  startAgain: async ({ dataFolder, programs }, use) => {
    await use(async (args) => {
      const env = { NODESWARM_DATA: dataFolder };
      const child = programs
        ? spawnMain(programs, { mainFile, args, env })
        : spawn(createRequire(import.meta.url)('electron') as string, [root, ...args], { env: { ...process.env, ...env } });
      await once(child, 'exit');
    });
  },
});

async function launchUnderStandIn(programs: StandInPrograms, args: string[], env: Record<string, string>): Promise<DesktopApp> {
  const app = await launchStandIn(programs, { mainFile, args, env });
  const failed = app.exited.then((code) => {
    throw new Error(`the app ended with ${code} before it had a window:\n${app.output.join('\n')}`);
  });
  failed.catch(() => {});
  const page = await Promise.race([app.firstWindow(), failed]);
  return {
    page,
    errors: errorsOf(page),
    pid: app.process.pid ?? 0,
    inMain: (run, argument) => app.evaluate(run.toString(), argument) as never,
    exited: app.exited,
    output: app.output,
  };
}

async function launchElectron(args: string[], env: Record<string, string>): Promise<DesktopApp> {
  const inherited = Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]));
  const app: ElectronApplication = await _electron.launch({
    args: [root, ...args],
    env: { ...Object.fromEntries(inherited), ...env },
  });
  const child = app.process();
  const output: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    if (stream) createInterface({ input: stream }).on('line', (line) => output.push(line));
  }
  const page = await app.firstWindow();
  return {
    page,
    errors: errorsOf(page),
    pid: child.pid ?? 0,
    inMain: (run, argument) => app.evaluate(run as never, argument) as never,
    exited: new Promise((resolve) => child.once('exit', resolve)),
    output,
  };
}

function errorsOf(page: Page): string[] {
  const errors: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  page.on('pageerror', (error) => errors.push(String(error)));
  return errors;
}

/** Calls a route as the page does. */
export function call<Name extends RouteName>(page: Page, name: Name, input: RouteInput<Name>): Promise<Reply<RouteOutput<Name>>> {
  return page.evaluate(
    ([route, value]) => {
      const { routes } = Reflect.get(window, 'nodeswarm') as PreloadApi;
      return routes[route](value as never);
    },
    [name, input] as const,
  ) as Promise<Reply<RouteOutput<Name>>>;
}

/** The data of a reply; fails the test when the call was refused. */
export async function dataOf<Name extends RouteName>(
  page: Page,
  name: Name,
  input: RouteInput<Name>,
): Promise<RouteOutput<Name>> {
  const reply = await call(page, name, input);
  if (!reply.ok) throw new Error(`${name}: ${reply.error.message}`);
  return reply.data;
}

/** From now on every question is answered with the button of this label. */
export function answerQuestions(app: DesktopApp, button: string): Promise<void> {
  return app.inMain(({ dialog }, label) => {
    const asked: string[] = [];
    Reflect.set(globalThis, 'askedQuestions', asked);
    const answer = (...parameters: unknown[]) => {
      const { message, buttons = [] } = parameters.at(-1) as { message: string; buttons?: string[] };
      asked.push(message);
      return Promise.resolve({ response: buttons.indexOf(label), checkboxChecked: false });
    };
    Reflect.set(dialog, 'showMessageBox', answer);
  }, button);
}

/** What was asked since `answerQuestions`. */
export function questions(app: DesktopApp): Promise<string[]> {
  return app.inMain(() => Reflect.get(globalThis, 'askedQuestions') as string[]);
}

/** Processes of the app by the names of their services, main left out. */
export function childProcesses(app: DesktopApp): Promise<{ pid: number; name: string }[]> {
  return app.inMain(({ app: electronApp }) =>
    electronApp
      .getAppMetrics()
      .filter(({ type }) => type === 'Utility')
      .map(({ pid, name, serviceName }) => ({ pid, name: name ?? serviceName ?? '' })),
  );
}

export { expect };
