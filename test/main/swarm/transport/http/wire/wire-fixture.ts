import { RunClock } from '../../../../../../src/main/swarm/clock';
import { TimerWheel } from '../../../../../../src/main/swarm/schedule/timer-wheel';
import { SparePools } from '../../../../../../src/main/swarm/spare-pools';
import type { HttpClientOptions } from '../../../../../../src/main/swarm/transport/http/http-client';
import { HttpExchange } from '../../../../../../src/main/swarm/transport/http/http-exchange';
import { WireClient } from '../../../../../../src/main/swarm/transport/http/wire/wire-client';
import type { Channel, Exchange, ExchangeOwner } from '../../../../../../src/main/swarm/transport/transport';

/** Options of a client that nothing special is asked of. */
export const PLAIN_OPTIONS: HttpClientOptions = {
  connection: 'per-node',
  poolSize: 4,
  mayTest: [],
  keepAlive: true,
  connectTimeoutUs: 5_000_000,
  maxHeaderBytes: 65_536,
  maxBodyBytes: 1_000_000,
  localAddresses: [],
  proxy: null,
  tls: { ca: null, cert: null, key: null, insecure: false, serverName: null },
};

/** A client with a running clock and wheel. */
export class WireFixture {
  readonly clock = new RunClock();
  readonly wheel = new TimerWheel(this.clock);
  readonly client: WireClient;

  constructor(options: Partial<HttpClientOptions> = {}) {
    this.client = new WireClient({ ...PLAIN_OPTIONS, ...options }, this.clock, this.wheel, new SparePools(this.wheel));
    this.wheel.start();
  }

  /** Sends on a channel that is closed afterwards. */
  async once(fields: ExchangeFields): Promise<HttpExchange> {
    const channel = this.client.openChannel();
    const exchange = await sendOn(channel, fields);
    channel.close();
    return exchange;
  }

  destroy(): void {
    this.client.destroy();
    this.wheel.stop();
  }
}

/** What a test sets in an exchange. */
export type ExchangeFields = { port: number } & Partial<
  Pick<HttpExchange, 'method' | 'path' | 'headerLines' | 'body' | 'timeoutUs' | 'capture' | 'expectsStatus'>
> & { hostname?: string; secure?: boolean };

/** Counts how often it is told, and of what. */
export class WaitingOwner implements ExchangeOwner {
  readonly done: Promise<void>;
  calls = 0;
  private resolve: () => void = () => {};

  constructor() {
    this.done = new Promise((resolve) => {
      this.resolve = resolve;
    });
  }

  exchangeDone(_exchange: Exchange): void {
    this.calls++;
    this.resolve();
  }
}

/** An exchange ready to be sent. */
export function exchangeFor({ port, hostname, secure, ...fields }: ExchangeFields, owner: ExchangeOwner): HttpExchange {
  const exchange = new HttpExchange(owner);
  exchange.reset();
  exchange.origin = { secure: secure ?? false, hostname: hostname ?? '127.0.0.1', port };
  exchange.headerLines = 'host: test\r\n';
  exchange.timeoutUs = 20_000_000;
  return Object.assign(exchange, fields);
}

/** Sends, waits until the owner was told, and checks that this was not within `send` and only once. */
export async function sendOn(channel: Channel<HttpExchange>, fields: ExchangeFields): Promise<HttpExchange> {
  const owner = new WaitingOwner();
  const exchange = exchangeFor(fields, owner);
  channel.send(exchange);
  if (owner.calls > 0) throw new Error('the owner was told from within send');
  await owner.done;
  if (owner.calls > 1) throw new Error('the owner was told more than once');
  return exchange;
}
