import type { Origin } from '../http-exchange';
import { originText, sameOrigin } from '../origin';
import type { Dialler } from './dial';
import { UndiciConnection } from './undici-connection';

/** Someone who needs a connection. */
export interface ConnectionUser {
  readonly origin: Origin;
  /** Called within `request`, or later when all connections are busy: then it `waited`. */
  granted(connection: UndiciConnection, waited: boolean): void;
}

/** Where channels get connections from. */
export interface ConnectionSource {
  request(user: ConnectionUser): void;
  /** The user no longer waits. */
  withdraw(user: ConnectionUser): void;
  /** The user is done with it; `broken`: nobody may use it again. */
  release(connection: UndiciConnection, broken: boolean): void;
  close(): void;
}

/** One node's own connection to the target, and one more to the last other origin that a redirect led to. */
export class OwnConnection implements ConnectionSource {
  private home: UndiciConnection | null = null;
  private foreign: UndiciConnection | null = null;

  constructor(
    private readonly dialler: Dialler,
    private readonly localAddress: string | undefined,
  ) {}

  request(user: ConnectionUser): void {
    user.granted(this.connectionTo(user.origin), false);
  }

  withdraw(): void {}

  release(connection: UndiciConnection, broken: boolean): void {
    if (!broken && this.dialler.options.keepAlive) return;
    connection.close();
    if (this.home === connection) this.home = null;
    if (this.foreign === connection) this.foreign = null;
  }

  close(): void {
    this.home?.close();
    this.foreign?.close();
    this.home = null;
    this.foreign = null;
  }

  private connectionTo(origin: Origin): UndiciConnection {
    this.home ??= this.open(origin);
    if (sameOrigin(this.home.origin, origin)) return this.home;
    if (this.foreign && !sameOrigin(this.foreign.origin, origin)) {
      this.foreign.close();
      this.foreign = null;
    }
    this.foreign ??= this.open(origin);
    return this.foreign;
  }

  private open(origin: Origin): UndiciConnection {
    return new UndiciConnection(origin, this.dialler, this.localAddress);
  }
}

/**
 * Connections that all nodes share, for each origin at most `poolSize`. One with room takes the next request, so HTTP/2 fills a connection with
 * streams before it opens another; who finds none waits in line.
 */
export class SharedConnections implements ConnectionSource {
  private readonly pools = new Map<string, OriginPool>();

  constructor(private readonly dialler: Dialler) {}

  request(user: ConnectionUser): void {
    const key = originText(user.origin);
    let pool = this.pools.get(key);
    if (!pool) {
      pool = { connections: [], waiting: new Set() };
      this.pools.set(key, pool);
    }
    const connection = this.connectionWithRoom(pool, user.origin);
    if (connection) grant(connection, user, false);
    else pool.waiting.add(user);
  }

  withdraw(user: ConnectionUser): void {
    this.pools.get(originText(user.origin))?.waiting.delete(user);
  }

  release(connection: UndiciConnection, broken: boolean): void {
    connection.running--;
    const pool = this.pools.get(originText(connection.origin));
    if (!pool) return;
    if (broken || !this.dialler.options.keepAlive) {
      connection.close();
      pool.connections = pool.connections.filter((other) => other !== connection);
    }
    for (const user of pool.waiting) {
      const free = this.connectionWithRoom(pool, user.origin);
      if (!free) return;
      pool.waiting.delete(user);
      grant(free, user, true);
    }
  }

  close(): void {
    for (const { connections } of this.pools.values()) for (const connection of connections) connection.close();
    this.pools.clear();
  }

  private connectionWithRoom(pool: OriginPool, origin: Origin): UndiciConnection | null {
    const { poolSize, keepAlive, localAddresses } = this.dialler.options;
    for (const connection of pool.connections) {
      if (connection.running < (keepAlive ? connection.capacity : 1)) return connection;
    }
    if (pool.connections.length === poolSize) return null;
    const localAddress = localAddresses[pool.connections.length % Math.max(localAddresses.length, 1)];
    const connection = new UndiciConnection(origin, this.dialler, localAddress);
    pool.connections.push(connection);
    return connection;
  }
}

interface OriginPool {
  connections: UndiciConnection[];
  /** In order of arrival. */
  waiting: Set<ConnectionUser>;
}

function grant(connection: UndiciConnection, user: ConnectionUser, waited: boolean): void {
  connection.running++;
  user.granted(connection, waited);
}
