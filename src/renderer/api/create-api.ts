import type { ApiClient } from '../../shared/api/client';
import { createIpcClient } from './ipc-client';
import { takeToken } from './token';
import { createWebClient, type EventSocket, type SocketHandlers } from './web-client';

/** The client of whoever serves this page: the desktop's preload, or the browser host. */
export function createApi(): ApiClient {
  if (window.nodeswarm) return createIpcClient(window.nodeswarm);
  return createWebClient({
    origin: window.location.origin,
    token: takeToken(window.location, window.history, window.sessionStorage),
    fetch: (input, init) => window.fetch(input, init),
    openSocket,
  });
}

function openSocket(url: string, { onOpen, onMessage, onClose }: SocketHandlers): EventSocket {
  const socket = new WebSocket(url);
  socket.addEventListener('open', onOpen);
  socket.addEventListener('message', ({ data }) => onMessage(data));
  socket.addEventListener('close', ({ code }) => onClose(code));
  return socket;
}
