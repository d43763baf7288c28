import { EventEmitter } from 'node:events';
import { app } from './app';
import { driver } from './driver-line';
import { emitPreventable } from './preventable';

/** A frame that sends over ipc. */
export interface Frame {
  url: string;
  parent: Frame | null;
}

/** What a window asks for its page. */
export interface WebPreferences {
  preload?: string;
  sandbox?: boolean;
  contextIsolation?: boolean;
  nodeIntegration?: boolean;
  webviewTag?: boolean;
}

type WindowOpenHandler = (details: { url: string }) => { action: 'deny' | 'allow' };

/** The page of a window. Its pages in the browser are held by the driver, which calls `asked…` and `happened…`. */
export class WebContents extends EventEmitter {
  readonly mainFrame: Frame = { url: '', parent: null };
  private windowOpenHandler: WindowOpenHandler | undefined;
  private crashed = false;
  private destroyed = false;

  constructor(
    readonly id: number,
    private readonly preferences: WebPreferences,
  ) {
    super();
    app.emit('web-contents-created', {}, this);
  }

  getURL(): string {
    return this.mainFrame.url;
  }

  isDestroyed(): boolean {
    return this.destroyed;
  }

  isCrashed(): boolean {
    return this.crashed;
  }

  setWindowOpenHandler(handler: WindowOpenHandler): void {
    this.windowOpenHandler = handler;
  }

  /** Clones at once, as Electron does, and throws for what cannot be cloned. */
  send(channel: string, ...args: unknown[]): void {
    if (this.destroyed) throw new TypeError('Object has been destroyed');
    driver.call('window.deliver', this.id, channel, structuredClone(args)).catch(() => {});
  }

  async loadURL(url: string): Promise<void> {
    this.mainFrame.url = url;
    await driver.call('window.load', this.id, url);
    this.crashed = false;
    this.emit('did-finish-load');
  }

  reload(): void {
    this.loadURL(this.mainFrame.url).catch(() => {});
  }

  executeJavaScript(code: string): Promise<unknown> {
    return driver.call('window.execute', this.id, code);
  }

  forcefullyCrashRenderer(): void {
    driver.call('window.crash', this.id).catch(() => {});
  }

  /** The driver: may the page go there? Addresses that main loads itself are not asked about. */
  askedToNavigate(url: string, isMainFrame: boolean): boolean {
    const members = { url, isMainFrame, isSameDocument: false };
    const frameMay = emitPreventable(this, 'will-frame-navigate', members, url);
    const mainMay = !isMainFrame || emitPreventable(this, 'will-navigate', members, url);
    const allowed = frameMay && mainMay;
    if (allowed && isMainFrame) this.mainFrame.url = url;
    return allowed;
  }

  /** The driver: may the page go on to where a server sends it? */
  askedToFollow(url: string, isMainFrame: boolean): boolean {
    return emitPreventable(this, 'will-redirect', { url, isMainFrame, isSameDocument: false }, url);
  }

  /** The driver: the page has a `<webview>`, which is no more than an unknown element where the window has not asked for them. */
  askedToAttachWebview(src: string): void {
    if (!this.preferences.webviewTag) return;
    if (emitPreventable(this, 'will-attach-webview', {}, {}, { src })) this.emit('did-attach-webview', {}, {});
  }

  /** The driver: may the page open a window? An app that allows it is beyond this stand-in. */
  askedToOpenWindow(url: string): void {
    const action = this.windowOpenHandler?.({ url }).action ?? 'allow';
    if (action === 'allow') throw new Error(`A page opened a window of ${url}, and nothing refused it.`);
  }

  happenedCrash(): void {
    this.crashed = true;
    this.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 5 });
  }

  /** Its window is gone. */
  destroy(): void {
    this.destroyed = true;
    this.emit('destroyed');
  }
}
