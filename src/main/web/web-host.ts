import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, isIPv6, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { errorTrace } from '../../shared/text/error-text';
import type { Api } from '../api/api';
import { listen } from '../process/listen';
import { Access, isLoopback, newToken, type Refusal } from './access';
import { answerApiRequest, refuse } from './api-requests';
import { DOWNLOADS_PATH, type Downloads } from './downloads';
import { EventSockets, refuseUpgrade } from './event-sockets';
import { WEB_SAFETY_HEADERS, webContentPolicy } from './safety-headers';
import { StaticFiles } from './static-files';

/** What a slow client may take. */
export interface WebLimits {
  /** A whole request, ms. */
  requestMs: number;
  /** The head of a request, ms. */
  headMs: number;
  /** A connection between two requests, ms. */
  idleMs: number;
  /** An answer that lies ready and of which nothing is taken, ms. */
  unreadMs: number;
  /** How often it is looked whether a request takes too long, ms. */
  checkEveryMs: number;
  /** What a client of the events may be behind, bytes. */
  unsentEventBytes: number;
}

const LIMITS: WebLimits = {
  requestMs: 120_000,
  headMs: 10_000,
  idleMs: 10_000,
  unreadMs: 120_000,
  checkEveryMs: 5_000,
  unsentEventBytes: 32 * 1024 * 1024,
};

export interface WebHostOptions {
  api: Api;
  /** Exports that browsers fetch; closed by whoever made it. */
  downloads: Downloads;
  /** The renderer's build. */
  rendererFolder: string;
  /** 0 takes any free one. */
  port: number;
  /** Name or address to bind to. */
  host: string;
  /** Must be set for a host that other machines can reach. */
  allowRemote?: boolean;
  limits?: Partial<WebLimits>;
  /** A line for whoever runs the program: what went wrong unexpectedly. */
  onLog: (line: string) => void;
}

/** The browser host cannot be started. The message is one sentence for the user. */
export class WebHostError extends Error {
  override name = 'WebHostError';
}

const REFUSALS: Record<Refusal, { status: number; message: string }> = {
  host: { status: 403, message: 'This address is not the one of the server: open the link that it printed when it started.' },
  origin: { status: 403, message: 'Pages of other sites may not use this server.' },
  token: { status: 401, message: 'The token is missing or wrong: open the link that the server printed when it started.' },
};

/**
 * The browser host: the renderer's files, the API (`POST /api/ROUTE`) and its events (WebSocket `/events`) on one port. All of it is for
 * those who know the token only.
 */
export class WebHost {
  private readonly server: Server;
  private readonly files: StaticFiles;
  private readonly token = newToken();
  private access: Access;
  private readonly sockets: EventSockets;

  private constructor(
    private readonly options: WebHostOptions,
    server: Server,
  ) {
    this.server = server;
    this.files = new StaticFiles(options.rendererFolder);
    this.access = new Access(this.token, options.host, this.port);
    this.sockets = new EventSockets(options.api, this.access, limitsOf(options).unsentEventBytes);
    server.on('request', (request, response) => void this.answer(request, response));
    server.on('upgrade', (request, socket, head) => this.upgrade(request, socket, head));
  }

  /** Resolves once it listens. Rejects with `WebHostError` or `ListenError`. */
  static async start(options: WebHostOptions): Promise<WebHost> {
    const { host, port, allowRemote } = options;
    if (!isLoopback(host) && !allowRemote) {
      throw new WebHostError(
        `${host} can be reached from other machines, and anyone who has the link can start load tests from this one: add --allow-remote if you want that`,
      );
    }
    const limits = limitsOf(options);
    const server = createServer({
      requestTimeout: limits.requestMs,
      headersTimeout: limits.headMs,
      keepAliveTimeout: limits.idleMs,
      connectionsCheckingInterval: limits.checkEveryMs,
    });
    // A connection on which nothing moves: see `cutOffUnread`.
    server.setTimeout(limits.unreadMs);
    await listen(server, { host, port });
    return new WebHost(options, server);
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** `http://127.0.0.1:8089`; for a server bound to every address, that of this machine as it sees itself. */
  get url(): string {
    const { address } = this.server.address() as AddressInfo;
    const reached = address === '0.0.0.0' ? '127.0.0.1' : address === '::' ? '::1' : address;
    return `http://${isIPv6(reached) ? `[${reached}]` : reached}:${this.port}`;
  }

  /** What to open in a browser. The page takes the token out of the address at once and sends no referrer. */
  get link(): string {
    return `${this.url}/?token=${this.token}`;
  }

  /** Closes all connections. */
  close(): Promise<void> {
    this.sockets.close();
    return new Promise((resolve) => {
      this.server.close(() => resolve());
      // What was said to browsers about the end may still be on its way.
      setTimeout(() => this.server.closeAllConnections(), 100);
    });
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    // A client that goes away in mid-answer is no trouble of this server.
    request.on('error', () => {});
    response.on('error', () => {});
    response.on('timeout', cutOffUnread);
    try {
      await this.route(request, response);
    } catch (error) {
      // Who has gone away is answered no more, and what is half sent can only be cut off.
      if (response.destroyed || response.headersSent) {
        response.destroy();
        return;
      }
      // Without the query, which may hold the token.
      const [path] = (request.url ?? '').split('?');
      this.options.onLog(`${request.method} ${path} could not be answered: ${errorTrace(error)}`);
      refuse(response, 500, 'internal', 'The server could not answer; try again.');
    }
  }

  private async route(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const refusal = this.access.refusalOf(request);
    if (refusal) {
      reject(response, refusal);
      return;
    }
    const [path = '/', query = ''] = (request.url ?? '/').split(/\?(.*)/s);
    if (path.startsWith('/api/')) {
      if (request.method !== 'POST') refuse(response, 405, 'invalid-input', 'The API takes POST requests.');
      else if (!this.access.isAuthorized(request)) reject(response, 'token');
      else await answerApiRequest(this.options.api, path.slice('/api/'.length), request, response);
      return;
    }
    const given = path === '/' ? new URLSearchParams(query).get('token') : null;
    // A link of an earlier server is none to this one's page either, whatever cookie comes with it: the page would take that token.
    if (given === null ? !this.access.mayHaveFiles(request) : !this.access.isToken(given)) {
      rejectPage(request, response);
      return;
    }
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      refuse(response, 405, 'invalid-input', 'Files can be read only.');
      return;
    }
    if (path.startsWith(DOWNLOADS_PATH)) {
      const found = request.method === 'GET' && (await this.options.downloads.serve(path.slice(DOWNLOADS_PATH.length), response));
      if (!found) refuse(response, 404, 'not-found', 'This file has been fetched or has waited too long; export it again.');
      return;
    }
    const setCookie = given === null ? undefined : this.access.setCookie;
    if (!(await this.files.serve(request, response, setCookie))) refuse(response, 404, 'not-found', 'There is no such file.');
  }

  private upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.on('error', () => socket.destroy());
    const refusal = this.access.refusalOf(request);
    if (refusal === null && request.url === '/events') this.sockets.accept(request, socket, head);
    else refuseUpgrade(socket, refusal ? '403 Forbidden' : '404 Not Found');
  }
}

function limitsOf({ limits }: WebHostOptions): WebLimits {
  return { ...LIMITS, ...limits };
}

/**
 * On a connection on which nothing has moved for a while: ends it when an answer lies ready and is not taken. One whose answer is still being
 * worked out stays; without this listener Node would end that, too.
 */
function cutOffUnread(socket: Socket): void {
  if (socket.writableLength > 0) socket.destroy();
}

/** To who opens the address without its token, in a browser: the sentence, as text. */
function rejectPage(request: IncomingMessage, response: ServerResponse): void {
  const { status, message } = REFUSALS.token;
  response.shouldKeepAlive = false;
  response.writeHead(status, {
    ...WEB_SAFETY_HEADERS,
    'content-security-policy': webContentPolicy(request.headers.host ?? ''),
    'content-type': 'text/plain; charset=utf-8',
    'cache-control': 'no-store',
  });
  response.end(`${message}\n`);
}

function reject(response: ServerResponse, refusal: Refusal): void {
  const { status, message } = REFUSALS[refusal];
  refuse(response, status, 'refused', message);
}
