import type { Browser, BrowserContext, Frame, Page, Route } from '@playwright/test';
import { errorMessage } from '../../../../src/shared/text/error-text';
import type { Peer } from '../peer';
import { toMainAddress, toPageAddress } from '../scheme-address';
import { BINDING, DELIVER, preloadScript } from './preload-runtime';

/** Permissions that pages may ask for: Playwright's names with Electron's. */
const PERMISSIONS: Readonly<Record<string, string>> = {
  geolocation: 'geolocation',
  notifications: 'notifications',
  camera: 'media',
  microphone: 'media',
  midi: 'midi',
  'clipboard-read': 'clipboard-read',
};

interface Window {
  id: number;
  preloadSource: string | null;
  size: { width: number; height: number };
  page: Page;
  /** Addresses that main itself loads: nobody is asked about them. */
  loading: string | null;
}

interface BindingRequest {
  kind: 'invoke' | 'open-window' | 'attach-webview' | 'has-permission' | 'devices';
  /** What it is about: a channel, an address, a permission, a kind of device. */
  channel: string;
  args: unknown[];
}

/** The windows of the app under test: pages of a real Chromium. Nothing they ask for leaves this machine. */
export class BrowserWindows {
  private readonly windows = new Map<number, Window>();
  private readonly opened: ((page: Page) => void)[] = [];
  private context: BrowserContext | undefined;

  constructor(
    private readonly browser: Browser,
    private readonly main: Peer,
  ) {
    main.handle('window.create', (id: number, options: { preloadSource: string | null; width: number; height: number }) =>
      this.create(id, options),
    );
    main.handle('window.load', (id: number, url: string) => this.load(id, url));
    main.handle('window.deliver', (id: number, channel: string, args: unknown[]) => this.deliver(id, channel, args));
    main.handle('window.execute', (id: number, code: string) => this.windows.get(id)?.page.evaluate(code));
    main.handle('window.crash', (id: number) => this.crash(id));
    main.handle('window.close', (id: number) => this.close(id));
    main.handle('theme', (source: 'system' | 'light' | 'dark') => this.setTheme(source));
  }

  /** The page of the first window, as soon as main has opened it and loaded something. */
  firstPage(): Promise<Page> {
    const [first] = this.windows.values();
    if (first && first.page.url() !== 'about:blank') return Promise.resolve(first.page);
    return new Promise((resolve) => this.opened.push(resolve));
  }

  private async create(
    id: number,
    { preloadSource, width, height }: { preloadSource: string | null; width: number; height: number },
  ): Promise<void> {
    const size = { width, height };
    this.windows.set(id, { id, preloadSource, size, page: await this.newPage(id, preloadSource, size), loading: null });
  }

  private async newPage(id: number, preloadSource: string | null, size: { width: number; height: number }): Promise<Page> {
    this.context ??= await this.newContext();
    const page = await this.context.newPage();
    await page.setViewportSize(size);
    await page.exposeBinding(BINDING, ({ frame }, request: BindingRequest) => this.answer(id, frame, request));
    await page.addInitScript({ content: preloadScript(preloadSource ?? '') });
    // A page of Playwright does not come back: the next load makes a new one.
    page.on('crash', () => void page.close().then(() => this.main.call('crashed', id).catch(() => {})));
    return page;
  }

  private async newContext(): Promise<BrowserContext> {
    const context = await this.browser.newContext();
    const granted = await this.main.call<string[]>('permissions', [...new Set(Object.values(PERMISSIONS))]);
    await context.grantPermissions(Object.keys(PERMISSIONS).filter((name) => granted.includes(PERMISSIONS[name] ?? '')));
    await context.route('**/*', (route) => this.answerRequest(route));
    context.on('page', (page) => void this.refuseForeignPage(page));
    return context;
  }

  private async load(id: number, url: string): Promise<void> {
    const window = this.windows.get(id);
    if (!window) throw new Error('the window is gone');
    if (window.page.isClosed()) window.page = await this.newPage(id, window.preloadSource, window.size);
    const address = toPageAddress(url);
    window.loading = address;
    try {
      // As long as the test gives it.
      await window.page.goto(address, { waitUntil: 'load', timeout: 0 });
    } finally {
      window.loading = null;
    }
    for (const resolve of this.opened.splice(0)) resolve(window.page);
  }

  /** Every request of every page ends here. */
  private async answerRequest(route: Route): Promise<void> {
    const request = route.request();
    const address = request.url();
    try {
      if (request.isNavigationRequest()) {
        const window = this.windowOf(request.frame());
        if (!window) return await route.abort('blockedbyclient');
        const isMainFrame = request.frame() === window.page.mainFrame();
        const isFromMain = isMainFrame && address === window.loading;
        if (!isFromMain && !(await this.main.call<boolean>('navigate', window.id, address, isMainFrame))) {
          return await route.abort('aborted');
        }
        if (isFromMain && new URL(address).hostname === '127.0.0.1') return await this.answerFromLoopback(route, window.id);
      }
      if (toMainAddress(address) === address) return await route.abort('internetdisconnected');
      const { status, headers, body } = await this.main.call<{
        status: number;
        headers: Record<string, string>;
        body: Uint8Array;
      }>('protocol.answer', request.method(), address);
      await route.fulfill({ status, headers, body: Buffer.from(body) });
    } catch {
      // The page or the app is gone, or it is a page that nobody knows.
      await route.abort('failed').catch(() => {});
    }
  }

  /** A page of a server of this machine, which may send the window elsewhere. */
  private async answerFromLoopback(route: Route, id: number): Promise<void> {
    const response = await route.fetch({ maxRedirects: 0 });
    const { location } = response.headers();
    if (location === undefined) return await route.fulfill({ response });
    const target = new URL(location, route.request().url());
    if (!(await this.main.call<boolean>('redirect', id, target.href, true))) return await route.abort('aborted');
    if (target.hostname === '127.0.0.1') await route.fulfill({ response });
    else await route.abort('internetdisconnected');
  }

  private async answer(
    id: number,
    frame: Frame,
    { kind, channel, args }: BindingRequest,
  ): Promise<{ value?: unknown; error?: string }> {
    try {
      const isMainFrame = frame.parentFrame() === null;
      return { value: await this.main.call(kind, id, channel, args, frame.url(), isMainFrame) };
    } catch (error) {
      return { error: errorMessage(error) };
    }
  }

  private async deliver(id: number, channel: string, args: unknown[]): Promise<void> {
    const page = this.windows.get(id)?.page;
    await page?.evaluate(
      ([symbol, name, values]) => {
        const take = Reflect.get(window, Symbol.for(symbol)) as ((channel: string, args: unknown[]) => void) | undefined;
        take?.(name, values);
      },
      [DELIVER, channel, args] as const,
    );
  }

  /** A page that is no window's was opened by a link. */
  private async refuseForeignPage(page: Page): Promise<void> {
    const opener = await page.opener();
    if (!opener) return;
    const window = [...this.windows.values()].find((candidate) => candidate.page === opener);
    try {
      if (window) await this.main.call('open-window', window.id, page.url());
    } catch (error) {
      // Where a test sees it: in the page, unless that is gone.
      await opener.evaluate((text) => console.error(text), String(error)).catch(() => {});
    }
    await page.close();
  }

  private async crash(id: number): Promise<void> {
    // It never arrives.
    await this.windows
      .get(id)
      ?.page.goto('chrome://crash')
      .catch(() => {});
  }

  private async close(id: number): Promise<void> {
    const window = this.windows.get(id);
    this.windows.delete(id);
    await window?.page.close();
  }

  private async setTheme(source: 'system' | 'light' | 'dark'): Promise<void> {
    const colorScheme = source === 'system' ? 'no-preference' : source;
    for (const { page } of this.windows.values()) if (!page.isClosed()) await page.emulateMedia({ colorScheme });
  }

  private windowOf(frame: Frame): Window | undefined {
    return [...this.windows.values()].find(({ page }) => page === frame.page());
  }
}
