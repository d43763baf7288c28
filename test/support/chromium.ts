import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Browser, chromium } from '@playwright/test';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome', 'microsoft-edge', 'msedge'];

/** Where installers put it when it is not on the PATH. */
const PLACES = [
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

/** Keep the browser from speaking to anyone by itself. */
const QUIET = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
  '--no-first-run',
];

/**
 * Features turned off, most of them because Playwright does (`chromiumSwitches.ts` of playwright-core): a second `--disable-features`
 * replaces its own. The last two are ours: for each window the browser would build the list of its address bar, a page in a process of
 * its own, which took a fifth of all time of these tests and is never looked at.
 */
const WITHOUT = [
  'AimEnabled',
  'AvoidCorsURLLoaderRestartOnRedirect',
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsFirstBalancedModeAutoEnable',
  'HttpsUpgrades',
  'LensOverlay',
  'MediaRouter',
  'NetworkTimeServiceQuerying',
  'OptimizationHints',
  'PaintHolding',
  'PreconnectToSearch',
  'TcpPortRandomizationWin',
  'ThirdPartyStoragePartitioning',
  'WebUIOmniboxAimPopup',
  'WebUIOmniboxPopup',
];

/** How Playwright starts the installed Chromium or Chrome. Throws one sentence when there is none. */
export function chromiumLaunchOptions(args: readonly string[] = []): { executablePath: string; args: string[] } {
  const isRoot = process.getuid?.() === 0;
  const switches = [...QUIET, `--disable-features=${WITHOUT.join(',')}`, ...(isRoot ? ['--no-sandbox'] : [])];
  return { executablePath: findChromium(), args: [...switches, ...args] };
}

/** Starts the installed Chromium or Chrome, without a window. The caller closes it. */
export async function launchChromium(args: readonly string[] = []): Promise<Browser> {
  return chromium.launch(chromiumLaunchOptions(args));
}

/** The browser's file: `CHROMIUM_PATH`, or the first found on the PATH and in the usual places. */
export function findChromium(): string {
  const named = process.env.CHROMIUM_PATH;
  if (named) {
    if (isExecutable(named)) return named;
    throw new Error(`CHROMIUM_PATH is "${named}", which cannot be run; let it name a Chromium or Chrome, or unset it.`);
  }
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const candidates = [...NAMES.flatMap((name) => folders.map((folder) => join(folder, name + suffix))), ...PLACES];
  const found = candidates.find(isExecutable);
  if (found) return found;
  throw new Error(
    'This test needs a Chromium and found none: install it (Debian and Ubuntu: apt-get install chromium), or let CHROMIUM_PATH name one.',
  );
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
