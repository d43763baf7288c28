import type { Connection } from './connection';

/** To close a socket takes some 25 us. */
const CLOSED_IN_A_TURN = 10;

/**
 * Connections of nodes that have left, to be closed: a few in each turn of the event loop. When a fleet ends, all of its nodes leave at once, and whoever still waits for an
 * answer must not wait for thousands of sockets to close.
 */
export class LeavingConnections {
  private readonly connections: Connection[] = [];
  private readonly goOn = () => this.closeSome();

  /** Closes a connection soon. Nothing is in flight on it, and it is not used any more. */
  add(connection: Connection): void {
    if (this.connections.push(connection) === 1) setImmediate(this.goOn);
  }

  private closeSome(): void {
    for (let left = CLOSED_IN_A_TURN; left > 0; left--) this.connections.pop()?.close();
    if (this.connections.length > 0) setImmediate(this.goOn);
  }
}
