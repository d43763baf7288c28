import { create } from 'zustand';
import type { ApiClient } from '../../shared/api/client';
import type { AppInfo, Settings } from '../../shared/api/types';

interface AppState {
  /** null until main has answered. */
  info: AppInfo | null;
  settings: Settings;
  online: boolean;
  /** The app closes as soon as its run has stopped. */
  closing: boolean;
  /** Where the demo backend is; null: not started. */
  demoUrl: string | null;
}

/** What is known of the host, and the settings. */
export const useApp = create<AppState>(() => ({
  info: null,
  settings: { theme: 'system', density: 'compact', maxRequestsPerSecond: null },
  online: true,
  closing: false,
  demoUrl: null,
}));

/** Reads the host's facts again (recent files change). */
export async function readAppInfo(api: ApiClient): Promise<AppInfo> {
  const info = await api.call('app.info', {});
  useApp.setState({ info, settings: info.settings });
  return info;
}

/** Keeps the store in step with main. Returns what ends it. */
export function followApp(api: ApiClient): () => void {
  useApp.setState({ online: api.online });
  const ends = [
    api.on('settings.changed', (settings) => useApp.setState({ settings })),
    api.on('app.closing', () => useApp.setState({ closing: true })),
    api.on('demo.status', ({ url }) => useApp.setState({ demoUrl: url })),
    api.onOnlineChange((online) => useApp.setState({ online })),
  ];
  return () => {
    for (const end of ends) end();
  };
}
