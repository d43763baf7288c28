import { constants, createSecureServer, type Http2SecureServer, type ServerHttp2Stream } from 'node:http2';
import { gzipSync } from 'node:zlib';
import type { KeyPair } from './certificates';
import { faultOfPath } from './fault-run';
import { LoopbackServer } from './loopback-server';
import { writeEndlessly } from './write-endlessly';

const MEGABYTE = 1024 * 1024;
/** Where what is called endless ends, so that a client that does not defend itself fails a test and not the machine. */
const ENDLESS_BYTES = 256 * MEGABYTE;
const PIECE = Buffer.alloc(64 * 1024, 'x');

/** 64 MB of zeros in 64 KB. */
const BOMB = gzipSync(Buffer.alloc(64 * MEGABYTE), { level: 9 });

type Fault = (stream: ServerHttp2Stream, written: (bytes: number) => void, path: string) => void;

/** Answers a part, then does something to the stream or its connection. */
function afterSome(breakOff: (stream: ServerHttp2Stream) => void): Fault {
  return (stream) => {
    stream.respond({ ':status': 200, 'content-length': 100 });
    stream.write('some', () => setTimeout(breakOff, 20, stream));
  };
}

/** How a backend that speaks HTTP/2 can fail, by the last part of the request's path. */
export const HTTP2_FAULTS = {
  'stream reset before the answer': (stream) => stream.close(constants.NGHTTP2_INTERNAL_ERROR),
  'stream reset in mid-body': afterSome((stream) => stream.close(constants.NGHTTP2_INTERNAL_ERROR)),
  'connection closed before the answer': (stream) => stream.session?.destroy(),
  'connection closed in mid-body': afterSome((stream) => stream.session?.destroy()),
  'goes away without an answer': (stream) => {
    stream.session?.goaway(constants.NGHTTP2_ENHANCE_YOUR_CALM);
    setTimeout(() => stream.session?.destroy(), 20);
  },
  'never answers': () => {},
  'one byte a second': (stream) => {
    stream.respond({ ':status': 200 });
    stream.write('x');
    const timer = setInterval(() => stream.write('x'), 1000);
    stream.on('close', () => clearInterval(timer));
  },
  'endless body': (stream, written) => {
    stream.respond({ ':status': 200 });
    writeEndlessly(stream, PIECE, ENDLESS_BYTES, written);
  },
  'a gigabyte of content-length': (stream, written) => {
    stream.respond({ ':status': 200, 'content-length': 1024 * MEGABYTE });
    writeEndlessly(stream, PIECE, ENDLESS_BYTES, written);
  },
  'a head larger than allowed': (stream) => {
    const fields = Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`x-${i}`, 'y'.repeat(1000)]));
    stream.respond({ ':status': 200, ...fields });
    stream.end();
  },
  'body shorter than its content-length': (stream) => {
    stream.respond({ ':status': 200, 'content-length': 100 });
    stream.end('short');
  },
  'body longer than its content-length': (stream) => {
    stream.respond({ ':status': 200, 'content-length': 2 });
    stream.end('long');
  },
  'endless interim answers': (stream) => {
    const more = () => {
      for (let i = 0; i < 50 && !stream.destroyed && !stream.closed; i++) stream.additionalHeaders({ ':status': 103 });
      if (!stream.destroyed && !stream.closed) setTimeout(more, 5);
    };
    more();
  },
  'a redirect loop': (stream, _written, path) => {
    stream.respond({ ':status': 302, location: path });
    stream.end();
  },
  'a compressed bomb': (stream) => {
    stream.respond({ ':status': 200, 'content-encoding': 'gzip' });
    stream.end(BOMB);
  },
  'goes away after each answer': (stream) => {
    stream.respond({ ':status': 200 });
    stream.end('ok');
    stream.session?.close();
  },
} satisfies Record<string, Fault>;

/** A backend that speaks HTTP/2 and fails as it is asked to, on a loopback port. */
export class Http2FaultServer extends LoopbackServer {
  /** Bytes that clients let it write of what does not end, by fault. */
  readonly written = new Map<string, number>();
  readonly requests = new Map<string, number>();

  private constructor(server: Http2SecureServer) {
    super(server);
    server.on('sessionError', () => {});
    server.on('stream', (stream, headers) => this.fail(stream, String(headers[':path'])));
  }

  static listen(pair: KeyPair): Promise<Http2FaultServer> {
    return new Http2FaultServer(createSecureServer({ ...pair, maxSendHeaderBlockLength: MEGABYTE })).listening();
  }

  private fail(stream: ServerHttp2Stream, path: string): void {
    stream.on('error', () => {});
    const fault = faultOfPath(path);
    this.requests.set(fault, (this.requests.get(fault) ?? 0) + 1);
    const behave: Fault | undefined = (HTTP2_FAULTS as Record<string, Fault>)[fault];
    if (!behave) throw new Error(`there is no fault "${fault}"`);
    behave(stream, (bytes) => this.written.set(fault, (this.written.get(fault) ?? 0) + bytes), path);
  }
}
