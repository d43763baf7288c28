import type { Channel } from '../../transport';
import type { HttpExchange, Origin } from '../http-exchange';
import type { Connection, ConnectionUser } from './connection';
import type { ConnectionPool } from './connection-pool';
import type { WireContext } from './wire-context';

/** A node that borrows a connection of the pool for each request. */
export class PooledChannel implements Channel<HttpExchange>, ConnectionUser {
  private exchange: HttpExchange | null = null;
  private connection: Connection | null = null;

  constructor(
    private readonly context: WireContext,
    private readonly pool: ConnectionPool,
  ) {}

  /** Where the exchange that waits for a connection goes. */
  get wantedOrigin(): Origin {
    return (this.exchange as HttpExchange).origin;
  }

  send(exchange: HttpExchange): void {
    this.exchange = exchange;
    this.pool.request(this);
  }

  /** The pool grants a connection: only now is the exchange sent. */
  granted(connection: Connection, waited: boolean): void {
    const { exchange } = this;
    if (!exchange) return;
    exchange.sentUs = this.context.clock.nowUs();
    if (waited) exchange.grantedUs = exchange.sentUs;
    this.sendOn(connection, exchange);
  }

  abort(): void {
    const { connection } = this;
    this.exchange = null;
    this.connection = null;
    if (!connection) {
      this.pool.withdraw(this);
      return;
    }
    connection.close();
    this.pool.release(connection);
  }

  close(): void {
    this.abort();
  }

  exchangeOver(connection: Connection, exchange: HttpExchange): void {
    this.exchange = null;
    this.connection = null;
    // Those who wait come before this node's next request.
    this.pool.release(connection);
    this.context.deliver(exchange);
  }

  sendAgain(connection: Connection, exchange: HttpExchange): void {
    this.sendOn(this.pool.connect(connection.origin, this), exchange);
  }

  connectionLost(connection: Connection): void {
    this.pool.lost(connection);
  }

  private sendOn(connection: Connection, exchange: HttpExchange): void {
    this.connection = connection;
    connection.user = this;
    connection.send(exchange);
  }
}
