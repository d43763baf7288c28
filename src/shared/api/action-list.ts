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
  /** As Electron writes accelerators: `CmdOrCtrl+Shift+S`. */
  accelerator: string | null;
  menu: ActionMenu;
  /** A line is drawn above it in its menu. */
  startsGroup?: boolean;
  /** Only while a run is on, or only while none is; always where it is left out. */
  when?: 'running' | 'idle';
}

/** Every action, in the order of menus and of the command palette. */
export const ACTION_LIST = [
  { id: 'document.new', label: 'New scenario', accelerator: 'CmdOrCtrl+N', menu: 'file' },
  { id: 'document.open', label: 'Open…', accelerator: 'CmdOrCtrl+O', menu: 'file' },
  { id: 'document.save', label: 'Save', accelerator: 'CmdOrCtrl+S', menu: 'file', startsGroup: true },
  { id: 'document.saveAs', label: 'Save as…', accelerator: 'CmdOrCtrl+Shift+S', menu: 'file' },

  { id: 'edit.undo', label: 'Undo', accelerator: 'CmdOrCtrl+Z', menu: 'edit' },
  { id: 'edit.redo', label: 'Redo', accelerator: 'CmdOrCtrl+Shift+Z', menu: 'edit' },

  { id: 'palette.show', label: 'Show all commands', accelerator: 'CmdOrCtrl+K', menu: 'view' },
  { id: 'view.welcome', label: 'Show welcome', accelerator: null, menu: 'view', startsGroup: true },
  { id: 'view.editor', label: 'Show editor', accelerator: 'CmdOrCtrl+1', menu: 'view' },
  { id: 'view.live', label: 'Show live run', accelerator: 'CmdOrCtrl+2', menu: 'view' },
  { id: 'view.history', label: 'Show history', accelerator: 'CmdOrCtrl+3', menu: 'view' },
  { id: 'view.compare', label: 'Show compare', accelerator: 'CmdOrCtrl+4', menu: 'view' },
  { id: 'view.settings', label: 'Show settings', accelerator: 'CmdOrCtrl+,', menu: 'view' },

  { id: 'run.start', label: 'Start run', accelerator: 'CmdOrCtrl+Enter', menu: 'run', when: 'idle' },
  { id: 'run.stop', label: 'Stop run', accelerator: 'CmdOrCtrl+.', menu: 'run', when: 'running' },
  { id: 'run.edit', label: 'Edit running load…', accelerator: 'CmdOrCtrl+E', menu: 'run', when: 'running' },
  { id: 'run.resetStatistics', label: 'Reset statistics', accelerator: null, menu: 'run', when: 'running' },
  { id: 'demo.start', label: 'Start demo backend', accelerator: null, menu: 'run', startsGroup: true },
  { id: 'demo.stop', label: 'Stop demo backend', accelerator: null, menu: 'run' },

  { id: 'help.shortcuts', label: 'Show keyboard shortcuts', accelerator: 'CmdOrCtrl+/', menu: 'help' },
] as const satisfies readonly ActionDescription[];

export type ActionId = (typeof ACTION_LIST)[number]['id'];
