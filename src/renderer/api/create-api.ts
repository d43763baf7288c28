import type { ApiClient } from '../../shared/api/client';
import { createIpcClient } from './ipc-client';
import { takeToken } from './token';
import { createWebClient } from './web-client';

/** The client of whoever serves this page: the desktop's preload, or the browser host. */
export function createApi(): ApiClient {
  if (window.nodeswarm) return createIpcClient(window.nodeswarm);
  return createWebClient({
    origin: window.location.origin,
    token: takeToken(window.location, window.history, window.sessionStorage),
    fetch: (input, init) => window.fetch(input, init),
    openSocket: (url) => new WebSocket(url),
  });
}
