import { createServer as createPlainServer, type Socket } from 'node:net';
import { createServer as createTlsServer, type TlsOptions } from 'node:tls';
import { LoopbackServer, type Place } from './loopback-server';

/** A request as it came over the wire. */
export interface RawRequest {
  method: string;
  path: string;
  /** Request line and headers, without the empty line. */
  head: string;
  body: Buffer;
  /** How many requests came over this connection before. */
  index: number;
  /** The how-manieth connection of the server it came over. */
  connection: number;
}

type Responder = (request: RawRequest, socket: Socket) => void;

/**
 * A server that answers with exactly the bytes that a test wants, on a loopback port of its own. It understands requests only as
 * far as needed to know when one is complete.
 */
export class RawServer extends LoopbackServer {
  readonly requests: RawRequest[] = [];
  /** Connections accepted so far. */
  accepted = 0;

  private constructor(
    private readonly respond: Responder,
    tls: TlsOptions | null,
  ) {
    super(tls ? createTlsServer(tls, (socket) => this.accept(socket)) : createPlainServer((socket) => this.accept(socket)));
  }

  static listen(respond: Responder, { tls, ...place }: Place & { tls?: TlsOptions } = {}): Promise<RawServer> {
    return new RawServer(respond, tls ?? null).listening(place);
  }

  private accept(socket: Socket): void {
    const connection = this.accepted++;
    let index = 0;
    let received = Buffer.alloc(0);
    socket.setNoDelay(true);
    socket.on('data', (chunk) => {
      received = Buffer.concat([received, chunk]);
      for (let request = parse(received); request; request = parse(received)) {
        received = received.subarray(request.bytes);
        const complete = { ...request.request, index: index++, connection };
        this.requests.push(complete);
        this.respond(complete, socket);
      }
    });
  }
}

/** A 200 with a body, on a connection that is kept. */
export function okResponse(body = 'ok'): string {
  return `HTTP/1.1 200 OK\r\ncontent-length: ${Buffer.byteLength(body, 'latin1')}\r\n\r\n${body}`;
}

/** Writes each piece in a turn of the event loop of its own, so that they arrive apart; then closes if told to. */
export function writePieces(socket: Socket, pieces: readonly Buffer[], end: boolean): void {
  const [first, ...rest] = pieces;
  if (first) socket.write(first);
  if (rest.length > 0) setImmediate(() => writePieces(socket, rest, end));
  else if (end) socket.end();
}

function parse(bytes: Buffer): { request: Omit<RawRequest, 'index' | 'connection'>; bytes: number } | null {
  const headEnd = bytes.indexOf('\r\n\r\n');
  if (headEnd < 0) return null;
  const head = bytes.toString('latin1', 0, headEnd);
  const [method = '', path = ''] = head.split(' ', 2);
  const bodyBytes = Number(/\r\ncontent-length: (\d+)/i.exec(head)?.[1] ?? 0);
  const end = headEnd + 4 + bodyBytes;
  if (bytes.length < end) return null;
  return { request: { method, path, head, body: bytes.subarray(headEnd + 4, end) }, bytes: end };
}
