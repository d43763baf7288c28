import { EventEmitter } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { emitPreventable } from './preventable';
import { SingleInstance } from './single-instance';

/** What the app needs of windows and children, set by the modules that make them. */
export interface AppParts {
  /** Tries to close every window; false: one refused. */
  closeWindows(): boolean;
  /** Ends every child at once, as Chromium does with its children. */
  killChildren(): void;
  metrics(): { pid: number; type: string; serviceName: string; name: string }[];
}

class App extends EventEmitter {
  name: string;
  readonly isPackaged = false;
  /** Not of Electron: what was passed to `addRecentDocument` since the list was cleared. */
  readonly recentDocuments: string[] = [];
  private readonly paths = new Map<string, string>();
  private readonly appPath: string;
  private readonly packageJson: { name: string; version: string };
  private readonly whenReadyPromise: Promise<void>;
  private ready = false;
  private quitting = false;
  private parts: AppParts | undefined;
  private instance: SingleInstance | undefined;

  constructor() {
    super();
    this.appPath = packageFolder(process.cwd());
    this.packageJson = JSON.parse(readFileSync(join(this.appPath, 'package.json'), 'utf8'));
    this.name = this.packageJson.name;
    this.paths.set('userData', join(tmpdir(), `electron-stand-in-${process.pid}`));
    this.whenReadyPromise = new Promise((resolve) => this.once('ready', () => resolve()));
  }

  /** Not of Electron. */
  connect(parts: AppParts): void {
    this.parts = parts;
  }

  /** Not of Electron: says that the main module has been carried out, after which Electron is ready. */
  becomeReady(): void {
    if (this.quitting) this.finishQuitting(0);
    this.ready = true;
    this.emit('ready', {}, {});
    this.instance?.listen((argv, folder, data) => this.emit('second-instance', {}, argv, folder, data));
  }

  /** Not of Electron: throws for what Electron offers only when it is ready. */
  requireReady(what: string): void {
    if (!this.ready) throw new Error(`${what} can only be used when the app is ready`);
  }

  isReady(): boolean {
    return this.ready;
  }

  whenReady(): Promise<void> {
    return this.whenReadyPromise;
  }

  getVersion(): string {
    return this.packageJson.version;
  }

  getName(): string {
    return this.name;
  }

  setName(name: string): void {
    this.name = name;
  }

  getAppPath(): string {
    return this.appPath;
  }

  setAppUserModelId(): void {}

  enableSandbox(): void {
    if (this.ready) throw new Error('app.enableSandbox() can only be called before the app is ready');
  }

  getPath(name: string): string {
    const path = this.paths.get(name);
    if (path === undefined) throw new Error(`Failed to get '${name}' path`);
    return path;
  }

  setPath(name: string, path: string): void {
    if (!existsSync(path)) throw new Error(`Failed to set path: ${path} does not exist`);
    this.paths.set(name, path);
  }

  requestSingleInstanceLock(additionalData?: object): boolean {
    this.instance ??= new SingleInstance(this.getPath('userData'));
    return this.instance.acquire(additionalData);
  }

  addRecentDocument(path: string): void {
    this.recentDocuments.push(path);
  }

  clearRecentDocuments(): void {
    this.recentDocuments.length = 0;
  }

  getAppMetrics(): { pid: number; type: string; serviceName?: string; name?: string }[] {
    return [{ pid: process.pid, type: 'Browser' }, ...(this.parts?.metrics() ?? [])];
  }

  quit(): void {
    if (!this.ready) {
      this.quitting = true;
      return;
    }
    if (!emitPreventable(this, 'before-quit')) return;
    this.quitting = true;
    if (!this.parts?.closeWindows()) {
      this.quitting = false;
      return;
    }
    if (emitPreventable(this, 'will-quit')) this.finishQuitting(0);
    else this.quitting = false;
  }

  exit(code = 0): void {
    this.finishQuitting(code);
  }

  /** Not of Electron: the last window is gone. */
  windowsAreClosed(): void {
    if (this.quitting) return;
    if (this.listenerCount('window-all-closed') > 0) this.emit('window-all-closed');
    else this.quit();
  }

  private finishQuitting(code: number): void {
    this.emit('quit', {}, code);
    this.instance?.release();
    this.parts?.killChildren();
    process.exit(code);
  }
}

function packageFolder(from: string): string {
  if (existsSync(join(from, 'package.json'))) return from;
  const parent = dirname(from);
  if (parent === from) throw new Error('The stand-in must be started within the project.');
  return packageFolder(parent);
}

export const app = new App();
