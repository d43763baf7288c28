import { join } from 'node:path';
import { app, BrowserWindow } from 'electron';

// The composition root of the desktop app; until the app is built it opens a bare window.
await app.whenReady();
const window = new BrowserWindow({
  width: 1280,
  height: 800,
  webPreferences: { sandbox: true, contextIsolation: true, preload: join(import.meta.dirname, '../preload/index.cjs') },
});
await window.loadFile(join(import.meta.dirname, '../renderer/index.html'));
