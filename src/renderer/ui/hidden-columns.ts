const PREFIX = 'nodeswarm.hidden-columns.';

/** The columns that the user has hidden in a table; null when nothing was chosen yet. */
export function readHiddenColumns(key: string | undefined): string[] | null {
  if (!key) return null;
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(PREFIX + key) ?? 'null');
    return Array.isArray(stored) ? stored.filter((id) => typeof id === 'string') : null;
  } catch {
    // Storage that is switched off or broken only means that nothing is remembered.
    return null;
  }
}

/** Remembers the hidden columns of a table. */
export function writeHiddenColumns(key: string, hidden: readonly string[]): void {
  try {
    localStorage.setItem(PREFIX + key, JSON.stringify(hidden));
  } catch {
    // As above.
  }
}
