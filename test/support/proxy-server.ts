import { createServer, type IncomingMessage, request } from 'node:http';
import { connect, type Socket } from 'node:net';
import { LoopbackServer } from './loopback-server';

/** A small HTTP proxy on a loopback port: forwards plain requests, opens tunnels, and remembers what it was asked. */
export class ProxyServer extends LoopbackServer {
  /** Request targets of plain requests, as received. */
  readonly forwarded: string[] = [];
  /** Authorities of CONNECT requests. */
  readonly tunnels: string[] = [];
  readonly authorizations: (string | undefined)[] = [];

  /** `refuseTunnel`: answer CONNECT with this status instead. */
  private constructor(refuseTunnel: number | null) {
    const server = createServer((incoming, outgoing) => {
      this.forwarded.push(incoming.url ?? '');
      this.authorizations.push(incoming.headers['proxy-authorization']);
      const { 'proxy-authorization': _dropped, ...headers } = incoming.headers;
      const onward = request(incoming.url ?? '', { method: incoming.method, headers }, (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
        answer.pipe(outgoing);
      });
      onward.on('error', () => outgoing.writeHead(502).end());
      incoming.pipe(onward);
    });
    super(server);
    server.on('connect', (incoming: IncomingMessage, socket: Socket) => {
      this.tunnels.push(incoming.url ?? '');
      this.authorizations.push(incoming.headers['proxy-authorization']);
      if (refuseTunnel !== null) {
        socket.end(`HTTP/1.1 ${refuseTunnel} Refused\r\ncontent-length: 0\r\n\r\n`);
        return;
      }
      const [host, port] = (incoming.url ?? '').split(':');
      const onward = connect(Number(port), host, () => {
        socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
        onward.pipe(socket);
        socket.pipe(onward);
      });
      this.track(onward);
      onward.on('error', () => socket.destroy());
      socket.on('error', () => onward.destroy());
    });
  }

  static listen(options: { refuseTunnel?: number } = {}): Promise<ProxyServer> {
    return new ProxyServer(options.refuseTunnel ?? null).listening();
  }
}
