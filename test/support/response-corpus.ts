import { Random } from '../../src/main/swarm/random';

/** An answer to try readers on: the bytes as a binary string, after which the server closes the connection. */
export interface ResponseCase {
  index: number;
  method: 'GET' | 'POST' | 'HEAD';
  bytes: string;
}

type Choice<T> = readonly (readonly [weight: number, value: T])[];

/**
 * Answers as servers send them, good and bad, of which case `index` is always the same for one seed. Two thirds are put together from
 * parts that are mostly allowed; the others have one fault: a known one in its place, bytes changed at random, or an end too soon or too late.
 */
export function responseCase(seed: number, index: number): ResponseCase {
  return new CaseWriter(new Random(seed, index, 'values')).write(index);
}

/** Cuts bytes at random places, now and then between every two. */
export function cutAtRandom(bytes: Buffer, random: Random, maxPieces: number): Buffer[] {
  const everyByte = bytes.length <= maxPieces && random.integer(0, 9) === 0;
  const cuts = everyByte
    ? Array.from({ length: Math.max(0, bytes.length - 1) }, (_, i) => i + 1)
    : Array.from({ length: random.integer(0, Math.min(5, maxPieces - 1)) }, () => random.integer(0, bytes.length));
  const ends = [...cuts.sort((a, b) => a - b), bytes.length];
  return ends.map((end, i) => bytes.subarray(ends[i - 1] ?? 0, end)).filter((piece) => piece.length > 0);
}

const VERSIONS: Choice<string> = [
  [30, '1.1'],
  [4, '1.0'],
  [1, '2.0'],
  [1, '0.9'],
];
const STATUSES: Choice<string> = [
  [20, '200'],
  [3, '201'],
  [4, '204'],
  [3, '304'],
  [2, '205'],
  [2, '302'],
  [3, '404'],
  [3, '503'],
  [1, '600'],
  [1, '999'],
];
const REASONS: Choice<string> = [
  [10, ' OK'],
  [2, ''],
  [2, ' '],
  [2, ' Not Found At All'],
  [1, ' caf\xe9\tx'],
  [1, ' with : colon'],
];
const FILLERS: Choice<string> = [
  [3, 'server: nginx/1.22.1\r\n'],
  [3, 'Date: Mon, 23 Nov 2026 06:38:27 GMT\r\n'],
  [2, 'x:a\r\n'],
  [2, 'x-empty:\r\n'],
  [1, 'x-blank: \t \r\n'],
  [1, 'x-tabs: a\tb\tc\r\n'],
  [1, 'x-latin: \xe4\xf6\xfc\xff\r\n'],
  [1, "!#$%&'*+-.^_`|~09: every token character\r\n"],
  [1, 'content-lengthy: 7\r\n'],
  [1, 'content-lengtH2: 7\r\n'],
  [1, 'x-content-length: 7\r\n'],
  [1, 'transfer-encodings: chunked\r\n'],
  [1, 'connectiox: close\r\n'],
  [1, 'set-cookie: a=1\r\nset-cookie: b=2\r\n'],
  [1, 'keep-alive: timeout=5\r\n'],
  [1, 'upgrade: h2c\r\n'],
  [1, 'content-encoding: gzip\r\n'],
];
const CONNECTIONS: Choice<string> = [
  [20, ''],
  [4, 'connection: keep-alive\r\n'],
  [4, 'Connection: close\r\n'],
  [1, 'connection: upgrade, Close\r\n'],
  [1, 'connection: keep-alive , foo\r\n'],
];
const INTERIM: Choice<string> = [
  [20, ''],
  [1, 'HTTP/1.1 102 Processing\r\n\r\n'],
  [2, 'HTTP/1.1 103 Early Hints\r\nlink: </a.css>\r\n\r\n'],
  [1, 'HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 103\r\ncontent-length: 5\r\n\r\n'],
  [1, 'HTTP/1.1 199 X\r\ntransfer-encoding: chunked\r\n\r\n'],
  [1, 'HTTP/1.1 100 Continue\r\n\r\n'],
];
const CODINGS: Choice<string> = [
  [20, 'transfer-encoding: chunked\r\n'],
  [2, 'Transfer-Encoding: Chunked\r\n'],
  [2, 'transfer-encoding: gzip, chunked\r\n'],
  [1, 'transfer-encoding: gzip,chunked\r\n'],
  [1, 'transfer-encoding: gzip\r\ntransfer-encoding: chunked\r\n'],
  [1, 'transfer-encoding: ,chunked\r\n'],
  [1, 'transfer-encoding: chunked \r\n'],
  [1, 'transfer-encoding: chunked, chunked\r\n'],
  [1, 'transfer-encoding: gzip\r\n'],
  [1, 'transfer-encoding: identity\r\n'],
  [1, 'transfer-encoding: chunked, gzip\r\n'],
  [1, 'transfer-encoding: chunked;q=1\r\n'],
  [1, 'transfer-encoding: xchunked\r\n'],
];
const EXTENSIONS: Choice<string> = [
  [30, ''],
  [2, ';a'],
  [2, ';a=b'],
  [2, ';a="b c;\\"d\\\\"'],
  [1, ';a=""'],
  [1, ';a=;b'],
  [1, ';a=b;c="d";e'],
  [1, ';;a'],
];
const TRAILERS: Choice<string> = [
  [20, ''],
  [3, 'x-checksum: abc\r\n'],
  [1, 'a: 1\r\nb: 2\r\n'],
  [1, 'transfer-encoding: gzip\r\n'],
  [1, 'connection: close\r\n'],
];
/** Header lines that no careful client accepts. */
const BAD_LINES: Choice<string> = [
  [1, 'x : space before the colon\r\n'],
  [1, 'x\t: tab before the colon\r\n'],
  [1, 'x y: space in the name\r\n'],
  [1, ': no name\r\n'],
  [1, 'no colon\r\n'],
  [1, 'x: folded\r\n line\r\n'],
  [1, 'x:\r\n folded\r\n'],
  [1, ' x: starts with a space\r\n'],
  [1, 'x: bare line feed\n'],
  [1, 'x:\n'],
  [1, 'x: bare\rreturn\r\n'],
  [1, 'x: nul \0\r\n'],
  [1, 'x: control \x01\r\n'],
  [1, 'x: delete \x7f\r\n'],
  [1, 'x\xff: name\r\n'],
  [1, 'x(: name\r\n'],
  [1, 'content-length : 2\r\n'],
  [1, 'content-length: -1\r\n'],
  [1, 'content-length: +2\r\n'],
  [1, 'content-length:\r\n'],
  [1, 'content-length: 0x2\r\n'],
  [1, 'content-length: 2, 2\r\n'],
  [1, 'content-length: 1\r\ncontent-length: 1\r\n'],
  [1, 'content-length: 99999999999999999999\r\n'],
  [1, 'content-length: 9007199254740993\r\n'],
  [1, 'content-length: 3\r\ntransfer-encoding: chunked\r\n'],
  [1, 'transfer-encoding: chunked\r\ncontent-length: 3\r\n'],
  [1, 'transfer-encoding: gzip\r\ncontent-length: 3\r\n'],
];
const BAD_STARTS: Choice<string> = [
  [1, 'http/1.1 200 OK'],
  [1, 'HTTP/1.2 200 OK'],
  [1, 'HTTP/3.0 200 OK'],
  [1, 'HTTP/1.1  200 OK'],
  [1, 'HTTP/1.1\t200 OK'],
  [1, 'HTTP/1.1 20 OK'],
  [1, 'HTTP/1.1 2000 OK'],
  [1, 'HTTP/1.1 200X OK'],
  [1, 'HTTP/1.1 099 OK'],
  [1, 'HTTP/1.1 OK'],
  [1, 'HTTP/1.1 200 O\rK'],
  [1, 'HTTP/1.1 200 OK\n'],
  [1, 'HTTP/1.1 101 Switching Protocols'],
  [1, 'SSH-2.0-OpenSSH_9.2'],
  [1, ' HTTP/1.1 200 OK'],
  [1, 'HTTPS/1.1 200 OK'],
];
const BAD_CHUNKS: Choice<string> = [
  [1, '0x2\r\nhi\r\n'],
  [1, '-2\r\nhi\r\n'],
  [1, '\r\nhi\r\n'],
  [1, 'g\r\nhi\r\n'],
  [1, ' 2\r\nhi\r\n'],
  [1, '2 \r\nhi\r\n'],
  [1, '2\t\r\nhi\r\n'],
  [1, '2\nhi\r\n'],
  [1, '2\rxhi\r\n'],
  [1, '2\r\nhi\n'],
  [1, '2\r\nhi'],
  [1, '2\r\nhix\r\n'],
  [1, '2;\r\nhi\r\n'],
  [1, '2; a\r\nhi\r\n'],
  [1, '2;a =b\r\nhi\r\n'],
  [1, '2;a= b\r\nhi\r\n'],
  [1, '2;a="b"c\r\nhi\r\n'],
  [1, '2;a="b\r\nhi\r\n'],
  [1, '2;a="b\\\x01"\r\nhi\r\n'],
  [1, '2;a=b=c\r\nhi\r\n'],
  [1, '2;"a"\r\nhi\r\n'],
  [1, '2;a\x01\r\nhi\r\n'],
  [1, 'fffffffffffffffff\r\nhi\r\n'],
  [1, 'ffffffffffffff\r\nhi\r\n'],
];
const BAD_TRAILERS: Choice<string> = [
  [1, 'no colon\r\n'],
  [1, 'x: y\n'],
  [1, 'x: y\r\n folded\r\n'],
  [1, 'content-length: 2\r\n'],
  [1, ' x: y\r\n'],
];

class CaseWriter {
  constructor(private readonly random: Random) {}

  write(index: number): ResponseCase {
    const method = this.pick([
      [6, 'GET'],
      [3, 'POST'],
      [2, 'HEAD'],
    ] as const);
    const fault = this.pick([
      [20, 'none'],
      [2, 'start'],
      [3, 'line'],
      [2, 'chunk'],
      [1, 'trailer'],
      [3, 'bytes'],
      [2, 'cut'],
      [1, 'surplus'],
    ] as const);
    let bytes = this.response(method, fault);
    if (fault === 'bytes') bytes = this.mutated(bytes);
    if (fault === 'cut') bytes = bytes.slice(0, this.random.integer(0, bytes.length));
    if (fault === 'surplus') bytes += this.pick(SURPLUS);
    return { index, method, bytes };
  }

  private response(method: string, fault: string): string {
    const start =
      fault === 'start' ? this.pick(BAD_STARTS) : `HTTP/${this.pick(VERSIONS)} ${this.pick(STATUSES)}${this.pick(REASONS)}`;
    const needsChunks = fault === 'chunk' || fault === 'trailer';
    const framing = needsChunks ? 'chunked' : this.pick(FRAMINGS);
    const { line, body } = this.framed(framing, fault);
    const lines = [line, this.pick(CONNECTIONS), ...Array.from({ length: this.random.integer(0, 4) }, () => this.pick(FILLERS))];
    if (fault === 'line') lines.push(this.pick(BAD_LINES));
    const bodyless = method === 'HEAD' || / (204|304)/.test(start);
    const empty = this.random.integer(0, 15) === 0 ? this.pick(BLANKS) : '';
    const interim = this.pick(INTERIM);
    return `${empty}${interim}${start}\r\n${this.shuffled(lines).join('')}\r\n${bodyless && fault !== 'surplus' ? '' : body}`;
  }

  private framed(framing: string, fault: string): { line: string; body: string } {
    const body = this.body();
    if (framing === 'none') return { line: '', body };
    if (framing === 'chunked') {
      const line = fault === 'none' ? this.pick(CODINGS) : 'transfer-encoding: chunked\r\n';
      return { line, body: this.chunked(body, fault) };
    }
    const name = this.random.integer(0, 1) ? 'Content-Length' : 'content-length';
    const zeros = this.random.integer(0, 9) === 0 ? '000' : '';
    const space = this.random.integer(0, 9) === 0 ? ' \t' : ' ';
    const trailing = this.random.integer(0, 59) === 0 ? ' ' : '';
    return { line: `${name}:${space}${zeros}${body.length}${trailing}\r\n`, body };
  }

  private chunked(body: string, fault: string): string {
    let written = '';
    for (let at = 0; at < body.length; ) {
      const size = this.random.integer(1, body.length - at);
      const digits = this.random.integer(0, 1) ? size.toString(16) : `0${size.toString(16).toUpperCase()}`;
      written += `${digits}${this.pick(EXTENSIONS)}\r\n${body.slice(at, at + size)}\r\n`;
      at += size;
    }
    if (fault === 'chunk') written += this.pick(BAD_CHUNKS);
    const trailers = fault === 'trailer' ? this.pick(BAD_TRAILERS) : this.pick(TRAILERS);
    return `${written}${this.pick(LAST_CHUNKS)}\r\n${trailers}\r\n`;
  }

  private body(): string {
    const length = this.pick([
      [1, 0],
      [4, this.random.integer(1, 20)],
      [1, this.random.integer(21, 3000)],
    ] as const);
    return Array.from({ length }, () => String.fromCharCode(this.random.integer(0, 255))).join('');
  }

  /** Replaces, removes or inserts up to three bytes, mostly in the head. */
  private mutated(bytes: string): string {
    let mutated = bytes;
    for (let i = this.random.integer(1, 3); i > 0; i--) {
      const at = this.random.integer(0, Math.min(mutated.length, 250));
      const octet = this.random.integer(0, 1)
        ? String.fromCharCode(this.random.integer(0, 255))
        : (NASTY[this.random.integer(0, NASTY.length - 1)] as string);
      const removed = this.random.integer(0, 1);
      mutated = mutated.slice(0, at) + (this.random.integer(0, 2) ? octet : '') + mutated.slice(at + removed);
    }
    return mutated;
  }

  private shuffled(lines: string[]): string[] {
    return lines
      .map((line) => ({ line, order: this.random.float() }))
      .sort((a, b) => a.order - b.order)
      .map(({ line }) => line);
  }

  private pick<T>(choice: Choice<T>): T {
    let left = this.random.float() * choice.reduce((sum, [weight]) => sum + weight, 0);
    for (const [weight, value] of choice) {
      left -= weight;
      if (left < 0) return value;
    }
    return (choice.at(-1) as readonly [number, T])[1];
  }
}

const FRAMINGS: Choice<string> = [
  [6, 'length'],
  [6, 'chunked'],
  [2, 'none'],
];
const LAST_CHUNKS: Choice<string> = [
  [8, '0'],
  [1, '000'],
  [1, '0;last'],
];
const BLANKS: Choice<string> = [
  [1, '\r\n'],
  [1, '\n'],
  [1, '\r\n\r\n'],
];
const SURPLUS: Choice<string> = [
  [1, 'x'],
  [1, '\r\n'],
  [1, 'HTTP/1.1 200 OK\r\ncontent-length: 1\r\n\r\ny'],
  [1, '0\r\n\r\n'],
];
const NASTY = '\r\n\t :;,"\\\0\x7f\xff0123456789abcdefHTTP/.-';
