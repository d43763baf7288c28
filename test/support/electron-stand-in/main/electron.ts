// What `import … from 'electron'` gives under the stand-in: as much as the desktop app uses. A name that is missing here fails at load.
export { app } from './app';
export { BrowserWindow } from './browser-window';
export { dialog, nativeTheme, powerMonitor, powerSaveBlocker, screen, shell } from './desktop-services';
export { ipcMain } from './ipc-main';
export { Menu } from './menu';
export { protocol, session } from './session';
export { utilityProcess } from './utility-process';
