import type { Origin } from '../http-exchange';
import { sameOrigin } from '../origin';
import { Connection } from './connection';
import type { TlsSessionHolder } from './open-socket';
import type { PooledChannel } from './pooled-channel';
import type { WireContext } from './wire-context';

/** Connections that all nodes share: at most `poolSize`, granted in the order in which they were asked for. */
export class ConnectionPool implements TlsSessionHolder {
  tlsSession: TlsSessionHolder['tlsSession'] = null;
  /** The most recently used one is last, and first to be used again. */
  private readonly idle: Connection[] = [];
  private readonly waiting = new Set<PooledChannel>();
  /** Connections granted and idle. */
  private count = 0;

  constructor(
    private readonly context: WireContext,
    private readonly poolSize: number,
  ) {}

  /** Grants a connection to the channel, at once or when its turn has come. */
  request(channel: PooledChannel): void {
    const connection = this.waiting.size === 0 ? this.find(channel) : null;
    if (connection) channel.granted(connection, false);
    else this.waiting.add(channel);
  }

  /** The channel does not wait any longer. */
  withdraw(channel: PooledChannel): void {
    this.waiting.delete(channel);
  }

  /** Takes back a granted connection, closed or not; those who wait get what is free now. */
  release(connection: Connection): void {
    if (connection.usable) this.idle.push(connection);
    else this.count--;
    for (const channel of this.waiting) {
      const next = this.find(channel);
      if (!next) return;
      this.waiting.delete(channel);
      channel.granted(next, true);
    }
  }

  /** Forgets an idle connection that is closed. */
  lost(connection: Connection): void {
    const index = this.idle.indexOf(connection);
    if (index < 0) return;
    this.idle.splice(index, 1);
    this.count--;
  }

  /** A connection that counts neither as granted nor as idle yet. */
  connect(origin: Origin, channel: PooledChannel): Connection {
    return new Connection(this.context, origin, this, channel);
  }

  /** Forgets everything. */
  clear(): void {
    this.idle.length = 0;
    this.waiting.clear();
    this.count = 0;
  }

  /** An idle connection to the wanted origin, or a new one if the pool has room or an idle one to elsewhere can go. */
  private find(channel: PooledChannel): Connection | null {
    const origin = channel.wantedOrigin;
    const index = this.idle.findLastIndex((connection) => sameOrigin(connection.origin, origin));
    if (index >= 0) return this.idle.splice(index, 1)[0] as Connection;
    if (this.count >= this.poolSize) {
      const displaced = this.idle.shift();
      if (!displaced) return null;
      displaced.close();
      this.count--;
    }
    this.count++;
    return this.connect(origin, channel);
  }
}
