import { join } from 'node:path';
import { app, dialog, nativeTheme } from 'electron';
import type { Reply } from '../../shared/api/reply';
import type { OpenedDocument, Settings } from '../../shared/api/types';
import type { Api } from '../api/api';
import { createApi } from '../api/create-api';
import { builtEntries } from '../process/build-entries';
import { ElectronProcessHost } from '../process/electron-host';
import { onUncaughtError } from '../process/uncaught-errors';
import { dataFolder, defaultDatabaseFile } from '../store/locations';
import { StoreClient } from '../store/store-client';
import { showMenu } from './app-menu';
import { serveRenderer } from './app-protocol';
import { AppWindow } from './app-window';
import { offerReload } from './crash-recovery';
import { DesktopFiles } from './desktop-files';
import type { DocumentOpening } from './document-opening';
import { DocumentTracker } from './document-tracker';
import { bridgeApi } from './ipc-bridge';
import { Quitting } from './quitting';
import { Wakefulness } from './wakefulness';

/** Where the build put what belongs to the app: folders beside the one of this bundle. */
const OUT_FOLDER = join(import.meta.dirname, '..');

/** Puts the desktop app together and opens its window. To be called once, when the app is ready. */
export async function openDesktop(opening: DocumentOpening): Promise<void> {
  const processHost = new ElectronProcessHost(builtEntries());
  app.once('quit', () => processHost.killAll());
  const databaseFile = defaultDatabaseFile();
  const store = new StoreClient(processHost, databaseFile, (line) => console.error(`history: ${line}`));

  const document = new DocumentTracker();
  const window = new AppWindow({
    preloadFile: join(OUT_FOLDER, 'preload', 'index.cjs'),
    iconFile: join(app.getAppPath(), 'resources', 'icon', 'icon.png'),
    stateFile: join(dataFolder(), 'window.json'),
  });
  const files = new DesktopFiles({
    window: () => window.browserWindow,
    document,
    onDocumentChanged: (state) => window.showDocument(state),
  });
  const api = createApi({ processHost, store, files, dataFolder: dataFolder(), databaseFile });
  onUncaughtError((error) => api.noteUncaughtError(error));

  serveRenderer(join(OUT_FOLDER, 'renderer'));
  bridgeApi(api, () => window.contents);
  const quitting = new Quitting({ api, window, document, closeStore: () => store.close() });
  quitting.watch();

  const wakefulness = new Wakefulness();
  const onAction = (id: string) => api.emit('action', { id });
  showMenu(api.running, onAction);
  let wasRunning = false;
  api.on('run.status', () => {
    if (api.running === wasRunning) return;
    wasRunning = api.running;
    wakefulness.set(wasRunning);
    showMenu(wasRunning, onAction);
  });
  api.on('settings.changed', applySettings);
  const info = await api.call('app.info', {});
  if (info.ok) applySettings((info.data as { settings: Settings }).settings);

  const browserWindow = window.open();
  quitting.watchWindow(browserWindow);
  offerReload(browserWindow, document);
  app.on('second-instance', () => window.focus());
  opening.showWith((path) => {
    window.focus();
    void openDocument(api, path);
  });
}

/** Shows a file that the system handed over, or says why that cannot be done. */
async function openDocument(api: Api, path: string): Promise<void> {
  const reply = (await api.call('scenarios.open', { path })) as Reply<OpenedDocument>;
  if (reply.ok) api.showDocument(reply.data);
  else await dialog.showMessageBox({ type: 'error', title: 'Nodeswarm', message: reply.error.message, buttons: ['OK'] });
}

function applySettings({ theme }: Settings): void {
  nativeTheme.themeSource = theme;
}
