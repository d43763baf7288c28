import type { ActionDescription } from '../../shared/api/action-list';
import type { AppInfo } from '../../shared/api/types';

/** A browser opens a window of its own by these. */
const TAKEN_BY_BROWSERS: readonly string[] = ['document.new'];

type Host = Pick<AppInfo, 'host'> | null;

/** Whether a host has an action at all. */
export function isOffered({ host }: Pick<ActionDescription, 'host'>, info: Host): boolean {
  return host === undefined || host === info?.host;
}

/** The shortcut of an action where it works; null where there is none, and in a browser that keeps it for itself. */
export function usableShortcut(action: Pick<ActionDescription, 'id' | 'shortcut' | 'host'>, info: Host): string | null {
  const isTaken = info?.host !== 'desktop' && TAKEN_BY_BROWSERS.includes(action.id);
  return isTaken || !isOffered(action, info) ? null : action.shortcut;
}
