import type { Socket } from 'node:net';
import type { TlsOptions } from 'node:tls';
import { gzipSync } from 'node:zlib';
import { faultOfPath } from './fault-run';
import { okResponse, type RawRequest, RawServer } from './raw-server';
import { writeEndlessly } from './write-endlessly';

const MEGABYTE = 1024 * 1024;
/** Where what is called endless ends, so that a client that does not defend itself fails a test and not the machine. */
const ENDLESS_BYTES = 256 * MEGABYTE;
/** What a client that is told too much may still let a server write: what fits into both sockets' buffers, generously. */
export const SOCKET_BUFFER_BYTES = 32 * MEGABYTE;
/** Bytes of a body that is large and honest. */
export const HUGE_BODY_BYTES = 320 * MEGABYTE;
/** Chunks of one byte each. */
export const TINY_CHUNKS = MEGABYTE / 2;

/** What a backend does with a request; `written` counts what the client let it send; `below` is the TCP connection, under TLS where there is any. */
type Fault = (socket: Socket, request: RawRequest, written: (bytes: number) => void, below: Socket) => void;

const KEPT = 'HTTP/1.1 200 OK\r\n';
const CHUNKED = `${KEPT}transfer-encoding: chunked\r\n\r\n`;

function says(bytes: string | Buffer): Fault {
  return (socket) => socket.write(typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes);
}

/** Says something, and in a later turn of the event loop breaks the connection. */
function saysThen(bytes: string, breakOff: (socket: Socket, below: Socket) => void): Fault {
  return (socket, _request, _written, below) => {
    if (bytes !== '') socket.write(bytes, 'latin1');
    setTimeout(breakOff, 30, socket, below);
  };
}

const reset = (_socket: Socket, below: Socket) => below.resetAndDestroy();
const close = (socket: Socket) => socket.end();

/** Repeats a piece as fast as the client takes it. */
function saysEndlessly(beginning: string, piece: string, bytes = ENDLESS_BYTES, end = ''): Fault {
  const many = Buffer.from(piece.repeat(Math.ceil(65_536 / piece.length)), 'latin1');
  return (socket, _request, written) => {
    socket.write(beginning, 'latin1');
    writeEndlessly(socket, many, bytes, written, end);
  };
}

function zipped(body: Buffer, codings = 'gzip', status = '200 OK'): Fault {
  const head = `HTTP/1.1 ${status}\r\ncontent-encoding: ${codings}\r\ncontent-length: ${body.length}\r\n\r\n`;
  return says(Buffer.concat([Buffer.from(head, 'latin1'), body]));
}

/** 64 MB of zeros in 64 KB. */
const BOMB = gzipSync(Buffer.alloc(64 * MEGABYTE), { level: 9 });
/** A list in a list in a list. */
const DEEP_JSON = '['.repeat(500_000) + ']'.repeat(500_000);

/** How a backend that speaks HTTP/1.1 over a connection can fail, by the last part of the request's path. */
export const HTTP1_FAULTS = {
  // It breaks off.
  'reset before the answer': saysThen('', reset),
  'reset in mid-head': saysThen(`${KEPT}content-len`, reset),
  'reset in mid-body': saysThen(`${KEPT}content-length: 100\r\n\r\nsome`, reset),
  'closed before the answer': saysThen('', close),
  'closed in mid-head': saysThen(`${KEPT}content-len`, close),
  'closed in mid-body': saysThen(`${KEPT}content-length: 100\r\n\r\nsome`, close),
  'closed in mid-chunk': saysThen(`${CHUNKED}ff\r\nsome`, close),
  // It is slow.
  'never answers': () => {},
  'one byte a second': (socket) => {
    const bytes = okResponse('slow');
    let at = 0;
    const timer = setInterval(() => socket.write(bytes.charAt(at++)), 1000);
    socket.write(bytes.charAt(at++));
    socket.on('close', () => clearInterval(timer));
  },
  // It does not end.
  'endless body': saysEndlessly(`${KEPT}connection: close\r\n\r\n`, 'x'),
  'endless chunks': saysEndlessly(CHUNKED, '400\r\n'.padEnd(1024 + 5, 'x').concat('\r\n')),
  'endless header fields': saysEndlessly(KEPT, 'x-more: and more\r\n'),
  'endless header field': saysEndlessly(`${KEPT}x-long: `, 'x'),
  'endless reason': saysEndlessly('HTTP/1.1 200 ', 'x'),
  'endless blank lines': saysEndlessly('', '\r\n'),
  'endless chunk extension': saysEndlessly(`${CHUNKED}5;x=`, 'x'),
  'endless trailers': saysEndlessly(`${CHUNKED}0\r\n`, 'x-more: and more\r\n'),
  'endless interim answers': saysEndlessly('', 'HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n'),
  // It announces what it cannot mean.
  'a gigabyte of content-length': saysEndlessly(`${KEPT}content-length: 1073741824\r\n\r\n`, 'x'),
  'content-length beyond 64 bits': says(`${KEPT}content-length: 99999999999999999999999\r\n\r\nok`),
  'negative content-length': says(`${KEPT}content-length: -1\r\n\r\nok`),
  'content-length of letters': says(`${KEPT}content-length: two\r\n\r\nok`),
  'content-length twice, differing': says(`${KEPT}content-length: 2\r\ncontent-length: 3\r\n\r\nok`),
  'content-length twice, the same': says(`${KEPT}content-length: 2\r\ncontent-length: 2\r\n\r\nok`),
  'content-length before transfer-encoding': says(
    `${KEPT}content-length: 2\r\ntransfer-encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n`,
  ),
  'transfer-encoding before content-length': says(
    `${KEPT}transfer-encoding: chunked\r\ncontent-length: 2\r\n\r\n2\r\nok\r\n0\r\n\r\n`,
  ),
  'chunk size of letters': says(`${CHUNKED}two\r\nok\r\n0\r\n\r\n`),
  'negative chunk size': says(`${CHUNKED}-2\r\nok\r\n0\r\n\r\n`),
  'chunk size beyond 64 bits': says(`${CHUNKED}fffffffffffffffff\r\nok\r\n0\r\n\r\n`),
  'chunk longer than its size': says(`${CHUNKED}2\r\nokay\r\n0\r\n\r\n`),
  // It does not speak HTTP as it should.
  'bare line feeds': says('HTTP/1.1 200 OK\ncontent-length: 2\n\nok'),
  'a NUL in the head': says(`${KEPT}x-nul: a\0b\r\ncontent-length: 2\r\n\r\nok`),
  'a NUL in the status line': says('HTTP/1.1 2\x000 OK\r\ncontent-length: 2\r\n\r\nok'),
  'NUL bytes in the body': says(`${KEPT}content-length: 4\r\n\r\na\0\0b`),
  'a folded header field': says(`${KEPT}x-folded: a\r\n b\r\ncontent-length: 2\r\n\r\nok`),
  'another protocol': says('SSH-2.0-OpenSSH_9.2p1\r\n'),
  'an upgrade nobody asked for': says('HTTP/1.1 101 Switching Protocols\r\nupgrade: tea\r\nconnection: upgrade\r\n\r\n'),
  // It answers out of turn.
  'two answers to one request': says(okResponse() + okResponse('again')),
  'two answers, the second later': (socket) => {
    socket.write(okResponse());
    setTimeout(() => socket.write(okResponse('again')), 20);
  },
  'closes after each answer': (socket) => socket.end(okResponse()),
  'closes after each answer, and says so': (socket) => socket.end(`${KEPT}connection: close\r\ncontent-length: 2\r\n\r\nok`),
  // It leads astray.
  'a redirect loop': (socket, { path }) => socket.write(`HTTP/1.1 302 Found\r\nlocation: ${path}\r\ncontent-length: 0\r\n\r\n`),
  'a redirect to no URL': says('HTTP/1.1 302 Found\r\nlocation: ftp://127.0.0.1/\r\ncontent-length: 0\r\n\r\n'),
  // It sends what is more than it looks.
  'a compressed bomb': zipped(BOMB),
  'a compressed bomb that nobody reads': zipped(BOMB),
  'a compressed bomb in a failure': zipped(BOMB, 'gzip', '500 Internal Server Error'),
  'compressed a thousand times': zipped(gzipSync('ok'), Array(1000).fill('gzip').join(',')),
  'compressed, but is not': says(`${KEPT}content-encoding: gzip\r\ncontent-length: 2\r\n\r\nok`),
  'JSON of half a million levels': says(okResponse(DEEP_JSON)),
  'a huge body': saysEndlessly(`${KEPT}content-length: ${HUGE_BODY_BYTES}\r\n\r\n`, 'x', HUGE_BODY_BYTES),
  'a body in chunks of one byte': saysEndlessly(CHUNKED, '1\r\nx\r\n', TINY_CHUNKS * 6, '0\r\n\r\n'),
} satisfies Record<string, Fault>;

/** A backend that fails as it is asked to, on a loopback port, over TLS if told; as a proxy it fails alike. */
export class FaultServer {
  /** Bytes that clients let it write of what does not end, by fault. */
  readonly written = new Map<string, number>();
  readonly requests = new Map<string, number>();

  private constructor(private readonly server: RawServer) {}

  static async listen(tls?: TlsOptions): Promise<FaultServer> {
    const server: FaultServer = new FaultServer(
      await RawServer.listen((request, socket) => server.fail(request, socket), tls ? { tls } : {}),
    );
    return server;
  }

  get port(): number {
    return this.server.port;
  }

  close(): Promise<void> {
    return this.server.close();
  }

  private fail(request: RawRequest, socket: Socket): void {
    const fault = faultOfPath(request.path);
    this.requests.set(fault, (this.requests.get(fault) ?? 0) + 1);
    const behave: Fault | undefined = (HTTP1_FAULTS as Record<string, Fault>)[fault];
    if (!behave) throw new Error(`there is no fault "${fault}"`);
    const written = (bytes: number) => this.written.set(fault, (this.written.get(fault) ?? 0) + bytes);
    behave(socket, request, written, this.server.below(socket));
  }
}
