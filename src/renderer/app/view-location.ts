/** What the view area shows. */
export type View =
  | { name: 'welcome' }
  | { name: 'editor' }
  /** The same view for the run that is on and for a stored one. */
  | { name: 'live'; runId: number | 'current' }
  | { name: 'history' }
  /** The first run is the baseline. */
  | { name: 'compare'; runIds: number[] }
  | { name: 'settings' };

/** The fragment of the address that a view has: `#/live/12`, `#/compare/12,14`. */
export function formatView(view: View): string {
  switch (view.name) {
    case 'live':
      return view.runId === 'current' ? '#/live' : `#/live/${view.runId}`;
    case 'compare':
      return view.runIds.length > 0 ? `#/compare/${view.runIds.join(',')}` : '#/compare';
    default:
      return `#/${view.name}`;
  }
}

/** The view of a fragment; null when it names none. */
export function parseView(fragment: string): View | null {
  const [name, parameter, ...rest] = fragment.replace(/^#\/?/, '').split('/');
  if (rest.length > 0) return null;
  switch (name) {
    case 'welcome':
    case 'editor':
    case 'history':
    case 'settings':
      return parameter === undefined ? { name } : null;
    case 'live': {
      if (parameter === undefined) return { name, runId: 'current' };
      const runId = idOf(parameter);
      return runId === null ? null : { name, runId };
    }
    case 'compare': {
      const runIds = parameter === undefined ? [] : parameter.split(',').map(idOf);
      return runIds.every((id) => id !== null) ? { name, runIds } : null;
    }
    default:
      return null;
  }
}

function idOf(text: string): number | null {
  return /^[1-9]\d{0,14}$/.test(text) ? Number(text) : null;
}
