import { registerHooks } from 'node:module';
import { pathToFileURL } from 'node:url';
import { toMainAddress } from '../scheme-address';
import { BrowserWindow, closeWindows } from './browser-window';
import { driver } from './driver-line';
import * as electron from './electron';
import { killChildren, metricsOfChildren } from './utility-process';
import type { Frame } from './web-contents';

// node boot.mjs MAIN ARGS: runs a built main module of Electron with the stand-in in place of `electron`.

const MODULE = 'electron-stand-in:electron';
const KEY = 'electron-stand-in';

Reflect.set(globalThis, Symbol.for(KEY), electron);
Reflect.set(process, 'type', 'browser');
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron' ? { url: MODULE, shortCircuit: true } : next(specifier, context),
  load(url, context, next) {
    if (url !== MODULE) return next(url, context);
    const names = Object.keys(electron).join(', ');
    return { format: 'module', source: `export const { ${names} } = globalThis[Symbol.for('${KEY}')];`, shortCircuit: true };
  },
});

const { app, ipcMain, protocol, session } = electron;
app.connect({ closeWindows, killChildren, metrics: metricsOfChildren });

driver.handle('protocol.answer', (method: string, url: string) => protocol.answer(method, toMainAddress(url)));
driver.handle('permissions', (permissions: string[]) => session.defaultSession.grantedOf(permissions));
driver.handle('navigate', (id: number, url: string, isMainFrame: boolean) =>
  contentsOf(id).askedToNavigate(toMainAddress(url), isMainFrame),
);
driver.handle('redirect', (id: number, url: string, isMainFrame: boolean) =>
  contentsOf(id).askedToFollow(toMainAddress(url), isMainFrame),
);
driver.handle('open-window', (id: number, url: string) => contentsOf(id).askedToOpenWindow(toMainAddress(url)));
driver.handle('attach-webview', (id: number, src: string) => contentsOf(id).askedToAttachWebview(src));
driver.handle('has-permission', (id: number, permission: string, _args: unknown[], frameUrl: string, isMainFrame: boolean) =>
  session.defaultSession.hasPermission(contentsOf(id), permission, toMainAddress(frameUrl), isMainFrame),
);
driver.handle('devices', (_id: number, type: string, _args: unknown[], frameUrl: string) =>
  session.defaultSession.devicesOf(type, toMainAddress(frameUrl)),
);
driver.handle('crashed', (id: number) => contentsOf(id).happenedCrash());
driver.handle('invoke', (id: number, channel: string, args: unknown[], frameUrl: string, isMainFrame: boolean) => {
  const sender = contentsOf(id);
  const url = toMainAddress(frameUrl);
  const senderFrame: Frame = { url, parent: isMainFrame ? null : sender.mainFrame };
  return ipcMain.invoke(channel, { sender, senderFrame, type: 'frame' }, args);
});
driver.handle('evaluate', async (source: string, argument: unknown) => {
  const run = new Function(`return (${source});`)() as (electronModule: typeof electron, argument: unknown) => unknown;
  return run(electron, argument);
});

function contentsOf(id: number) {
  const window = BrowserWindow.fromId(id);
  if (!window) throw new Error('the window is gone');
  return window.webContents;
}

const [main = '', ...args] = process.argv.slice(2);
process.argv = [process.execPath, main, ...args];
// As in Electron: ready only after the main module has been carried out.
await import(pathToFileURL(main).href);
app.becomeReady();
