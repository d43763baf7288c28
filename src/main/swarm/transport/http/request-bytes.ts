import type { SparePool, SparePools } from '../../spare-pools';
import { ByteWriter, digitCount } from '../../template/byte-writer';
import type { Template } from '../../template/program';
import type { Scope } from '../../template/scope';
import type { RequestBody } from './request-body';
import { TextSequence } from './text-sequence';

/** Room for a request at first; it grows. */
const CAPACITY = 512;
/** Buffers of requests larger than this are not kept for others. */
const LARGEST_KEPT = 16 * 1024;
/**
 * Bytes of buffers kept by one form: of small requests as many as a large fleet has in flight at once. Were there fewer, a shard that falls behind, and
 * so has more in flight, would have to make buffers for every request and fall behind the more.
 */
const MOST_KEPT_BYTES = 16 * 1024 * 1024;

/** What a request is made of. */
export interface RequestParts {
  method: string;
  /** Request target. */
  path: Template;
  /** All header lines but `content-length`. */
  headerLines: Template;
  /** A binary string where it is always the same; null: no body and no content-length header. */
  body: string | ChangingBody | null;
}

type ChangingBody = Pick<RequestBody, 'write'>;

/**
 * A compiled request as it goes over HTTP/1.1, and the buffers in which nodes have it written. What is always the same is written once for each
 * buffer, not for each request.
 */
export class RequestForm {
  /** The whole request where its body is always the same; else all that comes before the value of content-length. */
  readonly start: TextSequence;
  /** The body where it differs from node to node. */
  readonly body: ChangingBody | null = null;
  private readonly kept: SparePool<RequestBytes>;
  private keptBytes = 0;
  /** Where the whole request is always the same, it is the same for all nodes. */
  private readonly shared: RequestBytes | null;

  constructor({ method, path, headerLines, body }: RequestParts, spares: SparePools) {
    this.kept = spares.create((bytes) => {
      this.keptBytes -= bytes.capacity;
    });
    this.start = new TextSequence('latin1').append(`${method} `, path, ' HTTP/1.1\r\n', headerLines);
    if (body === null) this.start.append('\r\n');
    else if (typeof body === 'string') this.start.append(`content-length: ${body.length}\r\n\r\n${body}`);
    else {
      this.start.append('content-length: ');
      this.body = body;
    }
    this.shared = this.body === null && this.start.constant !== null ? new RequestBytes(this) : null;
  }

  /** Writes a node's request over `previous`, if that is one of this form. Throws `TaskException` when a value cannot be had. */
  write(scope: Scope, previous: RequestBytes | null): RequestBytes {
    if (this.shared !== null) {
      previous?.giveBack();
      return this.shared;
    }
    if (previous?.form === this) {
      previous.write(scope);
      return previous;
    }
    const bytes = this.take();
    try {
      bytes.write(scope);
    } catch (error) {
      this.keep(bytes);
      throw error;
    }
    previous?.giveBack();
    return bytes;
  }

  /** Nobody needs the request any more. */
  keep(bytes: RequestBytes): void {
    const { capacity } = bytes;
    if (bytes === this.shared || capacity > LARGEST_KEPT || this.keptBytes + capacity > MOST_KEPT_BYTES) return;
    this.keptBytes += capacity;
    this.kept.giveBack(bytes);
  }

  private take(): RequestBytes {
    const kept = this.kept.take();
    if (kept === undefined) return new RequestBytes(this);
    this.keptBytes -= kept.capacity;
    return kept;
  }
}

/**
 * One node's request, in a buffer of its own: it stays as it was sent until the node's next one, for a second try and for samples of failures. The
 * length of the body is known only when it has been written, so a place of so many digits as last time is left for it.
 */
export class RequestBytes {
  /** null once the buffer has been lent to a socket that may read it at any time: then it is never written to again. */
  form: RequestForm | null;
  private readonly writer = new ByteWriter(CAPACITY);
  /** Where the value of content-length stands. */
  private lengthAt = 0;
  private lengthDigits = 2;
  /** The length that stands there; -1: none yet. */
  private bodyLength = -1;

  constructor(form: RequestForm) {
    this.form = form;
    const { constant } = form.start;
    if (constant !== null) this.writer.constant(Buffer.from(constant, 'latin1'));
    this.lengthAt = this.writer.length;
  }

  /** The buffer that begins with the request. */
  get buffer(): Buffer<ArrayBuffer> {
    return this.writer.bytes;
  }

  /** Bytes of the request. */
  get length(): number {
    return this.writer.length;
  }

  get capacity(): number {
    return this.writer.bytes.length;
  }

  /** Writes a node's request. */
  write(scope: Scope): void {
    const { form, writer } = this;
    if (form === null) return;
    if (form.start.constant === null) {
      writer.length = 0;
      form.start.write(scope, writer);
      this.lengthAt = writer.length;
      this.bodyLength = -1;
    }
    if (form.body !== null) this.writeBody(form.body, scope);
  }

  /** Nobody but a socket needs the request any more. */
  giveBack(): void {
    this.form?.keep(this);
  }

  /** A socket may read the buffer at any time from now on. */
  lend(): void {
    this.form = null;
  }

  /** The head, with its last line's end, and the body, as binary strings. Slow. */
  texts(): { head: string; body: string } {
    const text = this.writer.bytes.toString('latin1', 0, this.writer.length);
    const headEnd = text.indexOf('\r\n\r\n') + 2;
    return { head: text.slice(0, headEnd), body: text.slice(headEnd + 2) };
  }

  private writeBody(body: ChangingBody, scope: Scope): void {
    const { writer } = this;
    const bodyAt = this.lengthAt + this.lengthDigits + 4;
    writer.length = bodyAt;
    writer.reserve(0);
    body.write(scope, writer);
    const bodyLength = writer.length - bodyAt;
    if (bodyLength !== this.bodyLength) this.writeLength(bodyLength, bodyAt);
  }

  /** Writes the value of content-length and the empty line behind it; moves the body when the value has another number of digits than last time. */
  private writeLength(bodyLength: number, bodyAt: number): void {
    const { writer } = this;
    const digits = digitCount(bodyLength);
    const end = bodyAt + bodyLength;
    const shift = digits - this.lengthDigits;
    if (shift !== 0) {
      if (shift > 0) writer.reserve(shift);
      writer.bytes.copyWithin(bodyAt + shift, bodyAt, end);
      this.lengthDigits = digits;
    }
    writer.length = this.lengthAt;
    writer.number(bodyLength);
    if (shift !== 0 || this.bodyLength < 0) writer.constant(EMPTY_LINE);
    writer.length = end + shift;
    this.bodyLength = bodyLength;
  }
}

const EMPTY_LINE = Buffer.from('\r\n\r\n', 'latin1');
