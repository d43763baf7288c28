import type { ApiClient } from '../../shared/api/client';
import { API_EVENTS, type ApiEventName, type ApiEvents, CLOSE_TOKEN, SIGN_OF_LIFE_MS } from '../../shared/api/events';
import { ApiError } from '../../shared/api/reply';
import type { RouteInput, RouteName, RouteOutput } from '../../shared/api/routes';
import { backoffMs } from './backoff';
import { dataOf } from './reply-data';

/** What the client hears of a socket. */
export interface SocketHandlers {
  onOpen(): void;
  onMessage(data: unknown): void;
  /** `code`: of the WebSocket's close frame. */
  onClose(code: number): void;
}

/** What the client does with a socket. */
export interface EventSocket {
  send(text: string): void;
  close(): void;
}

export interface WebClientOptions {
  /** `http://127.0.0.1:8089` */
  origin: string;
  token: string;
  fetch(input: string, init: RequestInit): Promise<Response>;
  openSocket(url: string, handlers: SocketHandlers): EventSocket;
}

const AWAY = 'The Nodeswarm server does not answer. It may have been stopped; start it again, then try once more.';
const NO_ACCESS =
  'The server does not know this page. Open the link that it printed when it started: the link holds the key to this session.';

/** A socket that has been open for so long is one that works. */
const STAYS_MS = 500;
/** One that has been silent for so long works no more, though nobody has closed it: two signs of life are missing. */
const SILENT_MS = 2 * SIGN_OF_LIFE_MS + 5_000;

type Listener = (event: never) => void;

/**
 * The API over HTTP (`POST /api/ROUTE` with JSON) and a WebSocket (`/events`; the first message is `{"token"}`, then come
 * `{"event", "data"}`, and signs of life). The socket is opened again by itself, with growing waits, also when it is silent; whether it is
 * open is `online`.
 */
export function createWebClient({ origin, token, fetch, openSocket }: WebClientOptions): ApiClient & { close(): void } {
  const listeners = new Map<ApiEventName, Set<Listener>>();
  const onlineListeners = new Set<(online: boolean) => void>();
  // Until the first try has failed the server counts as there.
  let online = true;
  let awayReason: string | null = null;
  let attempt = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let silence: ReturnType<typeof setTimeout> | undefined;
  let socket: EventSocket | null = null;
  let closed = false;

  /** `reason`: why it is away, where that is known. */
  function setOnline(next: boolean, reason: string | null = null): void {
    if (online === next && awayReason === reason) return;
    online = next;
    awayReason = reason;
    for (const listener of [...onlineListeners]) listener(next);
  }

  function connect(): void {
    const opened = openSocket(`${origin.replace(/^http/, 'ws')}/events`, {
      onOpen() {
        if (socket !== opened) return;
        opened.send(JSON.stringify({ token }));
        // A server that refuses the token lets the socket open and closes it: only one that stays counts.
        timer = setTimeout(settle, STAYS_MS);
      },
      onMessage(data) {
        // Of one that was given up, what comes late is left: the next one reads everything anew.
        if (socket !== opened) return;
        settle();
        listenForLife();
        dispatch(data);
      },
      onClose(code) {
        if (socket === opened) comeAgain(code === CLOSE_TOKEN ? NO_ACCESS : null);
      },
    });
    socket = opened;
    listenForLife();
  }

  function listenForLife(): void {
    clearTimeout(silence);
    silence = setTimeout(() => {
      const silent = socket;
      comeAgain(null);
      silent?.close();
    }, SILENT_MS);
  }

  /** The socket is of no use any more: there will be another one. */
  function comeAgain(reason: string | null): void {
    socket = null;
    clearTimeout(timer);
    clearTimeout(silence);
    if (closed) return;
    setOnline(false, reason);
    timer = setTimeout(connect, backoffMs(attempt++));
  }

  /** The socket works. */
  function settle(): void {
    clearTimeout(timer);
    attempt = 0;
    setOnline(true);
  }

  function dispatch(text: unknown): void {
    const message = readEvent(text);
    if (message === null) return;
    for (const listener of [...(listeners.get(message.event) ?? [])]) listener(message.data as never);
  }

  connect();

  return {
    async call<Name extends RouteName>(name: Name, input: RouteInput<Name>): Promise<RouteOutput<Name>> {
      let response: Response;
      try {
        response = await fetch(`${origin}/api/${name}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
          body: JSON.stringify(input),
        });
      } catch {
        throw new ApiError('unavailable', AWAY);
      }
      if (response.status === 401 || response.status === 403) throw new ApiError('refused', NO_ACCESS);
      let reply: unknown;
      try {
        reply = await response.json();
      } catch {
        throw new ApiError('unavailable', AWAY);
      }
      return dataOf(reply);
    },
    on<Name extends ApiEventName>(name: Name, listener: (event: ApiEvents[Name]) => void) {
      const ofName = listeners.get(name) ?? new Set<Listener>();
      listeners.set(name, ofName);
      ofName.add(listener);
      return () => ofName.delete(listener);
    },
    get online() {
      return online;
    },
    get awayReason() {
      return awayReason;
    },
    onOnlineChange(listener) {
      onlineListeners.add(listener);
      return () => onlineListeners.delete(listener);
    },
    close() {
      closed = true;
      clearTimeout(timer);
      clearTimeout(silence);
      socket?.close();
    },
  };
}

/** An event of the socket; null for what is none. */
function readEvent(text: unknown): { event: ApiEventName; data: unknown } | null {
  if (typeof text !== 'string') return null;
  let message: unknown;
  try {
    message = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof message !== 'object' || message === null || !('event' in message) || !('data' in message)) return null;
  const event = API_EVENTS.find((name) => name === message.event);
  return event ? { event, data: message.data } : null;
}
