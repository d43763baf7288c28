import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createSecureServer, type Http2ServerRequest, type Http2ServerResponse } from 'node:http2';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Server, Socket } from 'node:net';
import { RunClock } from '../../../../../src/main/swarm/clock';
import type { ShardPlan } from '../../../../../src/main/swarm/messages';
import { TimerWheel } from '../../../../../src/main/swarm/schedule/timer-wheel';
import { NodeTypeProgram } from '../../../../../src/main/swarm/template/program';
import type { Scope } from '../../../../../src/main/swarm/template/scope';
import type { HttpExchange } from '../../../../../src/main/swarm/transport/http/http-exchange';
import { HttpTransport } from '../../../../../src/main/swarm/transport/http/http-transport';
import type { Channel, CompiledRequest, Exchange } from '../../../../../src/main/swarm/transport/transport';
import {
  type RequestStep,
  type ScenarioDocument,
  scenarioSchema,
  type Variable,
} from '../../../../../src/shared/scenario/schema';
import type { KeyPair } from '../../../../support/certificates';

/** A request as the server saw it. */
export interface SeenRequest {
  method: string;
  url: string;
  httpVersion: string;
  headers: Record<string, string | string[] | undefined>;
  rawHeaders: string[];
  body: Buffer;
  /** The how-manieth connection of the server it came over, from 0. */
  connection: number;
}

/** What a test server answers; a function that returns null answers by itself, or not at all. */
export interface Answer {
  status?: number;
  headers?: Record<string, string | string[]>;
  body?: string | Buffer;
}
export type Respond = (seen: SeenRequest, response: ServerResponse) => Answer | null | Promise<Answer | null>;

/** A real node server on a loopback port. */
export interface TestServer {
  url: string;
  port: number;
  seen: SeenRequest[];
  /** Connections accepted so far. */
  readonly connections: number;
  close(): Promise<void>;
}

export interface ServerOptions {
  kind: 'http' | 'https' | 'h2';
  pair?: KeyPair;
}

export async function startServer(respond: Respond, { kind, pair }: ServerOptions = { kind: 'http' }): Promise<TestServer> {
  const seen: SeenRequest[] = [];
  const sockets = new Set<Socket>();
  /** Numbers of connections, by socket or HTTP/2 session. */
  const numbers = new WeakMap<object, number>();
  let connections = 0;
  const handle = async (request: IncomingMessage | Http2ServerRequest, response: ServerResponse | Http2ServerResponse) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const carrier = kind === 'h2' ? (request as Http2ServerRequest).stream.session : request.socket;
    const one: SeenRequest = {
      method: request.method ?? '',
      url: request.url ?? '',
      httpVersion: request.httpVersion,
      headers: request.headers,
      rawHeaders: request.rawHeaders,
      body: Buffer.concat(chunks),
      connection: (carrier && numbers.get(carrier)) ?? -1,
    };
    seen.push(one);
    const answer = await respond(one, response as ServerResponse);
    if (!answer) return;
    response.statusCode = answer.status ?? 200;
    for (const [name, value] of Object.entries(answer.headers ?? {})) response.setHeader(name, value);
    (response as ServerResponse).end(answer.body ?? '');
  };
  const server = createNodeServer(kind, pair, (request, response) => void handle(request, response).catch(() => {}));
  server.on(kind === 'http' ? 'connection' : 'secureConnection', (socket: Socket) => {
    sockets.add(socket);
    if (kind !== 'h2') numbers.set(socket, connections++);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
  });
  server.on('session', (session: object) => numbers.set(session, connections++));
  server.on('tlsClientError', () => {});
  server.on('sessionError', () => {});
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `${kind === 'http' ? 'http' : 'https'}://127.0.0.1:${port}`,
    port,
    seen,
    get connections() {
      return connections;
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      const closed = once(server, 'close');
      server.close();
      await closed;
    },
  };
}

type Handler = (request: IncomingMessage | Http2ServerRequest, response: ServerResponse | Http2ServerResponse) => void;

function createNodeServer(kind: ServerOptions['kind'], pair: KeyPair | undefined, handler: Handler): Server {
  if (kind === 'h2') return createSecureServer({ ...pair }, handler);
  return kind === 'https' ? createTlsServer({ ...pair }, handler) : createServer(handler);
}

export type RequestInput = NonNullable<NonNullable<ScenarioDocument['nodeTypes'][0]['onStart']>[0]['request']>;

export interface RigOptions {
  target: ScenarioDocument['target'];
  /** Steps that the scenario holds besides those sent; decides whether channels follow redirects. */
  requests?: RequestInput[];
  variables?: Variable[];
  secrets?: Record<string, string>;
  pem?: Record<string, string>;
  mayTest?: string[];
  shard?: number;
  shardCount?: number;
}

/** A transport with all that a node of it needs, for tests that send single requests. */
export class HttpRig {
  readonly transport: HttpTransport;
  readonly program: NodeTypeProgram;
  readonly clock = new RunClock();
  readonly wheel = new TimerWheel(this.clock);

  constructor(options: RigOptions) {
    const nodeType = {
      name: 'node',
      variables: options.variables ?? [],
      onStart: (options.requests ?? []).map((request) => ({ request })),
    };
    const scenario = scenarioSchema.parse({
      nodeswarm: 1,
      name: 'test',
      target: options.target,
      load: { nodes: 1, spawnRate: 1 },
      nodeTypes: [nodeType],
    });
    const plan: ShardPlan = {
      scenario,
      seed: 1,
      shard: options.shard ?? 0,
      shardCount: options.shardCount ?? 1,
      load: [],
      durationSeconds: null,
      stopTimeoutSeconds: 1,
      maxRequestsPerSecond: null,
      mayTest: options.mayTest ?? [],
      csv: {},
      secrets: options.secrets ?? {},
      pem: options.pem ?? {},
    };
    this.wheel.start();
    const [type] = scenario.nodeTypes;
    if (!type) throw new Error('no node type');
    this.program = new NodeTypeProgram(type, { seed: 1, csv: {}, secrets: plan.secrets, fleetSize: 1 });
    this.transport = new HttpTransport(plan, this.clock, this.wheel);
  }

  compile(request: RequestInput): CompiledRequest<HttpExchange> {
    const { nodeTypes } = scenarioSchema.parse({
      nodeswarm: 1,
      name: 'test',
      target: { baseUrl: 'http://127.0.0.1' },
      load: { nodes: 1, spawnRate: 1 },
      nodeTypes: [{ name: 'node', onStart: [{ request }] }],
    });
    const step = nodeTypes[0]?.onStart[0]?.request as RequestStep;
    return this.transport.compileRequest(step, this.program);
  }

  openNode(index = 0): TestNode {
    return new TestNode(this, index);
  }

  /** Sends one request from a node of its own. */
  async send(request: RequestInput): Promise<Sent> {
    const compiled = this.compile(request);
    const node = this.openNode();
    try {
      return await node.send(compiled);
    } finally {
      node.channel.close();
    }
  }

  close(): void {
    this.transport.destroy();
    this.wheel.stop();
  }
}

/** What came of a request. */
export interface Sent {
  exchange: HttpExchange;
  scope: Scope;
  compiled: CompiledRequest<HttpExchange>;
}

/** A node that sends requests one after the other. */
export class TestNode {
  readonly channel: Channel<HttpExchange>;
  readonly exchange: HttpExchange;
  private readonly scope: Scope;
  private done: ((exchange: Exchange) => void) | null = null;

  constructor(rig: HttpRig, index: number) {
    this.scope = rig.program.createScope(index);
    this.channel = rig.transport.openChannel(index);
    this.exchange = rig.transport.takeExchange({
      exchangeDone: (exchange) => {
        const { done } = this;
        if (!done) throw new Error('exchangeDone was called twice, or from within send');
        this.done = null;
        done(exchange);
      },
    });
  }

  /** Prepares, sends and judges; extraction is left to the test. */
  async send(compiled: CompiledRequest<HttpExchange>): Promise<Sent> {
    compiled.prepare(this.exchange, this.scope);
    this.channel.send(this.exchange);
    await new Promise<Exchange>((resolve) => {
      this.done = resolve;
    });
    compiled.judge(this.exchange);
    return { exchange: this.exchange, scope: this.scope, compiled };
  }
}
