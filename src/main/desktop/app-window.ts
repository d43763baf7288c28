import { basename } from 'node:path';
import { BrowserWindow, nativeTheme, screen, type WebContents } from 'electron';
import type { DocumentState } from '../api/host-files';
import { APP_PAGE } from './app-url';
import { placeOnScreen, readWindowState, SMALLEST_WINDOW, writeWindowState } from './window-state';

/** The page's own background (tokens.css), so that the window does not flash before it is drawn. */
const BACKGROUND = { light: '#ffffff', dark: '#15181c' };

/** How long after the last move or resize the window's place is kept, ms. */
const SETTLED_MS = 500;

interface AppWindowOptions {
  preloadFile: string;
  iconFile: string;
  /** How the window was left is kept in it. */
  stateFile: string;
}

/** The one window of the app. */
export class AppWindow {
  private window: BrowserWindow | null = null;
  private keeping: NodeJS.Timeout | undefined;

  constructor(private readonly options: AppWindowOptions) {}

  /** null before it is open and after it has closed. */
  get browserWindow(): BrowserWindow | null {
    return this.window && !this.window.isDestroyed() ? this.window : null;
  }

  /** What shows the page; null when there is no window. */
  get contents(): WebContents | null {
    return this.browserWindow?.webContents ?? null;
  }

  /** Opens the window where it was left. */
  open(): BrowserWindow {
    const { preloadFile, iconFile, stateFile } = this.options;
    const state = readWindowState(stateFile);
    const workAreas = screen.getAllDisplays().map((display) => display.workArea);
    const window = new BrowserWindow({
      ...(placeOnScreen(state.bounds, workAreas) ?? { width: 1280, height: 800 }),
      minWidth: SMALLEST_WINDOW.width,
      minHeight: SMALLEST_WINDOW.height,
      show: false,
      title: 'Nodeswarm',
      backgroundColor: nativeTheme.shouldUseDarkColors ? BACKGROUND.dark : BACKGROUND.light,
      // Elsewhere the icon is part of the program.
      ...(process.platform === 'linux' ? { icon: iconFile } : {}),
      webPreferences: {
        preload: preloadFile,
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        webviewTag: false,
        spellcheck: false,
        // A run is watched beside other windows: charts must go on when this one is covered.
        backgroundThrottling: false,
      },
    });
    this.window = window;
    window.once('ready-to-show', () => {
      if (state.maximised) window.maximize();
      window.show();
    });
    for (const event of ['resize', 'move', 'maximize', 'unmaximize'] as const) {
      // The overloads of `on` take one name at a time.
      window.on(event as 'resize', () => this.keepStateSoon(window));
    }
    window.on('close', () => this.keepState(window));
    window.once('closed', () => {
      clearTimeout(this.keeping);
      this.window = null;
    });
    // Main asks about unsaved changes; a page that asks as well could keep its window open without a word.
    window.webContents.on('will-prevent-unload', (event) => event.preventDefault());
    // The page sets no title of its own.
    window.on('page-title-updated', (event) => event.preventDefault());
    // A load that fails shows as a crash or an empty window; both are answered by reloading.
    window.loadURL(APP_PAGE).catch((error: unknown) => console.error(`The window could not be loaded: ${String(error)}`));
    return window;
  }

  /** Brings it before the user. */
  focus(): void {
    const window = this.browserWindow;
    if (!window) return;
    if (window.isMinimized()) window.restore();
    window.show();
    window.focus();
  }

  /** Names the document in the title, with the mark of unsaved changes. */
  showDocument({ name, path, dirty }: DocumentState): void {
    const window = this.browserWindow;
    if (!window) return;
    const title = name.trim() || (path ? basename(path) : 'Untitled');
    window.setTitle(`${dirty ? '● ' : ''}${title} – Nodeswarm`);
    // macOS shows these two in the title bar itself.
    window.setDocumentEdited(dirty);
    window.setRepresentedFilename(path ?? '');
  }

  /** A bar without an end on the window's button of the task bar, while the app waits for something. */
  showWaiting(waiting: boolean): void {
    this.browserWindow?.setProgressBar(waiting ? 2 : -1);
  }

  private keepStateSoon(window: BrowserWindow): void {
    clearTimeout(this.keeping);
    this.keeping = setTimeout(() => this.keepState(window), SETTLED_MS);
  }

  private keepState(window: BrowserWindow): void {
    clearTimeout(this.keeping);
    if (window.isDestroyed()) return;
    writeWindowState(this.options.stateFile, { bounds: window.getNormalBounds(), maximised: window.isMaximized() });
  }
}
