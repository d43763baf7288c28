import { useEffect } from 'react';
import { useApi } from '../api/api-context';
import { isApple, matchesShortcut } from '../ui/shortcut';
import { ACTIONS } from './actions';
import { useApp } from './app-store';
import { type FieldTyping, undoOwner, watchFieldTyping } from './field-undo';
import { useServices } from './services-context';
import { usableShortcut } from './usable-shortcut';
import { runAction } from './use-action';

/** Keys and the desktop's menu, both by the action list. */
export function useShortcuts(): void {
  const services = useServices();
  const api = useApi();

  useEffect(() => {
    const apple = isApple();
    const typing = watchFieldTyping(document);

    const perform = (id: string, field: FieldTyping | null): boolean => {
      const direction = id === 'edit.undo' ? 'undo' : id === 'edit.redo' ? 'redo' : null;
      if (direction && undoOwner(direction, field) === 'field') return false;
      runAction(id, services);
      return true;
    };

    const onKeyDown = (event: KeyboardEvent) => {
      // A code editor, a dialog or a grid has taken it already; what is held down is not repeated, but for undo and redo.
      if ((event.defaultPrevented && !isOnDisabled(event.target)) || event.isComposing) return;
      const { info } = useApp.getState();
      const action = ACTIONS.find((candidate) => {
        const shortcut = usableShortcut(candidate, info);
        return shortcut !== null && matchesShortcut(event, shortcut, apple);
      });
      if (!action) return;
      const isEdit = action.menu === 'edit';
      if (isInDialog(event.target) && action.id !== 'palette.show') return;
      if (event.repeat && !isEdit) return event.preventDefault();
      if (perform(action.id, typing.current())) event.preventDefault();
    };

    const endMenu = api.on('action', ({ id }) => {
      // Chosen from a menu, the field's own undo has to be asked for.
      if (!perform(id, typing.current())) document.execCommand(id === 'edit.undo' ? 'undo' : 'redo');
    });
    window.addEventListener('keydown', onKeyDown);
    return () => {
      window.removeEventListener('keydown', onKeyDown);
      endMenu();
      typing.end();
    };
  }, [services, api]);
}

/** A disabled button that can have the focus swallows all keys. Nothing else would take them. */
function isOnDisabled(target: EventTarget | null): boolean {
  return target instanceof HTMLButtonElement && target.ariaDisabled === 'true';
}

function isInDialog(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('[role="dialog"], [role="alertdialog"]') !== null;
}
