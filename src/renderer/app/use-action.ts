import { useShallow } from 'zustand/react/shallow';
import type { ActionId } from '../../shared/api/action-list';
import type { AppInfo } from '../../shared/api/types';
import { toasts } from '../ui/toasts';
import { type ActionServices, type ActionState, findAction } from './actions';
import { useApp } from './app-store';
import { useDocument } from './document-store';
import { useRun } from './run-store';
import { useServices } from './services-context';
import { undoOfferNow, useUndoOfferNow } from './undo-offer';
import { usableShortcut } from './usable-shortcut';

/** An action for a button. */
export interface UsableAction {
  label: string;
  shortcut: string | null;
  /** null: it can be done; otherwise why not. */
  hindrance: string | null;
  /** null: it does what its label says; otherwise what it leads to first. */
  detour: string | null;
  run(): void;
}

/** What decides now whether actions can be done. */
function actionStateNow(): ActionState {
  const { online, demoUrl, info } = useApp.getState();
  const hasRecent = hasRecentFiles(info);
  return { document: useDocument.getState(), run: useRun.getState(), online, hasRecent, demoUrl, undoOffer: undoOfferNow() };
}

/** The same, followed. */
export function useActionState(): ActionState {
  const app = useApp(useShallow(({ online, demoUrl, info }) => ({ online, demoUrl, hasRecent: hasRecentFiles(info) })));
  const document = useDocument(useShallow(({ open, document, problems, history }) => ({ open, document, problems, history })));
  const run = useRun(useShallow(({ running, stopping }) => ({ running, stopping })));
  return { document, run, ...app, undoOffer: useUndoOfferNow() };
}

function hasRecentFiles(info: AppInfo | null): boolean {
  return info !== null && info.recent.length > 0;
}

/** An action as things are now. */
export function useAction(id: ActionId): UsableAction {
  const state = useActionState();
  const services = useServices();
  const info = useApp(({ info }) => info);
  const action = findAction(id);
  if (!action) throw new Error(`There is no action ${id}.`);
  return {
    label: action.labelNow(state),
    shortcut: usableShortcut(action, info),
    hindrance: action.hindrance(state),
    detour: action.detour(state),
    run: () => runAction(id, services),
  };
}

/** Does an action, or says why it cannot be done. */
export function runAction(id: string, services: ActionServices): void {
  const action = findAction(id);
  if (!action) return;
  const hindrance = action.hindrance(actionStateNow());
  if (hindrance !== null) toasts.info(hindrance);
  else action.run(services);
}
