import type { Settings } from '../../shared/api/types';
import { useApp } from './app-store';

/** The theme to show. */
function shownTheme(theme: Settings['theme'], systemIsDark: boolean): 'light' | 'dark' {
  if (theme !== 'system') return theme;
  return systemIsDark ? 'dark' : 'light';
}

/** Keeps the page's theme and density as the settings and the system say, from before the first paint. */
export function followTheme(): void {
  const system = window.matchMedia('(prefers-color-scheme: dark)');
  const apply = () => {
    const { theme, density } = useApp.getState().settings;
    const { dataset } = document.documentElement;
    dataset.theme = shownTheme(theme, system.matches);
    dataset.density = density;
  };
  apply();
  useApp.subscribe(apply);
  system.addEventListener('change', apply);
}
