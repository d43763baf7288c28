import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import { app } from './app';
import { driver } from './driver-line';
import { emitPreventable } from './preventable';
import { WebContents, type WebPreferences } from './web-contents';

interface Rectangle {
  x: number;
  y: number;
  width: number;
  height: number;
}

interface WindowOptions extends Partial<Rectangle> {
  title?: string;
  show?: boolean;
  webPreferences?: WebPreferences;
}

const windows = new Map<number, BrowserWindow>();
let nextId = 1;

/** A window: a page of the browser. Where it stands and how it looks is only written down. */
export class BrowserWindow extends EventEmitter {
  readonly id: number;
  readonly webContents: WebContents;
  /** Not of Electron: what was set last. */
  readonly shown = { title: '', edited: false, represented: '', progress: -1, visible: false, focused: false };
  private bounds: Rectangle;
  private maximized = false;
  private minimized = false;
  private destroyed = false;

  constructor(options: WindowOptions = {}) {
    super();
    app.requireReady('BrowserWindow');
    const preferences = options.webPreferences ?? {};
    const { sandbox, contextIsolation, nodeIntegration, preload } = preferences;
    // What the stand-in imitates is a sandboxed, isolated page; it must not let one pass that asked for less.
    if (sandbox !== true || contextIsolation !== true || nodeIntegration === true) {
      throw new Error('The stand-in has sandboxed and context-isolated windows only.');
    }
    this.id = nextId++;
    this.bounds = { x: options.x ?? 0, y: options.y ?? 0, width: options.width ?? 800, height: options.height ?? 600 };
    this.shown.title = options.title ?? '';
    this.shown.visible = options.show !== false;
    windows.set(this.id, this);
    this.webContents = new WebContents(this.id, preferences);
    const preloadSource = preload === undefined ? null : readFileSync(preload, 'utf8');
    this.created = driver.call('window.create', this.id, { preloadSource, width: this.bounds.width, height: this.bounds.height });
    this.created.catch(() => {});
    this.webContents.once('did-finish-load', () => this.emit('ready-to-show'));
  }

  private readonly created: Promise<unknown>;

  static getAllWindows(): BrowserWindow[] {
    return [...windows.values()];
  }

  static getFocusedWindow(): BrowserWindow | null {
    return BrowserWindow.getAllWindows().find((window) => window.shown.focused) ?? null;
  }

  static fromId(id: number): BrowserWindow | null {
    return windows.get(id) ?? null;
  }

  async loadURL(url: string): Promise<void> {
    await this.created;
    await this.webContents.loadURL(url);
  }

  close(): void {
    if (this.destroyed) return;
    if (emitPreventable(this, 'close')) this.destroy();
  }

  destroy(): void {
    if (this.destroyed) return;
    this.destroyed = true;
    windows.delete(this.id);
    this.webContents.destroy();
    driver.call('window.close', this.id).catch(() => {});
    this.emit('closed');
    if (windows.size === 0) app.windowsAreClosed();
  }

  isDestroyed(): boolean {
    return this.destroyed;
  }

  show(): void {
    this.shown.visible = true;
    this.focus();
  }

  focus(): void {
    for (const window of windows.values()) window.shown.focused = window === this;
  }

  isVisible(): boolean {
    return this.shown.visible;
  }

  isFocused(): boolean {
    return this.shown.focused;
  }

  setTitle(title: string): void {
    this.shown.title = title;
  }

  getTitle(): string {
    return this.shown.title;
  }

  setDocumentEdited(edited: boolean): void {
    this.shown.edited = edited;
  }

  setRepresentedFilename(file: string): void {
    this.shown.represented = file;
  }

  setProgressBar(progress: number): void {
    this.shown.progress = progress;
  }

  getBounds(): Rectangle {
    return { ...this.bounds };
  }

  getNormalBounds(): Rectangle {
    return { ...this.bounds };
  }

  setBounds(bounds: Partial<Rectangle>): void {
    this.bounds = { ...this.bounds, ...bounds };
    this.emit('resize');
    this.emit('move');
  }

  maximize(): void {
    this.maximized = true;
    this.emit('maximize');
  }

  unmaximize(): void {
    this.maximized = false;
    this.emit('unmaximize');
  }

  isMaximized(): boolean {
    return this.maximized;
  }

  minimize(): void {
    this.minimized = true;
  }

  isMinimized(): boolean {
    return this.minimized;
  }

  restore(): void {
    this.minimized = false;
  }
}

/** Tries to close all; false: one refused. */
export function closeWindows(): boolean {
  for (const window of BrowserWindow.getAllWindows()) window.close();
  return windows.size === 0;
}
