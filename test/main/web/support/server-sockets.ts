import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { Socket } from 'node:net';
import { onTestFinished } from 'vitest';

/** The server's ends of the connections that are made from now on in this process: whether the server has let go of one. */
export class ServerSockets {
  private readonly byPort = new Map<number, Socket>();

  constructor() {
    const note = (message: unknown) => {
      const { socket } = message as { socket: Socket };
      if (socket.remotePort !== undefined) this.byPort.set(socket.remotePort, socket);
    };
    subscribe('net.server.socket', note);
    onTestFinished(() => {
      unsubscribe('net.server.socket', note);
    });
  }

  /** Resolves once the server has closed its end of a client's connection, whatever the client makes of it. */
  async closed(client: Socket): Promise<void> {
    const end = this.byPort.get(client.localPort ?? 0);
    if (!end) throw new Error('the server has not seen this connection');
    if (!end.closed) await new Promise((resolve) => end.once('close', resolve));
  }
}
