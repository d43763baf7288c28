import { Dialog } from '../ui/Dialog';
import { ShortcutList } from './ShortcutList';
import { useView, viewActions } from './view-store';

/** All shortcuts, from the action list. */
export function ShortcutsDialog() {
  const open = useView((state) => state.shortcutsOpen);
  return (
    <Dialog open={open} onOpenChange={viewActions.setShortcutsOpen} title="Keyboard shortcuts" size="large">
      <ShortcutList />
    </Dialog>
  );
}
