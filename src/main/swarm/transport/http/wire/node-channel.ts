import type { Channel } from '../../transport';
import type { HttpExchange, Origin } from '../http-exchange';
import { sameOrigin } from '../origin';
import { Connection, type ConnectionUser } from './connection';
import type { TlsSessionHolder } from './open-socket';
import type { WireContext } from './wire-context';

/**
 * A node with a connection of its own to the target, opened at the first request and kept. For where redirects lead it keeps one
 * more, to the last other origin.
 */
export class NodeChannel implements Channel<HttpExchange>, ConnectionUser, TlsSessionHolder {
  tlsSession: TlsSessionHolder['tlsSession'] = null;
  /** The origin of the first request: the target. */
  private home: Origin | null = null;
  private homeConnection: Connection | null = null;
  private foreignConnection: Connection | null = null;
  /** The connection of the exchange in flight. */
  private busy: Connection | null = null;

  constructor(private readonly context: WireContext) {}

  send(exchange: HttpExchange): void {
    exchange.sentUs = this.context.clock.nowUs();
    this.sendOn(this.connectionTo(exchange.origin), exchange);
  }

  abort(): void {
    const { busy } = this;
    if (!busy) return;
    busy.close();
    this.forget(busy);
  }

  close(): void {
    this.abort();
    const { leaving } = this.context;
    if (this.homeConnection) leaving.add(this.homeConnection);
    if (this.foreignConnection) leaving.add(this.foreignConnection);
    this.homeConnection = null;
    this.foreignConnection = null;
  }

  exchangeOver(connection: Connection, exchange: HttpExchange): void {
    this.busy = null;
    if (!connection.usable) this.forget(connection);
    this.context.deliver(exchange);
  }

  sendAgain(connection: Connection, exchange: HttpExchange): void {
    this.forget(connection);
    this.sendOn(this.connectionTo(exchange.origin), exchange);
  }

  connectionLost(connection: Connection): void {
    this.forget(connection);
  }

  private sendOn(connection: Connection, exchange: HttpExchange): void {
    this.busy = connection;
    connection.send(exchange);
  }

  private connectionTo(origin: Origin): Connection {
    this.home ??= origin;
    if (sameOrigin(this.home, origin)) {
      this.homeConnection ??= new Connection(this.context, origin, this, this);
      return this.homeConnection;
    }
    if (this.foreignConnection && !sameOrigin(this.foreignConnection.origin, origin)) {
      this.foreignConnection.close();
      this.foreignConnection = null;
    }
    this.foreignConnection ??= new Connection(this.context, origin, this, this);
    return this.foreignConnection;
  }

  private forget(connection: Connection): void {
    if (this.busy === connection) this.busy = null;
    if (this.homeConnection === connection) this.homeConnection = null;
    if (this.foreignConnection === connection) this.foreignConnection = null;
  }
}
