import { setTimeout as sleep } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { createWebClient } from '../../src/renderer/api/web-client';
import type { ApiEventName, ApiEvents } from '../../src/shared/api/events';
import { ApiError } from '../../src/shared/api/reply';
import type { RouteInput, RouteName, RouteOutput } from '../../src/shared/api/routes';

/** Calls that the store could not answer, because its process had just been killed, are made again so often, ms apart. */
const TRIES = 10;
const BETWEEN_TRIES_MS = 500;

/** A browser of the app: the renderer's own client over real HTTP and a real WebSocket. */
export class Browser {
  /** Calls refused because the history was away for a moment. */
  unavailable = 0;
  /** The header that fetches exports. */
  readonly authorization: string;
  private readonly client: ReturnType<typeof createWebClient>;
  private sockets: WebSocket[] = [];

  /** `link`: as `nodeswarm serve` prints it. */
  constructor(link: string) {
    const { origin, searchParams } = new URL(link);
    const token = searchParams.get('token') ?? '';
    this.authorization = `Bearer ${token}`;
    this.client = createWebClient({
      origin,
      token,
      fetch: (input, init) => fetch(input, init),
      openSocket: (url, { onOpen, onMessage, onClose }) => {
        const socket = new WebSocket(url, { origin });
        this.sockets.push(socket);
        socket.on('open', onOpen);
        socket.on('message', (data) => onMessage(String(data)));
        socket.on('error', () => {});
        socket.on('close', (code) => {
          this.sockets = this.sockets.filter((open) => open !== socket);
          onClose(code);
        });
        return socket;
      },
    });
  }

  /** Rejects with an `ApiError` for every answer but that the history is away for a moment. */
  async call<Name extends RouteName>(name: Name, input: RouteInput<Name>): Promise<RouteOutput<Name>> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.client.call(name, input);
      } catch (error) {
        if (!(error instanceof ApiError && error.code === 'unavailable') || attempt === TRIES) throw error;
        this.unavailable++;
        await sleep(BETWEEN_TRIES_MS);
      }
    }
  }

  on<Name extends ApiEventName>(name: Name, listener: (event: ApiEvents[Name]) => void): () => void {
    return this.client.on(name, listener);
  }

  /** Cuts the connection without a word, as a laptop that is closed does. The client opens another one by itself. */
  cut(): void {
    for (const socket of this.sockets) socket.terminate();
  }

  close(): void {
    this.client.close();
  }
}
