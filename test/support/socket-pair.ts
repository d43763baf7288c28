import { once } from 'node:events';
import { connect, createServer, type OnReadOpts, type Socket } from 'node:net';
import { LoopbackServer } from './loopback-server';

/** A plain connection on loopback, seen from both of its ends. */
export interface SocketPair {
  client: Socket;
  accepted: Socket;
  /** Ends both, and the server between. */
  close(): Promise<void>;
}

/** `onread`: how the client reads. `pauseOnConnect`: the accepting end reads nothing until it is resumed. */
export async function connectedPair({
  onread,
  pauseOnConnect = false,
}: {
  onread?: OnReadOpts;
  pauseOnConnect?: boolean;
} = {}): Promise<SocketPair> {
  const listener = createServer({ pauseOnConnect });
  const server = await new LoopbackServer(listener).listening();
  const connection = once(listener, 'connection');
  const client = connect({ port: server.port, host: '127.0.0.1', ...(onread && { onread }) });
  await once(client, 'connect');
  const [accepted] = (await connection) as [Socket];
  return {
    client,
    accepted,
    close: () => {
      client.destroy();
      return server.close();
    },
  };
}
