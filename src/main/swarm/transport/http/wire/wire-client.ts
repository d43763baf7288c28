import type { RunClock } from '../../../clock';
import type { TimerWheel } from '../../../schedule/timer-wheel';
import type { SparePools } from '../../../spare-pools';
import type { Channel } from '../../transport';
import type { HttpClient, HttpClientOptions } from '../http-client';
import type { HttpExchange } from '../http-exchange';
import { ConnectionPool } from './connection-pool';
import { NodeChannel } from './node-channel';
import { PooledChannel } from './pooled-channel';
import { WireContext } from './wire-context';

/**
 * HTTP/1.1 over plain and TLS sockets, without pipelining: the hot path of the load generator. It knows no proxies
 * (`HttpClientOptions.proxy` is not looked at) and no HTTP/2. An exchange must be reset before it is sent.
 */
export class WireClient implements HttpClient {
  private readonly context: WireContext;
  private readonly pool: ConnectionPool | null;

  /** Throws when the TLS settings (PEM texts) cannot be used. */
  constructor(options: HttpClientOptions, clock: RunClock, wheel: TimerWheel, spares: SparePools) {
    this.context = new WireContext(options, clock, wheel, spares);
    this.pool = options.connection === 'shared' ? new ConnectionPool(this.context, options.poolSize) : null;
  }

  openChannel(): Channel<HttpExchange> {
    return this.pool ? new PooledChannel(this.context, this.pool) : new NodeChannel(this.context);
  }

  get openSockets(): number {
    return this.context.open.size;
  }

  takeExhausted(): 'files' | 'ports' | null {
    return this.context.takeExhausted();
  }

  /** Closes every socket at once. Exchanges in flight or waiting are given up: their owners hear no more of them. */
  destroy(): void {
    this.pool?.clear();
    for (const connection of this.context.open) connection.close();
  }
}
