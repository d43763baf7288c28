import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocket, WebSocketServer } from 'ws';
import { API_EVENTS, CLOSE_TOKEN, SIGN_OF_LIFE_MS } from '../../shared/api/events';
import type { Api } from '../api/api';
import type { Access } from './access';

/** Time to say the token, ms. */
const TOKEN_WITHIN_MS = 5_000;
const MAX_SOCKETS = 100;
/** Of those, so many may be there that have not said the token yet. */
const MAX_STRANGERS = 20;
/** The one message that comes in holds a token. */
const LARGEST_MESSAGE_BYTES = 1024;

/** Close codes: more than the token came; the server ends. */
const CLOSE_MESSAGE = 1008;
const CLOSE_GOING = 1001;

/**
 * Events of the API to browsers over WebSocket: the first message in is `{"token"}`, from then on `{"event", "data"}` goes out, and `{}` as
 * a sign of life; nothing more is taken in.
 */
export class EventSockets {
  private readonly server = new WebSocketServer({
    noServer: true,
    maxPayload: LARGEST_MESSAGE_BYTES,
    perMessageDeflate: false,
    clientTracking: true,
  });
  private readonly listeners = new Set<WebSocket>();
  /** Who has not said the token yet, oldest first. */
  private readonly strangers = new Set<WebSocket>();
  private readonly alive = new WeakSet<WebSocket>();
  private readonly stopListening: (() => void)[];
  private readonly heartbeat: NodeJS.Timeout;

  constructor(
    api: Api,
    private readonly access: Access,
    /** What a client may be behind. One that is slower is cut off; it comes again and loads what it missed. */
    private readonly mostUnsentBytes: number,
  ) {
    this.stopListening = API_EVENTS.map((name) => api.on(name, (data) => this.broadcast(name, data)));
    this.heartbeat = setInterval(() => this.checkLife(), SIGN_OF_LIFE_MS);
  }

  /** Takes over a connection whose Host and Origin have been checked. */
  accept(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    if (this.listeners.size >= MAX_SOCKETS) {
      refuseUpgrade(socket, '503 Service Unavailable');
      return;
    }
    // Whoever knows the token says it at once. Those who say nothing must not keep others out.
    const [oldest] = this.strangers;
    if (oldest && this.strangers.size >= MAX_STRANGERS) {
      this.strangers.delete(oldest);
      oldest.terminate();
    }
    this.server.handleUpgrade(request, socket, head, (client) => this.greet(client));
  }

  close(): void {
    clearInterval(this.heartbeat);
    for (const stop of this.stopListening) stop();
    for (const client of this.server.clients) client.close(CLOSE_GOING, 'the server ends');
    this.server.close();
  }

  private greet(client: WebSocket): void {
    const timer = setTimeout(() => client.close(CLOSE_TOKEN, 'no token'), TOKEN_WITHIN_MS);
    this.alive.add(client);
    this.strangers.add(client);
    client.on('pong', () => this.alive.add(client));
    // What is wrong with a connection ends it; there is nobody to tell.
    client.on('error', () => client.terminate());
    client.on('close', () => {
      clearTimeout(timer);
      this.listeners.delete(client);
      this.strangers.delete(client);
    });
    client.once('message', (message) => {
      clearTimeout(timer);
      const token = tokenIn(String(message));
      if (token === null || !this.access.isToken(token)) {
        client.close(CLOSE_TOKEN, 'wrong token');
        return;
      }
      this.strangers.delete(client);
      this.listeners.add(client);
      client.on('message', () => client.close(CLOSE_MESSAGE, 'nothing but the token is expected'));
    });
  }

  private broadcast(event: string, data: unknown): void {
    if (this.listeners.size === 0) return;
    const message = JSON.stringify({ event, data });
    for (const client of this.listeners) {
      if (client.bufferedAmount > this.mostUnsentBytes) client.terminate();
      else if (client.readyState === WebSocket.OPEN) client.send(message);
    }
  }

  /** Asks for a sign of life and gives one; who has given none since the last time is gone. */
  private checkLife(): void {
    for (const client of this.server.clients) {
      if (!this.alive.delete(client)) client.terminate();
      else {
        client.ping();
        if (this.listeners.has(client)) client.send('{}');
      }
    }
  }
}

/** Says no and closes, also where the other side never would. */
export function refuseUpgrade(socket: Duplex, status: string): void {
  socket.once('finish', () => socket.destroy());
  socket.end(`HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
}

function tokenIn(message: string): string | null {
  try {
    const parsed: unknown = JSON.parse(message);
    if (typeof parsed !== 'object' || parsed === null || !('token' in parsed)) return null;
    return typeof parsed.token === 'string' ? parsed.token : null;
  } catch {
    return null;
  }
}
