import { create } from 'zustand';
import { formatView, parseView, type View } from './view-location';

export type { View } from './view-location';

interface ViewState {
  view: View;
  /** A place in the document that the editor is to show; `serial` tells two requests for the same place apart. */
  reveal: { path: string; serial: number } | null;
  paletteOpen: boolean;
  shortcutsOpen: boolean;
  startDialogOpen: boolean;
  runEditOpen: boolean;
}

export const useView = create<ViewState>(() => ({
  view: { name: 'welcome' },
  reveal: null,
  paletteOpen: false,
  shortcutsOpen: false,
  startDialogOpen: false,
  runEditOpen: false,
}));

/** Where the user is. */
export const viewActions = {
  show(view: View): void {
    useView.setState({ view });
    const fragment = formatView(view);
    if (window.location.hash !== fragment) window.history.pushState(null, '', fragment);
  },
  /** The view that is open, with something else chosen in it: no step of its own for going back. */
  amend(view: View): void {
    useView.setState({ view });
    window.history.replaceState(null, '', formatView(view));
  },
  /** Shows the place of a problem in the editor. */
  reveal(path: string): void {
    useView.setState(({ reveal }) => ({ reveal: { path, serial: (reveal?.serial ?? 0) + 1 } }));
    viewActions.show({ name: 'editor' });
  },
  setPaletteOpen: (paletteOpen: boolean): void => useView.setState({ paletteOpen }),
  setShortcutsOpen: (shortcutsOpen: boolean): void => useView.setState({ shortcutsOpen }),
  setStartDialogOpen: (startDialogOpen: boolean): void => useView.setState({ startDialogOpen }),
  setRunEditOpen: (runEditOpen: boolean): void => useView.setState({ runEditOpen }),
};

/** Follows the address (back, forward, reload). Returns what ends it. */
export function followLocation(): () => void {
  const read = () => {
    const view = parseView(window.location.hash);
    if (view) useView.setState({ view });
  };
  read();
  window.addEventListener('popstate', read);
  return () => window.removeEventListener('popstate', read);
}
