import type { ActionDescription } from '../../shared/api/action-list';
import type { AppInfo } from '../../shared/api/types';

/** A browser opens a window of its own by these. */
const TAKEN_BY_BROWSERS: readonly string[] = ['document.new'];

/** The shortcut of an action where it works; null where there is none, and in a browser that keeps it for itself. */
export function usableShortcut(
  { id, shortcut }: Pick<ActionDescription, 'id' | 'shortcut'>,
  info: Pick<AppInfo, 'host'> | null,
): string | null {
  return info?.host !== 'desktop' && TAKEN_BY_BROWSERS.includes(id) ? null : shortcut;
}
