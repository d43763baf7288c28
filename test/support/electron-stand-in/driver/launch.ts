import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Page } from '@playwright/test';
import { bundleEntry } from '../../bundle-entry';
import { launchChromium } from '../../chromium';
import { unprivileged } from '../../unprivileged';
import { Peer, type PeerMessage } from '../peer';
import { BrowserWindows } from './browser-windows';

/** The two programs of the stand-in, bundled. */
export interface StandInPrograms {
  bootFile: string;
  parentPortFile: string;
  remove(): void;
}

/** Bundles the stand-in; once for all apps of a test file. */
export async function prepareStandIn(): Promise<StandInPrograms> {
  const boot = await bundleEntry('test/support/electron-stand-in/main/boot.ts');
  const parentPort = await bundleEntry('test/support/electron-stand-in/parent-port.ts');
  return {
    bootFile: boot.file,
    parentPortFile: parentPort.file,
    remove() {
      boot.remove();
      parentPort.remove();
    },
  };
}

export interface StandInOptions {
  /** The built main module. */
  mainFile: string;
  args: string[];
  env: Record<string, string>;
  /** Whether permissions of files count for it, as for a user. */
  unprivileged?: boolean;
}

/** A running app under the stand-in; the same surface as Playwright's `ElectronApplication`, as far as the tests go. */
export interface StandInApp {
  process: ChildProcess;
  firstWindow(): Promise<Page>;
  evaluate(source: string, argument: unknown): Promise<unknown>;
  /** What main wrote to its standard output and error. */
  output: string[];
  /** Resolves when main has ended and the browser is closed. */
  exited: Promise<number | null>;
}

/** Starts a built main module with the stand-in in place of `electron`, and a browser for its windows. */
export async function launchStandIn(programs: StandInPrograms, options: StandInOptions): Promise<StandInApp> {
  const browser = await launchChromium();
  const child = spawnMain(programs, options);
  const peer = new Peer((message) => {
    if (child.connected) child.send(message, () => {});
  });
  child.on('message', (message) => peer.receive(message as PeerMessage));
  const windows = new BrowserWindows(browser, peer);
  const output: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    if (stream) createInterface({ input: stream }).on('line', (line) => output.push(line));
  }
  const exited = new Promise<number | null>((resolve) => {
    child.once('exit', (code) => {
      peer.close();
      void browser.close().then(() => resolve(code));
    });
  });
  return {
    process: child,
    output,
    exited,
    firstWindow: () => windows.firstPage(),
    evaluate: (source, argument) => peer.call('evaluate', source, argument),
  };
}

/** A further instance, which hands over to the first one and ends. */
export function spawnMain(programs: StandInPrograms, options: StandInOptions): ChildProcess {
  const { mainFile, args, env } = options;
  const line = [programs.bootFile, mainFile, ...args];
  const [command, rest] = options.unprivileged ? unprivileged(process.execPath, line) : [process.execPath, line];
  return spawn(command, rest, {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    serialization: 'advanced',
    env: { ...process.env, ...env, ELECTRON_STAND_IN_PARENT_PORT: programs.parentPortFile },
  });
}
