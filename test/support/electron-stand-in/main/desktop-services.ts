import { EventEmitter } from 'node:events';
import { app } from './app';
import { driver } from './driver-line';

// What Electron passes on to the system: written down, for the test to read.

/** Dialogs. A test answers by replacing these functions, as with a real Electron; an unexpected dialog is an error, not a wait. */
export const dialog = {
  showOpenDialog: (): Promise<unknown> => unanswered('showOpenDialog'),
  showSaveDialog: (): Promise<unknown> => unanswered('showSaveDialog'),
  showMessageBox: (...args: unknown[]): Promise<unknown> => unanswered(`showMessageBox ${JSON.stringify(args.at(-1))}`),
  showErrorBox(title: string, content: string): void {
    console.error(`${title}: ${content}`);
  },
};

function unanswered(what: string): Promise<never> {
  return Promise.reject(new Error(`Nobody answers a dialog: ${what}`));
}

export const shell = {
  /** Not of Electron. */
  opened: [] as string[],
  async openExternal(url: string): Promise<void> {
    shell.opened.push(url);
  },
};

class NativeTheme extends EventEmitter {
  private source: 'system' | 'light' | 'dark' = 'system';

  get themeSource(): 'system' | 'light' | 'dark' {
    return this.source;
  }

  set themeSource(source: 'system' | 'light' | 'dark') {
    this.source = source;
    driver.call('theme', source).catch(() => {});
    this.emit('updated');
  }

  get shouldUseDarkColors(): boolean {
    return this.source === 'dark';
  }
}

export const nativeTheme = new NativeTheme();

const blockers = new Map<number, string>();
let nextBlocker = 1;

export const powerSaveBlocker = {
  start(type: string): number {
    blockers.set(nextBlocker, type);
    return nextBlocker++;
  },
  stop: (id: number): boolean => blockers.delete(id),
  isStarted: (id: number): boolean => blockers.has(id),
  /** Not of Electron. */
  active: (): string[] => [...blockers.values()],
};

export const powerMonitor = new EventEmitter();

const DISPLAY = { x: 0, y: 0, width: 1920, height: 1080 };

export const screen = {
  getAllDisplays() {
    app.requireReady('screen');
    return [{ id: 1, bounds: DISPLAY, workArea: DISPLAY, scaleFactor: 1 }];
  },
  getPrimaryDisplay: () => screen.getAllDisplays()[0],
};
