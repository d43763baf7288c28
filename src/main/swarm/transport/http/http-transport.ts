import type { RequestStep, Scenario } from '../../../../shared/scenario/schema';
import { stepsOf } from '../../../../shared/scenario/series';
import type { RunClock } from '../../clock';
import type { ShardPlan } from '../../messages';
import type { TimerWheel } from '../../schedule/timer-wheel';
import { type SparePool, SparePools } from '../../spare-pools';
import type { NodeTypeProgram } from '../../template/program';
import type { Channel, CompiledRequest, ExchangeOwner, Transport } from '../transport';
import { NodeCookies } from './cookie-jar';
import { HttpChannel } from './http-channel';
import type { HttpClient, HttpClientOptions } from './http-client';
import { HttpExchange } from './http-exchange';
import { compileHttpRequest } from './http-request';
import { SecretMask } from './secret-mask';
import { UndiciClient } from './undici/undici-client';
import { WireClient } from './wire/wire-client';

/**
 * HTTP as a transport: the client that the scenario's target picks, with redirects and cookies above it for the nodes that need them.
 * Everything else has the client's own channels, with nothing in between.
 */
export class HttpTransport implements Transport<HttpExchange> {
  /** Hides the plan's secrets and the target's credentials. */
  readonly mask: SecretMask;
  private readonly client: HttpClient;
  private readonly plan: ShardPlan;
  private readonly followsRedirects: boolean;
  private readonly takesBytes: boolean;
  private readonly spares: SparePools;
  private readonly freeExchanges: SparePool<HttpExchange>;

  /** Throws an Error with one sentence when the target cannot be served (HTTP/2 without TLS). */
  constructor(plan: ShardPlan, clock: RunClock, wheel: TimerWheel) {
    this.plan = plan;
    this.mask = new SecretMask([...Object.values(plan.secrets), ...passwordOf(plan.scenario.target.proxy)]);
    this.spares = new SparePools(wheel, longestPeriodSeconds(plan.scenario));
    this.freeExchanges = this.spares.create();
    this.client = createClient(plan, clock, wheel, this.spares);
    this.followsRedirects = anyRedirectFollowed(plan.scenario);
    const { baseUrl, keepAlive, cookies } = plan.scenario.target;
    const isPlain = new URL(baseUrl).protocol === 'http:';
    // Cookies change the head. Without keep-alive to connect takes so much longer that it would be no use.
    this.takesBytes = this.client instanceof WireClient && isPlain && keepAlive && !cookies;
  }

  get openSockets(): number {
    return this.client.openSockets;
  }

  takeExchange(owner: ExchangeOwner): HttpExchange {
    const exchange = this.freeExchanges.take();
    if (exchange === undefined) return new HttpExchange(owner);
    exchange.owner = owner;
    return exchange;
  }

  giveBack(exchange: HttpExchange): void {
    exchange.release();
    // A node that is gone must not live on in it.
    exchange.owner = NOBODY;
    this.freeExchanges.giveBack(exchange);
  }

  openChannel(nodeIndex: number): Channel<HttpExchange> {
    const channel = this.client.openChannel(nodeIndex);
    const { cookies } = this.plan.scenario.target;
    if (!cookies && !this.followsRedirects) return channel;
    return new HttpChannel(channel, cookies ? new NodeCookies() : null, this.mask);
  }

  /** Throws an Error with one sentence when the step cannot be carried out. */
  compileRequest(step: RequestStep, program: NodeTypeProgram): CompiledRequest<HttpExchange> {
    const buffers = this.takesBytes ? this.spares : null;
    return compileHttpRequest(step, { target: this.plan.scenario.target, mask: this.mask, buffers, program });
  }

  /** A log line or message with every secret of the run replaced. */
  maskSecrets(text: string): string {
    return this.mask.maskSecrets(text);
  }

  takeExhausted(): 'files' | 'ports' | null {
    return this.client.takeExhausted();
  }

  destroy(): void {
    this.client.destroy();
  }
}

const NOBODY: ExchangeOwner = { exchangeDone: () => {} };

/** The password within the URL of a proxy, if there is one. */
function passwordOf(proxy: string | undefined): string[] {
  const password = proxy === undefined ? '' : (URL.parse(proxy)?.password ?? '');
  return password === '' ? [] : [password, decodeURIComponent(password)];
}

function createClient(plan: ShardPlan, clock: RunClock, wheel: TimerWheel, spares: SparePools): HttpClient {
  const { target } = plan.scenario;
  const options = clientOptions(plan);
  if (target.http !== '2' && options.proxy === null) return new WireClient(options, clock, wheel, spares);
  if (target.http === '2' && new URL(target.baseUrl).protocol === 'http:') {
    throw new Error(`HTTP/2 needs an https target, but baseUrl is ${target.baseUrl}: use https, or set "http" to "1.1".`);
  }
  return new UndiciClient({ ...options, http2: target.http === '2' }, clock, wheel);
}

function clientOptions({ scenario: { target }, pem, shard, shardCount, mayTest }: ShardPlan): HttpClientOptions {
  const pemOf = (file: string | undefined): string | null => {
    if (file === undefined) return null;
    const text = pem[file];
    if (text === undefined) throw new Error(`The PEM file "${file}" is not part of the run.`);
    return text;
  };
  return {
    connection: target.connection,
    poolSize: poolShare(target.poolSize, shard, shardCount),
    keepAlive: target.keepAlive,
    connectTimeoutUs: Math.round(target.connectTimeoutMs * 1000),
    maxHeaderBytes: target.maxHeaderBytes,
    maxBodyBytes: target.maxBodyBytes,
    localAddresses: target.localAddresses,
    proxy: target.proxy ?? null,
    mayTest,
    tls: {
      ca: pemOf(target.tls.caFile),
      cert: pemOf(target.tls.certFile),
      key: pemOf(target.tls.keyFile),
      insecure: target.tls.insecure,
      serverName: target.tls.serverName ?? null,
    },
  };
}

/** How far apart the slots of nodes with a grid are at the most; 0: no node has one. */
function longestPeriodSeconds({ nodeTypes }: Scenario): number {
  const periods = nodeTypes.map(({ wait }) =>
    wait.kind === 'pacing' ? wait.seconds : wait.kind === 'throughput' ? 1 / wait.perSecond : 0,
  );
  return Math.max(0, ...periods);
}

/** This shard's part of a pool: the first shards get one more when it does not divide evenly, and each has at least one. */
function poolShare(poolSize: number, shard: number, shardCount: number): number {
  return Math.max(1, Math.floor(poolSize / shardCount) + (shard < poolSize % shardCount ? 1 : 0));
}

function anyRedirectFollowed(scenario: Scenario): boolean {
  for (const { request } of stepsOf(scenario)) {
    if (request && request.followRedirects !== false && request.followRedirects !== 0) return true;
  }
  return false;
}
