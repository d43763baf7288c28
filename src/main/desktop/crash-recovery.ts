import { app, type BrowserWindow } from 'electron';
import { APP_PAGE } from './app-url';
import type { DocumentTracker } from './document-tracker';
import { askAfterCrash } from './questions';

/** Why a page's process is gone, in words; what is not here was an ordinary end. */
const CRASHES: Readonly<Record<string, string>> = {
  'abnormal-exit': 'its process ended unexpectedly',
  killed: 'its process was killed',
  crashed: 'its process crashed',
  oom: 'it ran out of memory',
  'launch-failed': 'its process could not be started',
  'integrity-failure': 'its files are damaged; reinstall Nodeswarm',
  'memory-eviction': 'the system reclaimed its memory',
};

/** Offers to load the page anew when it has crashed or does not answer any more. The run, if one is on, is not touched by either. */
export function offerReload(window: BrowserWindow, document: DocumentTracker): void {
  let asking = false;
  const ask = async (message: string) => {
    if (asking || window.isDestroyed()) return;
    asking = true;
    try {
      const answer = await askAfterCrash(window, message);
      if (answer === 'quit') app.quit();
      else if (!window.isDestroyed()) await window.loadURL(APP_PAGE);
    } catch (error) {
      console.error(`The window could not be loaded: ${String(error)}`);
    } finally {
      asking = false;
    }
  };
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    const words = CRASHES[reason];
    if (words === undefined) return;
    document.forget();
    void ask(`The window stopped working: ${words}.`);
  });
  window.on('unresponsive', () => void ask('The window is not responding.'));
}
