import type { ApiClient } from '../../shared/api/client';
import { readAppInfo, useApp } from './app-store';

/**
 * Puts a scenario that was opened, saved or started at the head of the recent ones. Only in a browser, where it has no path that main
 * would know it by. Never rejects.
 */
export async function keepRecentScenario(api: ApiClient, text: string): Promise<void> {
  if (useApp.getState().info?.host !== 'browser') return;
  try {
    await api.call('scenarios.keepRecent', { text });
    await readAppInfo(api);
  } catch {
    // A list that is nice to have: nobody is to be disturbed for it.
  }
}
