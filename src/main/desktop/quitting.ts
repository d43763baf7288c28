import { app, type BrowserWindow, powerMonitor } from 'electron';
import type { Api } from '../api/api';
import { onInterrupt } from '../process/interrupts';
import type { AppWindow } from './app-window';
import type { DocumentTracker } from './document-tracker';
import { askRunning, askUnsaved } from './questions';

interface QuittingParts {
  api: Api;
  window: AppWindow;
  document: DocumentTracker;
  /** Ends what the API was built on, once the API is closed. */
  closeStore(): Promise<void>;
}

/**
 * The way out of the app: questions first (unsaved changes, a run that is on), then the run is stopped gracefully, everything is
 * stored and closed, and only then does the app quit. Closing the window, quitting, a signal and the system's shutdown all go this way.
 */
export class Quitting {
  private phase: 'open' | 'asking' | 'closing' | 'closed' = 'open';

  constructor(private readonly parts: QuittingParts) {}

  /** Listens to everything that would end the app. */
  watch(): void {
    app.on('before-quit', (event) => this.hold(event));
    // Where there is nobody to ask, or no time to.
    powerMonitor.on('shutdown', this.closeBeforeShutdown);
    // Only now that the app is ready: Electron has put its own handlers in place by then.
    onInterrupt(() => {
      if (this.phase === 'closing') this.hurry();
      else void this.close();
    });
    app.on('window-all-closed', () => void this.close());
  }

  /** Has to be told of the window, which cannot be closed either before everything is done. */
  watchWindow(window: BrowserWindow): void {
    window.on('close', (event) => this.hold(event));
    // Windows ends its session without closing windows.
    window.on('query-session-end', (event) => {
      if (this.phase === 'closed') return;
      event.preventDefault();
      void this.close();
    });
  }

  /** Electron's types leave the event of `shutdown` out; preventing it makes the system wait. */
  private readonly closeBeforeShutdown = (event?: { preventDefault(): void }) => {
    event?.preventDefault();
    void this.close();
  };

  private hold(event: { preventDefault(): void }): void {
    if (this.phase === 'closed') return;
    event.preventDefault();
    if (this.phase === 'open') void this.askAndClose();
    else if (this.phase === 'closing') this.hurry();
  }

  /** Asked for again while the run stops gracefully: then at once. */
  private hurry(): void {
    void this.parts.api.call('runs.stop', {});
  }

  private async askAndClose(): Promise<void> {
    this.phase = 'asking';
    try {
      if (!(await this.mayClose())) {
        this.phase = 'open';
        return;
      }
    } catch (error) {
      // A question that cannot be asked must not keep the app from closing, nor lose anything: unsaved work has its recovery file.
      console.error(`Closing without a question: ${String(error)}`);
    }
    await this.close();
  }

  /** Asks what has to be asked; false: the user wants the app to stay open. */
  private async mayClose(): Promise<boolean> {
    const { api, window, document } = this.parts;
    let discarded = false;
    if (document.state.dirty && window.contents) {
      const answer = await askUnsaved(window.browserWindow, document.state.name || 'Untitled');
      if (answer === 'cancel') return false;
      if (answer === 'save' && !(await document.save(() => api.emit('action', { id: 'document.save' })))) return false;
      discarded = answer === 'discard';
    }
    if (api.running && (await askRunning(window.browserWindow)) !== 'stop') return false;
    // Not before it is certain that the app closes: until then the recovery file is all that keeps the changes.
    if (discarded) await api.call('scenarios.autosave', { path: null, text: '' });
    return true;
  }

  private async close(): Promise<void> {
    if (this.phase === 'closing' || this.phase === 'closed') return;
    this.phase = 'closing';
    const { api, window, closeStore } = this.parts;
    window.showWaiting(api.running);
    if (api.running) api.emit('app.closing', {});
    try {
      await api.stopRun();
      await api.close();
      await closeStore();
    } catch (error) {
      console.error(`Something did not end as it should: ${String(error)}`);
    }
    this.phase = 'closed';
    app.quit();
  }
}
