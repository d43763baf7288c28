import type { SecondWindow } from '../../shared/api/types';

/** What the view area shows. */
export type View =
  | { name: 'welcome' }
  | { name: 'editor' }
  /** The same view for the run that is on and for a stored one. */
  | { name: 'live'; runId: number | 'current' }
  | { name: 'history' }
  /** The first run is the baseline. With a window it begins with that of each run. */
  | { name: 'compare'; runIds: number[]; window?: SecondWindow }
  | { name: 'settings' };

/** The fragment of the address that a view has: `#/live/12`, `#/compare/12,14`, `#/compare/12,14/30-90`. */
export function formatView(view: View): string {
  switch (view.name) {
    case 'live':
      return view.runId === 'current' ? '#/live' : `#/live/${view.runId}`;
    case 'compare':
      return ['#/compare', ...(view.runIds.length > 0 ? [view.runIds.join(',')] : []), ...windowPart(view.window)].join('/');
    default:
      return `#/${view.name}`;
  }
}

/** The view of a fragment; null when it names none. */
export function parseView(fragment: string): View | null {
  const [name, parameter, stretch, ...rest] = fragment.replace(/^#\/?/, '').split('/');
  if (rest.length > 0 || (stretch !== undefined && name !== 'compare')) return null;
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
      const window = stretch === undefined ? undefined : windowOf(stretch);
      if (window === null || !runIds.every((id) => id !== null)) return null;
      return { name, runIds, ...(window && { window }) };
    }
    default:
      return null;
  }
}

function windowPart(window: SecondWindow | undefined): string[] {
  return window ? [`${window.from}-${window.to}`] : [];
}

function windowOf(text: string): SecondWindow | null {
  const [, from, to] = /^(\d{1,9})-(\d{1,9})$/.exec(text) ?? [];
  return from !== undefined && to !== undefined && Number(from) < Number(to) ? { from: Number(from), to: Number(to) } : null;
}

function idOf(text: string): number | null {
  return /^[1-9]\d{0,14}$/.test(text) ? Number(text) : null;
}
