import { type HttpExchange, SAMPLE_BODY_BYTES } from '../http-exchange';
import { KeptBody } from '../kept-body';
import { MAX_INTERIM, WHY, type Why } from '../malformed-why';
import { ChunkSizeLine } from './chunk-size-line';
import type { KnownHead } from './known-head';
import { INCOMPLETE, MALFORMED } from './line-outcome';
import { lineEnd, ResponseHead } from './response-head';

const STATUS_LINE = 0;
const FIELDS = 1;
/** A body of known length, or one that ends when the connection closes. */
const BODY = 2;
const CHUNK_SIZE = 3;
const CHUNK_DATA = 4;
const CHUNK_END = 5;
const TRAILERS = 6;
const OVER = 7;

/** What bounds an answer. */
export interface ResponseLimits {
  /** Of status line and fields of one head, or of the trailers. */
  maxHeaderBytes: number;
  maxBodyBytes: number;
}

/**
 * Reads one HTTP/1.1 answer after the other from chunks of bytes, cut anywhere, into the exchange they answer. It knows nothing
 * of sockets. Heads and chunk sizes are read by whole lines: the beginning of a line is kept until the rest has come.
 */
export class ResponseReader {
  /** Why the answer is malformed, null when it is not. */
  why: Why | null = null;
  private readonly head = new ResponseHead();
  private readonly chunkSizeLine = new ChunkSizeLine();
  private phase = OVER;
  /** The beginning of a line whose end has not come yet. */
  private pending: Buffer | null = null;
  /** Bytes of whole lines read of this head, chunk size or trailers. */
  private lineBytes = 0;
  /** Bytes still to come of the body or chunk; infinite when the body ends with the connection. */
  private remaining = 0;
  private interimCount = 0;
  /** Whether the server went on after the end of the answer. */
  private surplus = false;
  /** Where the head began in the bytes at hand, -1 when in earlier ones. */
  private headFrom = -1;
  private keepsHead = false;
  private headText = '';
  /** How many bytes of the body are still to be kept. */
  private keepBytes = 0;
  private readonly kept = new KeptBody();

  /** `knownHead` may be shared among readers. */
  constructor(
    private readonly limits: ResponseLimits,
    private readonly knownHead: KnownHead,
  ) {}

  /** The next bytes are a new answer. */
  begin(): void {
    this.why = null;
    this.pending = null;
    this.remaining = 0;
    this.interimCount = 0;
    this.surplus = false;
    this.kept.clear();
    this.beginHead();
  }

  /** Once the answer is over: whether its connection can carry another request. */
  get keepsConnection(): boolean {
    if (this.why !== null || this.surplus || this.remaining > 0) return false;
    // A 204 that announces a body is likely to send it, too: it would be taken for the next answer.
    const announcesBody = this.head.contentLength > 0 || this.head.transferEncoding;
    return this.head.keepsConnection && !(this.head.status === 204 && announcesBody);
  }

  /** How far the answer has come, to tell where it broke off. */
  get progress(): 'nothing' | 'head' | 'body' {
    if (this.phase > FIELDS) return 'body';
    return this.phase === FIELDS || this.pending !== null || this.interimCount > 0 ? 'head' : 'nothing';
  }

  /**
   * Takes in the first `length` bytes of `chunk`, which may be used again afterwards. Returns true when the answer is over: complete, or
   * malformed (`why` tells).
   */
  read(exchange: HttpExchange, chunk: Buffer, length: number): boolean {
    let bytes = chunk;
    let to = length;
    if (this.pending !== null) {
      bytes = Buffer.concat([this.pending, chunk.subarray(0, length)]);
      to = bytes.length;
      this.pending = null;
    }
    let at = 0;
    this.headFrom = -1;
    while (at < to && this.phase !== OVER) {
      const next = this.readPhase(exchange, bytes, at, to);
      if (next === INCOMPLETE) return this.keepLine(bytes, at, to);
      if (next === MALFORMED) return true;
      at = next;
    }
    this.surplus = at < to;
    return this.phase === OVER;
  }

  /** The server closed its side. Returns true when that is how the answer ends, false when it broke off. */
  end(exchange: HttpExchange): boolean {
    if (this.phase !== BODY || this.remaining !== Number.POSITIVE_INFINITY) return false;
    this.complete(exchange);
    return true;
  }

  private beginHead(): void {
    this.phase = STATUS_LINE;
    this.lineBytes = 0;
    this.headText = '';
    this.head.reset();
  }

  /** Reads on in the current phase. Returns the position reached, INCOMPLETE or MALFORMED. */
  private readPhase(exchange: HttpExchange, bytes: Buffer, from: number, to: number): number {
    switch (this.phase) {
      case STATUS_LINE:
        return this.readStatusLine(exchange, bytes, from, to);
      case FIELDS:
        return this.readFields(exchange, bytes, from, to);
      case CHUNK_SIZE:
        return this.readChunkSize(exchange, bytes, from, to);
      case CHUNK_END:
        return this.readChunkEnd(bytes, from, to);
      case TRAILERS:
        return this.readTrailers(exchange, bytes, from, to);
      default:
        return this.readBody(exchange, bytes, from, to);
    }
  }

  private readStatusLine(exchange: HttpExchange, bytes: Buffer, from: number, to: number): number {
    const known = this.knownHead.recall(bytes, from, to, this.head);
    const next = known > 0 ? from + known : this.head.readStatusLine(bytes, from, to);
    if (next === MALFORMED) return this.refuse(this.head.why);
    if (next === INCOMPLETE) return INCOMPLETE;
    this.phase = FIELDS;
    this.headFrom = from;
    this.keepsHead = exchange.capture || !exchange.expectsStatus(this.head.status);
    const taken = this.takeLines(bytes, from, next);
    return taken === MALFORMED || !this.head.complete ? taken : this.endHead(exchange, next);
  }

  private readFields(exchange: HttpExchange, bytes: Buffer, from: number, to: number): number {
    const next = this.head.readFields(bytes, from, to);
    if (next === MALFORMED) return this.refuse(this.head.why);
    if (next === from) return INCOMPLETE;
    const taken = this.takeLines(bytes, from, next);
    if (taken === MALFORMED || !this.head.complete) return taken;
    if (this.headFrom >= 0) this.knownHead.learn(bytes, this.headFrom, next, this.head);
    return this.endHead(exchange, next);
  }

  /** Accounts for whole lines of the head. Returns the position behind them, or MALFORMED when they are too many. */
  private takeLines(bytes: Buffer, from: number, to: number): number {
    this.lineBytes += to - from;
    if (this.lineBytes > this.limits.maxHeaderBytes) return this.refuse(WHY.headTooLarge);
    if (this.keepsHead && this.phase === FIELDS) this.headText += bytes.toString('latin1', from, to);
    return to;
  }

  /** Decides how long the body is: RFC 9112, section 6.3. */
  private endHead(exchange: HttpExchange, at: number): number {
    const { head } = this;
    if (head.status < 200) return this.endInterimHead(at);
    exchange.status = head.status;
    this.keepBytes = 0;
    if (this.keepsHead) {
      // Without the empty lines before and behind it.
      exchange.responseHead = this.headText.slice(this.headText.indexOf('H'), -4);
      this.keepBytes = exchange.capture ? this.limits.maxBodyBytes : SAMPLE_BODY_BYTES;
    }
    if (exchange.method === 'HEAD' || head.status === 204 || head.status === 304) this.complete(exchange);
    else if (head.chunked) this.beginChunk();
    else if (head.transferEncoding || head.contentLength < 0) return this.beginBody(at, Number.POSITIVE_INFINITY);
    else if (head.contentLength === 0) this.complete(exchange);
    else return this.beginBody(at, head.contentLength);
    return at;
  }

  private endInterimHead(at: number): number {
    if (this.head.status === 101) return this.refuse(WHY.upgrade);
    if (!this.head.keepsConnection) return this.refuse(WHY.interimClose);
    if (++this.interimCount > MAX_INTERIM) return this.refuse(WHY.interim);
    this.beginHead();
    return at;
  }

  private beginBody(at: number, bodyBytes: number): number {
    if (bodyBytes !== Number.POSITIVE_INFINITY && bodyBytes > this.limits.maxBodyBytes) return this.refuse(WHY.bodyTooLarge);
    this.phase = BODY;
    this.remaining = bodyBytes;
    return at;
  }

  private readBody(exchange: HttpExchange, bytes: Buffer, from: number, to: number): number {
    const length = Math.min(this.remaining, to - from);
    const next = from + length;
    exchange.bodyBytes += length;
    if (exchange.bodyBytes > this.limits.maxBodyBytes) return this.refuse(WHY.bodyTooLarge);
    if (this.keepBytes > 0) this.keepBody(bytes, from, next);
    this.remaining -= length;
    if (this.remaining > 0) return next;
    if (this.phase === BODY) this.complete(exchange);
    else this.phase = CHUNK_END;
    return next;
  }

  private keepBody(bytes: Buffer, from: number, to: number): void {
    const end = Math.min(to, from + this.keepBytes);
    this.keepBytes -= end - from;
    this.kept.append(bytes, from, end);
  }

  private beginChunk(): void {
    this.phase = CHUNK_SIZE;
    this.lineBytes = 0;
  }

  private readChunkSize(exchange: HttpExchange, bytes: Buffer, from: number, to: number): number {
    const next = this.chunkSizeLine.read(bytes, from, to);
    if (next === MALFORMED) return this.refuse(WHY.chunkSize);
    if (next === INCOMPLETE) return INCOMPLETE;
    const { size } = this.chunkSizeLine;
    if (size > this.limits.maxBodyBytes - exchange.bodyBytes) return this.refuse(WHY.bodyTooLarge);
    if (size === 0) {
      this.head.beginTrailers();
      this.phase = TRAILERS;
      return next;
    }
    this.phase = CHUNK_DATA;
    this.remaining = size;
    return this.takeLines(bytes, from, next);
  }

  private readChunkEnd(bytes: Buffer, from: number, to: number): number {
    const next = lineEnd(bytes, from, to);
    if (next === MALFORMED) return this.refuse(WHY.chunkEnd);
    if (next !== INCOMPLETE) this.beginChunk();
    return next;
  }

  private readTrailers(exchange: HttpExchange, bytes: Buffer, from: number, to: number): number {
    const next = this.head.readFields(bytes, from, to);
    if (next === MALFORMED) return this.refuse(this.head.why);
    if (next === from) return INCOMPLETE;
    const taken = this.takeLines(bytes, from, next);
    if (taken !== MALFORMED && this.head.complete) this.complete(exchange);
    return taken;
  }

  /** Keeps the beginning of a line. Returns true when the line is too long: then the answer is over. */
  private keepLine(bytes: Buffer, from: number, to: number): boolean {
    if (this.lineBytes + to - from > this.limits.maxHeaderBytes) {
      this.refuse(WHY.headTooLarge);
      return true;
    }
    this.pending = Buffer.from(bytes.subarray(from, to));
    return false;
  }

  private complete(exchange: HttpExchange): void {
    this.phase = OVER;
    if (this.keepsHead) exchange.responseBody = this.kept.take();
    this.headText = '';
  }

  private refuse(why: Why): number {
    this.why = why;
    this.phase = OVER;
    this.kept.clear();
    return MALFORMED;
  }
}
