import type { MenuItemConstructorOptions } from 'electron';
import { ACTION_LIST, type ActionDescription, type ActionMenu } from '../../shared/api/action-list';

export interface MenuContext {
  platform: NodeJS.Platform;
  appName: string;
  /** Whether a run is on. */
  running: boolean;
  /** Whether the program is built for its users: the developer tools are left out then. */
  packaged: boolean;
  /** Carries out an action of the list in the window. */
  onAction(id: string): void;
}

const SEPARATOR: MenuItemConstructorOptions = { type: 'separator' };

/** The menu bar, made from the action list; what the system does by itself (quit, copy, full screen) goes by role. */
export function menuTemplate(context: MenuContext): MenuItemConstructorOptions[] {
  const { platform, appName, packaged } = context;
  const actions = (menu: ActionMenu) => actionItems(menu, context);
  const isMac = platform === 'darwin';
  const settings = actionItem(actionOf('view.settings'), context);
  const appMenu: MenuItemConstructorOptions = {
    label: appName,
    submenu: [
      { role: 'about' },
      SEPARATOR,
      settings,
      SEPARATOR,
      { role: 'services' },
      SEPARATOR,
      { role: 'hide' },
      { role: 'hideOthers' },
      { role: 'unhide' },
      SEPARATOR,
      { role: 'quit' },
    ],
  };
  const recent: MenuItemConstructorOptions[] = isMac
    ? [{ role: 'recentDocuments', submenu: [{ role: 'clearRecentDocuments' }] }]
    : [];
  const help: MenuItemConstructorOptions[] = isMac ? [] : [SEPARATOR, { role: 'about' }];
  return [
    ...(isMac ? [appMenu] : []),
    { label: 'File', submenu: [...actions('file'), ...recent, SEPARATOR, { role: isMac ? 'close' : 'quit' }] },
    {
      label: 'Edit',
      submenu: [
        ...actions('edit'),
        SEPARATOR,
        { role: 'cut' },
        { role: 'copy' },
        { role: 'paste' },
        { role: 'delete' },
        { role: 'selectAll' },
      ],
    },
    {
      label: 'View',
      submenu: [
        ...actions('view').filter((item) => !isMac || item.id !== settings.id),
        SEPARATOR,
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        SEPARATOR,
        { role: 'togglefullscreen' },
        ...(packaged ? [] : [SEPARATOR, { role: 'reload' as const }, { role: 'toggleDevTools' as const }]),
      ],
    },
    { label: 'Run', submenu: actions('run') },
    ...(isMac ? [{ role: 'windowMenu' as const }] : []),
    { role: 'help', submenu: [...actions('help'), ...help] },
  ];
}

function actionItems(menu: ActionMenu, context: MenuContext): MenuItemConstructorOptions[] {
  return descriptions
    .filter((action) => action.menu === menu)
    .flatMap((action, index) => {
      const item = actionItem(action, context);
      return action.startsGroup && index > 0 ? [SEPARATOR, item] : [item];
    });
}

function actionItem(action: ActionDescription, { running, onAction }: MenuContext): MenuItemConstructorOptions {
  return {
    id: action.id,
    label: action.label,
    enabled: action.when === undefined || action.when === (running ? 'running' : 'idle'),
    click: () => onAction(action.id),
    // Shown, not registered: the page hears the key first, in the browser as on the desktop, and knows whether it is meant for a field.
    ...(action.shortcut === null ? {} : { accelerator: accelerator(action.shortcut), registerAccelerator: false }),
  };
}

/** The list by its plain type, where members left out are undefined. */
const descriptions: readonly ActionDescription[] = ACTION_LIST;

function actionOf(id: string): ActionDescription {
  const action = descriptions.find((candidate) => candidate.id === id);
  if (!action) throw new Error(`The action list has no ${id}.`);
  return action;
}

/** A shortcut as Electron writes it. */
function accelerator(shortcut: string): string {
  return shortcut.replace(/\bMod\b/, 'CmdOrCtrl');
}
