import { app, Menu } from 'electron';
import { menuTemplate } from './menu-template';

/** Shows the menu bar; to be called anew when a run begins or ends. */
export function showMenu(running: boolean, onAction: (id: string) => void): void {
  const template = menuTemplate({
    platform: process.platform,
    appName: app.name,
    running,
    packaged: app.isPackaged,
    onAction,
  });
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}
