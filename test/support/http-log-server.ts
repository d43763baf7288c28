import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as the server saw it. */
export interface LoggedRequest {
  method: string;
  url: string;
  headers: IncomingMessage['headers'];
  body: string;
  /** ms, monotonic. */
  receivedMs: number;
  /** Received to last byte of the answer handed over, ms; 0 while it is being answered. */
  tookMs: number;
}

/** A plain Node HTTP server on loopback that logs what it is sent. */
export class HttpLogServer {
  readonly requests: LoggedRequest[] = [];
  private constructor(
    private readonly server: ReturnType<typeof createServer>,
    readonly url: string,
  ) {}

  /** `answer` sends the response; 200 `ok` unless told. */
  static async start(
    answer: (request: LoggedRequest, response: ServerResponse) => void = (_request, response) => response.end('ok'),
  ) {
    const server = createServer({ keepAliveTimeout: 60_000 });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const log = new HttpLogServer(server, `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    server.on('request', (request, response) => {
      const chunks: Buffer[] = [];
      const receivedMs = performance.now();
      request.on('data', (chunk) => chunks.push(chunk));
      request.on('end', () => {
        const logged: LoggedRequest = {
          method: request.method ?? '',
          url: request.url ?? '',
          headers: request.headers,
          body: Buffer.concat(chunks).toString('utf8'),
          receivedMs,
          tookMs: 0,
        };
        log.requests.push(logged);
        response.on('finish', () => {
          logged.tookMs = performance.now() - receivedMs;
        });
        answer(logged, response);
      });
    });
    return log;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
