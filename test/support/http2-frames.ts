import type { Socket } from 'node:net';
import { createServer, type TLSSocket } from 'node:tls';
import type { KeyPair } from './certificates';
import { LoopbackServer } from './loopback-server';
import { writeEndlessly } from './write-endlessly';

const DATA = 0;
const HEADERS = 1;
const PRIORITY = 2;
const RST_STREAM = 3;
const SETTINGS = 4;
const PUSH_PROMISE = 5;
const PING = 6;
const GOAWAY = 7;
const WINDOW_UPDATE = 8;
const CONTINUATION = 9;
const UNKNOWN = 0xfa;

const END_STREAM = 1;
const ACK = 1;
const END_HEADERS = 4;

const MAX_CONCURRENT_STREAMS = 3;
const INITIAL_WINDOW_SIZE = 4;
/** An error code. */
const CANCEL = 8;

const FRAME_HEAD_BYTES = 9;
const PREFACE_BYTES = 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'.length;
/** Where what is called endless ends, so that a client that does not defend itself fails a test and not the machine. */
const ENDLESS_BYTES = 64 * 1024 * 1024;
const PIECE_BYTES = 16_384;

/** A frame of HTTP/2 (RFC 9113, section 4.1). `announcedBytes`: where its length is to be a lie. */
function frame(type: number, flags: number, stream: number, payload: Buffer, announcedBytes = payload.length): Buffer {
  const head = Buffer.alloc(FRAME_HEAD_BYTES);
  head.writeUIntBE(announcedBytes, 0, 3);
  head.writeUInt8(type, 3);
  head.writeUInt8(flags, 4);
  head.writeUInt32BE(stream, 5);
  return Buffer.concat([head, payload]);
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

function setting(id: number, value: number): Buffer {
  const bytes = Buffer.alloc(6);
  bytes.writeUInt16BE(id);
  bytes.writeUInt32BE(value, 2);
  return bytes;
}

/** A header field as HPACK writes one that is not to be indexed (RFC 7541, section 6.2.2), shorter than 127 bytes each. */
function field(name: string, value: string): Buffer {
  return Buffer.concat([
    Buffer.from([0, name.length]),
    Buffer.from(name),
    Buffer.from([value.length]),
    Buffer.from(value, 'latin1'),
  ]);
}

/** `:status: 200`, from HPACK's static table. */
const STATUS_200 = Buffer.from([0x88]);
const NOTHING = Buffer.alloc(0);

/** A whole answer with these header fields. */
function answerOf(...fields: Buffer[]): (stream: number) => Buffer {
  return (stream) =>
    Buffer.concat([
      frame(HEADERS, END_HEADERS, stream, Buffer.concat(fields)),
      frame(DATA, END_STREAM, stream, Buffer.from('ok')),
    ]);
}

const USUAL_GREETING = frame(SETTINGS, 0, 0, NOTHING);
const okHead = (stream: number) => frame(HEADERS, END_HEADERS, stream, STATUS_200);
const okAnswer = answerOf(STATUS_200);

/** 4 KB into the dynamic table, and then its entry again and again: 16 KB that mean 64 MB. */
function hpackBomb(stream: number): Buffer {
  const value = Buffer.alloc(4000, 'x');
  // Literal with indexing, a name of 1 byte, a value of 4000 bytes (127 + 3873 as an HPACK integer).
  const entry = Buffer.concat([Buffer.from([0x40, 1]), Buffer.from('x'), Buffer.from([127, 0xa1, 0x1e]), value]);
  const first = Buffer.concat([STATUS_200, entry]);
  return frame(HEADERS, END_HEADERS | END_STREAM, stream, Buffer.concat([first, Buffer.alloc(12_000, 0x80 | 62)]));
}

/** What a server does with a request, whose body says which. */
interface FrameFault {
  answer?: (stream: number) => Buffer;
  /** Behind the answer, again and again as fast as the client takes it. */
  endlessly?: (stream: number) => Buffer;
}

/** How a server can break HTTP/2 itself, in frames, once it is asked. */
export const FRAME_FAULTS = {
  // It floods.
  'endless settings': { endlessly: () => frame(SETTINGS, 0, 0, setting(INITIAL_WINDOW_SIZE, 65_535)) },
  'endless pings': { endlessly: () => frame(PING, 0, 0, Buffer.alloc(8)) },
  'endless priorities': { endlessly: (stream) => frame(PRIORITY, 0, stream, Buffer.alloc(5)) },
  'endless resets': { endlessly: (stream) => frame(RST_STREAM, 0, stream, uint32(CANCEL)) },
  'endless empty data': { answer: okHead, endlessly: (stream) => frame(DATA, 0, stream, NOTHING) },
  'endless window': { endlessly: () => frame(WINDOW_UPDATE, 0, 0, uint32(1)) },
  'endless unknown frames': { endlessly: () => frame(UNKNOWN, 0, 0, Buffer.alloc(1000)) },
  'endless continuations': {
    answer: (stream) => frame(HEADERS, 0, stream, STATUS_200),
    endlessly: (stream) => frame(CONTINUATION, 0, stream, field('x-more', 'and more')),
  },
  'endless empty continuations': {
    answer: (stream) => frame(HEADERS, 0, stream, STATUS_200),
    endlessly: (stream) => frame(CONTINUATION, 0, stream, NOTHING),
  },
  'a bomb of header fields': { answer: hpackBomb },
  // It breaks the rules of frames.
  'a frame larger than allowed': {
    answer: (stream) => frame(HEADERS, END_HEADERS, stream, Buffer.alloc(20_000), 16_000_000),
  },
  'a settings frame of a wrong size': { answer: () => frame(SETTINGS, 0, 0, Buffer.alloc(5)) },
  'an answer to a stream of its own': { answer: () => okAnswer(2) },
  'an answer to a stream of later': { answer: (stream) => okAnswer(stream + 1000) },
  'a promise nobody allowed': {
    answer: (stream) => frame(PUSH_PROMISE, END_HEADERS, stream, Buffer.concat([uint32(2), STATUS_200])),
  },
  'data before the head': { answer: (stream) => frame(DATA, END_STREAM, stream, Buffer.from('ok')) },
  'header fields that no table has': {
    answer: (stream) => frame(HEADERS, END_HEADERS | END_STREAM, stream, Buffer.from([0xff, 0xff, 0xff, 0x0f])),
  },
  'a window beyond its limit': { answer: () => frame(WINDOW_UPDATE, 0, 0, uint32(0x7fff_ffff)) },
  // It breaks the rules of HTTP.
  'no status': { answer: answerOf(field('x', 'y')) },
  'a status of letters': { answer: answerOf(field(':status', 'abc')) },
  'a switch of protocols': { answer: answerOf(field(':status', '101')) },
  'a field in capitals': { answer: answerOf(STATUS_200, field('X-Big', 'y')) },
  'a field of the connection': { answer: answerOf(STATUS_200, field('connection', 'close')) },
  'a NUL in a field': { answer: answerOf(STATUS_200, field('x', 'a\0b')) },
  'a line break in a field': { answer: answerOf(STATUS_200, field('x', 'a\r\nset-cookie: b=c')) },
  'content-length twice, differing': {
    answer: answerOf(STATUS_200, field('content-length', '2'), field('content-length', '3')),
  },
  'negative content-length': { answer: answerOf(STATUS_200, field('content-length', '-2')) },
  'an answer twice': { answer: (stream) => Buffer.concat([okAnswer(stream), okAnswer(stream)]) },
  'a farewell before the answer': { answer: (stream) => Buffer.concat([frame(GOAWAY, 0, 0, Buffer.alloc(8)), okAnswer(stream)]) },
} satisfies Record<string, FrameFault>;

/** How a server can fail with the first thing that it says on a connection. */
export const GREETING_FAULTS = {
  'no greeting': NOTHING,
  'no stream allowed': frame(SETTINGS, 0, 0, setting(MAX_CONCURRENT_STREAMS, 0)),
  'no window for the body': frame(SETTINGS, 0, 0, setting(INITIAL_WINDOW_SIZE, 0)),
  'garbage for a greeting': Buffer.alloc(1000, 0xff),
  'HTTP/1.1 where HTTP/2 was agreed': Buffer.from('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok'),
} satisfies Record<string, Buffer>;

/** A TLS server that agrees to HTTP/2 and then fails in frames, on a loopback port: as the body of each request asks, or as it greets. */
export class FrameFaultServer extends LoopbackServer {
  /** Bytes that clients let it write of what does not end, by fault. */
  readonly written = new Map<string, number>();
  readonly requests = new Map<string, number>();

  private constructor(
    pair: KeyPair,
    private readonly greeting: Buffer,
  ) {
    super(createServer({ ...pair, ALPNProtocols: ['h2'] }, (socket) => this.serve(socket)));
  }

  static listen(pair: KeyPair, greeting: Buffer = USUAL_GREETING): Promise<FrameFaultServer> {
    return new FrameFaultServer(pair, greeting).listening();
  }

  private serve(socket: TLSSocket): void {
    socket.write(this.greeting);
    let received: Buffer = Buffer.alloc(0);
    let isGreeted = false;
    socket.on('data', (chunk) => {
      received = Buffer.concat([received, chunk]);
      if (!isGreeted && received.length >= PREFACE_BYTES) {
        isGreeted = true;
        received = received.subarray(PREFACE_BYTES);
      }
      while (isGreeted && received.length >= FRAME_HEAD_BYTES) {
        const end = FRAME_HEAD_BYTES + received.readUIntBE(0, 3);
        if (received.length < end) return;
        const [type, flags, stream] = [received.readUInt8(3), received.readUInt8(4), received.readUInt32BE(5)];
        const payload = received.subarray(FRAME_HEAD_BYTES, end);
        received = received.subarray(end);
        if (type === SETTINGS && (flags & ACK) === 0) socket.write(frame(SETTINGS, ACK, 0, NOTHING));
        if (type === DATA && payload.length > 0 && this.greeting === USUAL_GREETING) this.fail(socket, String(payload), stream);
      }
    });
  }

  private fail(socket: Socket, name: string, stream: number): void {
    this.requests.set(name, (this.requests.get(name) ?? 0) + 1);
    const fault: FrameFault | undefined = (FRAME_FAULTS as Record<string, FrameFault>)[name];
    if (!fault) throw new Error(`there is no fault "${name}"`);
    if (fault.answer) socket.write(fault.answer(stream));
    if (fault.endlessly) this.repeat(socket, name, fault.endlessly(stream));
  }

  private repeat(socket: Socket, name: string, piece: Buffer): void {
    const many = Buffer.concat(Array(Math.ceil(PIECE_BYTES / piece.length)).fill(piece));
    writeEndlessly(socket, many, ENDLESS_BYTES, (bytes) => this.written.set(name, (this.written.get(name) ?? 0) + bytes));
  }
}
