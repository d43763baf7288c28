import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { listen } from '../process/listen';
import { Random } from '../swarm/random';
import { DelayLine, nowUs } from './delay-line';
import { LoginTokens } from './login-tokens';
import { type DemoStats, RequestCounts } from './request-counts';
import { type Answer, findRoute, problem, ROUTES, type RouteContext } from './routes';
import { ServiceQueue } from './service-queue';
import { checkCapacity, checkErrorPercent, checkLatency, drawLatencyUs, type LatencyModel } from './settings';

/** What can be told to the demo backend. */
export interface DemoBackendOptions {
  /** 0, the default, takes any free one. */
  port?: number;
  /** 127.0.0.1 unless told. */
  host?: string;
  /** Time that every answer takes; none unless told. */
  latency?: LatencyModel;
  /** Part of the requests answered with 503, 0 to 100. */
  errorPercent?: number;
  /** Makes it one server with a first-come-first-served queue and this fixed rate. */
  capacityPerSecond?: number;
  /** How many requests the queue holds before it answers 503; 1000 unless told. */
  queueLimit?: number;
  /** Seed of everything that is drawn: latencies, errors, updates. */
  seed?: number;
}

const MAX_BODY_BYTES = 1024 * 1024;
/** Longer than usual pauses of devices, so that their connections stay. */
const KEEP_ALIVE_MS = 120_000;
const LISTEN_BACKLOG = 8192;
const JSON_HEADERS = ['Content-Type', 'application/json', 'Content-Length'] as const;
const ROUTE_NAMES = [...ROUTES.map(({ name }) => name), 'GET /stats'].join(', ');
const BYTES_HEADERS = ['Content-Type', 'application/octet-stream', 'Content-Length'] as const;

/** A small IoT backend to try load tests against: greets, takes data, checks what it gets, and can be slow, faulty or overloaded on request. */
export class DemoBackend implements RouteContext {
  private readonly counts = new RequestCounts();
  private readonly delays = new DelayLine();
  readonly random: Random;
  readonly tokens = new LoginTokens();
  private readonly queue: ServiceQueue | null;
  private readonly latency: LatencyModel | null;
  private readonly errorShare: number;
  private readonly server: Server;

  private constructor(options: DemoBackendOptions) {
    this.latency = options.latency ? checkLatency(options.latency) : null;
    this.errorShare = checkErrorPercent(options.errorPercent ?? 0) / 100;
    this.queue =
      options.capacityPerSecond === undefined
        ? null
        : new ServiceQueue(checkCapacity(options.capacityPerSecond), options.queueLimit ?? 1000);
    this.random = new Random(options.seed ?? 1, 0, 'values');
    this.server = createServer({ keepAlive: true, keepAliveTimeout: KEEP_ALIVE_MS, noDelay: true }, this.receive);
  }

  /** Resolves once it listens. Rejects with `DemoSettingError` when an option makes no sense, with `ListenError` when the port cannot be had. */
  static async start(options: DemoBackendOptions = {}): Promise<DemoBackend> {
    const backend = new DemoBackend(options);
    const port = options.port ?? 0;
    const host = options.host ?? '127.0.0.1';
    await listen(backend.server, { port, host, backlog: LISTEN_BACKLOG });
    return backend;
  }

  /** `http://127.0.0.1:8090` */
  get url(): string {
    const { address, port, family } = this.server.address() as AddressInfo;
    return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
  }

  /** Answers so far, by route. */
  get stats(): DemoStats {
    return this.counts.snapshot();
  }

  /** Closes all connections; answers that were still due are dropped. */
  stop(): Promise<void> {
    this.delays.clear();
    return new Promise((resolve) => {
      this.server.close(() => resolve());
      this.server.closeAllConnections();
    });
  }

  private readonly receive = (request: IncomingMessage, response: ServerResponse): void => {
    const arrivedUs = nowUs();
    if (request.method === 'GET') {
      // A body of a GET means nothing here; it is read so that the connection can go on.
      request.resume();
      this.serve(request, response, arrivedUs, '');
      return;
    }
    const chunks: Buffer[] = [];
    let bytes = 0;
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= MAX_BODY_BYTES) chunks.push(chunk);
    });
    // A body that is too long is read to its end, but not kept: an answer before that could be lost in a reset.
    request.on('end', () => this.serve(request, response, arrivedUs, bytes > MAX_BODY_BYTES ? null : joinText(chunks)));
    request.on('error', () => response.destroy());
  };

  /** `body` is null when it was too long. */
  private serve(request: IncomingMessage, response: ServerResponse, arrivedUs: number, body: string | null): void {
    const target = request.url ?? '/';
    const queryAt = target.indexOf('?');
    const path = queryAt < 0 ? target : target.slice(0, queryAt);
    if (path === '/stats' && request.method === 'GET') {
      send(response, { status: 200, body: JSON.stringify(this.describeState()) });
      return;
    }
    const route = findRoute(path);
    const dueUs = this.leaveAt(arrivedUs);
    let answer: Answer;
    if (dueUs === null) answer = problem(503, `overloaded: ${this.queue?.limit} requests are already waiting`);
    else if (this.random.float() < this.errorShare) answer = problem(503, 'a simulated failure (errors was set)');
    else if (!route) answer = problem(404, `there is no ${path}; this backend has ${ROUTE_NAMES}`);
    else if (route.method !== request.method) {
      answer = { ...problem(405, `${route.path} takes ${route.method}, not ${request.method}`), allow: route.method };
    } else if (body === null) answer = problem(413, `the body is longer than ${MAX_BODY_BYTES} bytes`);
    else {
      const rest = path.slice(route.path.length);
      const query = queryAt < 0 ? '' : target.slice(queryAt + 1);
      answer = route.answer({ rest, query, body, authorization: request.headers.authorization }, this);
    }
    const finish = () => {
      this.counts.add(route && route.method === request.method ? route.name : 'other', answer.status);
      send(response, answer);
    };
    if (dueUs === null || dueUs <= arrivedUs) finish();
    else this.delays.at(dueUs, finish);
  }

  /** When the answer to a request that arrived at `arrivedUs` is due; null when the queue is full. */
  private leaveAt(arrivedUs: number): number | null {
    const servedUs = this.queue ? this.queue.admit(arrivedUs) : arrivedUs;
    if (servedUs === null || !this.latency) return servedUs;
    return servedUs + drawLatencyUs(this.latency, this.random);
  }

  private describeState(): DemoStats & { queue?: { length: number; limit: number } } {
    if (!this.queue) return this.stats;
    return { ...this.stats, queue: { length: this.queue.length(nowUs()), limit: this.queue.limit } };
  }
}

function send(response: ServerResponse, { status, body, allow }: Answer): void {
  if (body === null) {
    response.writeHead(status);
    response.end();
    return;
  }
  const headers: string[] =
    typeof body === 'string' ? [...JSON_HEADERS, String(Buffer.byteLength(body))] : [...BYTES_HEADERS, String(body.length)];
  if (allow) headers.push('Allow', allow);
  response.writeHead(status, headers);
  response.end(body);
}

function joinText(chunks: Buffer[]): string {
  const [first] = chunks;
  if (!first) return '';
  return (chunks.length === 1 ? first : Buffer.concat(chunks)).toString('utf8');
}
