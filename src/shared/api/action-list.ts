import type { AppInfo } from './types';

/** The menus of the desktop app's menu bar that hold actions. */
export type ActionMenu = 'file' | 'edit' | 'view' | 'run' | 'help';

/**
 * The plain part of an action: what the desktop's menu, the keyboard and the command palette have in common. What it does, and
 * whether it can be done now, the renderer knows.
 */
export interface ActionDescription {
  /** Goes from main to the renderer as the `action` event. */
  id: string;
  /** Sentence case, begins with a verb; ends with "…" where it asks something first. */
  label: string;
  /** `Mod+Shift+S`: Mod is Command on Apple's keyboards and Ctrl elsewhere. */
  shortcut: string | null;
  menu: ActionMenu;
  /** A line is drawn above it in its menu. */
  startsGroup?: boolean;
  /** Only in this host: in the other one it would do nothing of its own. */
  host?: AppInfo['host'];
  /** Only while a run is on, or only while none is; always where it is left out. */
  when?: 'running' | 'idle';
}

/** Every action, in the order of menus and of the command palette. */
export const ACTION_LIST = [
  { id: 'document.new', label: 'New scenario', shortcut: 'Mod+N', menu: 'file' },
  { id: 'document.open', label: 'Open…', shortcut: 'Mod+O', menu: 'file' },
  { id: 'document.save', label: 'Save', shortcut: 'Mod+S', menu: 'file', startsGroup: true },
  { id: 'document.saveAs', label: 'Save as…', shortcut: 'Mod+Shift+S', menu: 'file', host: 'desktop' },
  { id: 'document.forgetRecent', label: 'Forget recent files', shortcut: null, menu: 'file', startsGroup: true },

  { id: 'edit.undo', label: 'Undo', shortcut: 'Mod+Z', menu: 'edit' },
  { id: 'edit.redo', label: 'Redo', shortcut: 'Mod+Shift+Z', menu: 'edit' },

  { id: 'palette.show', label: 'Show all commands', shortcut: 'Mod+K', menu: 'view' },
  { id: 'view.welcome', label: 'Show welcome', shortcut: null, menu: 'view', startsGroup: true },
  { id: 'view.editor', label: 'Show editor', shortcut: 'Mod+1', menu: 'view' },
  { id: 'view.live', label: 'Show live run', shortcut: 'Mod+2', menu: 'view' },
  { id: 'view.history', label: 'Show history', shortcut: 'Mod+3', menu: 'view' },
  { id: 'view.compare', label: 'Show compare', shortcut: 'Mod+4', menu: 'view' },
  { id: 'view.settings', label: 'Show settings', shortcut: 'Mod+,', menu: 'view' },

  { id: 'run.start', label: 'Start run', shortcut: 'Mod+Enter', menu: 'run', when: 'idle' },
  { id: 'run.startWithOptions', label: 'Start run with options…', shortcut: 'Mod+Shift+Enter', menu: 'run', when: 'idle' },
  { id: 'run.stop', label: 'Stop run', shortcut: 'Mod+.', menu: 'run', when: 'running' },
  { id: 'run.edit', label: 'Edit running load…', shortcut: 'Mod+E', menu: 'run', when: 'running' },
  { id: 'run.resetStatistics', label: 'Reset statistics', shortcut: null, menu: 'run', when: 'running' },
  { id: 'demo.start', label: 'Try it with the demo backend', shortcut: null, menu: 'run', startsGroup: true },
  { id: 'demo.stop', label: 'Stop demo backend', shortcut: null, menu: 'run' },

  { id: 'help.shortcuts', label: 'Show keyboard shortcuts', shortcut: 'Mod+/', menu: 'help' },
] as const satisfies readonly ActionDescription[];

export type ActionId = (typeof ACTION_LIST)[number]['id'];
