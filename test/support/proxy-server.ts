import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';

/** A small HTTP proxy on a loopback port: forwards plain requests, opens tunnels, and remembers what it was asked. */
export class ProxyServer {
  /** Request targets of plain requests, as received. */
  readonly forwarded: string[] = [];
  /** Authorities of CONNECT requests. */
  readonly tunnels: string[] = [];
  readonly authorizations: (string | undefined)[] = [];
  private readonly server: Server;
  private readonly sockets = new Set<Socket>();

  /** `refuseTunnel`: answer CONNECT with this status instead. */
  private constructor(refuseTunnel: number | null) {
    this.server = createServer((incoming, outgoing) => {
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
    this.server.on('connection', (socket: Socket) => this.track(socket));
    this.server.on('connect', (incoming: IncomingMessage, socket: Socket) => {
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

  static async listen(options: { refuseTunnel?: number } = {}): Promise<ProxyServer> {
    const proxy = new ProxyServer(options.refuseTunnel ?? null);
    proxy.server.listen(0, '127.0.0.1');
    await once(proxy.server, 'listening');
    return proxy;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    const closed = once(this.server, 'close');
    this.server.close();
    await closed;
  }

  private track(socket: Socket): void {
    this.sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => this.sockets.delete(socket));
  }
}
