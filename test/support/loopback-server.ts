import { once } from 'node:events';
import type { AddressInfo, Server, Socket } from 'node:net';
import { TLSSocket } from 'node:tls';

/** Where a server listens: a free port of 127.0.0.1, unless told. */
export interface Place {
  host?: string;
  port?: number;
}

/** A server of any protocol on loopback that knows its open connections, so that it can end with all of them. */
export class LoopbackServer {
  /** Sockets open now; of a TLS connection the one below, too. */
  readonly sockets = new Set<Socket>();

  constructor(private readonly server: Server) {
    server.on('connection', (socket: Socket) => this.track(socket));
    server.on('secureConnection', (socket: Socket) => this.track(socket));
    // A client that refuses the certificate ends the handshake.
    server.on('tlsClientError', () => {});
  }

  /** Resolves to itself once it listens. */
  async listening({ host = '127.0.0.1', port = 0 }: Place = {}): Promise<this> {
    this.server.listen(port, host);
    await once(this.server, 'listening');
    return this;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** The TCP connection that carries a TLS connection; of any other itself. */
  below(socket: Socket): Socket {
    if (!(socket instanceof TLSSocket)) return socket;
    for (const other of this.sockets) {
      if (!(other instanceof TLSSocket) && other.remotePort === socket.remotePort) return other;
    }
    throw new Error('this connection is over');
  }

  /** Ends all connections. */
  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    const closed = once(this.server, 'close');
    this.server.close();
    await closed;
  }

  /** Makes a socket one of those that end with the server. */
  protected track(socket: Socket): void {
    this.sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => this.sockets.delete(socket));
  }
}
