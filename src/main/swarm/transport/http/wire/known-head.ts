import type { HttpExchange } from '../http-exchange';
import { ResponseHead } from './response-head';

/** Longer heads are rare and not worth the copy. */
const MAX_BYTES = 1024;
const NO_LENGTH = -1;

/**
 * The head read last, with what it meant: a backend under load sends the same head over and over, at most with another date each
 * second. To compare it is much faster than to read it again. Hot path: heads are known at the beginning of the buffer that all sockets read
 * into only, so that they can be compared by words of four bytes; `Buffer.compare` takes several times as long.
 */
export class KnownHead {
  private readonly bytes = Buffer.alloc(MAX_BYTES);
  private readonly words = wordsOf(this.bytes);
  private readonly readWords: Int32Array;
  private length = 0;
  /** Head and body together, where an answer with this head needs no more than counting; else NO_LENGTH. */
  private answerLength = NO_LENGTH;
  private readonly meaning = new ResponseHead();

  /** `readBuffer`: what all sockets read into. `maxBodyBytes`: the longest body allowed. */
  constructor(
    private readonly readBuffer: Buffer,
    private readonly maxBodyBytes: number,
  ) {
    this.readWords = wordsOf(readBuffer);
  }

  /**
   * Takes in an answer of `length` bytes in the read buffer that came whole behind the known head, as expected, with a body that nobody asks for.
   * Returns false when it is another: then a reader has to look at it. The connection can carry another request afterwards.
   */
  takeAnswer(exchange: HttpExchange, length: number): boolean {
    const { status, contentLength } = this.meaning;
    if (length !== this.answerLength || exchange.capture || exchange.method === 'HEAD' || !exchange.expectsStatus(status))
      return false;
    if (!this.beginsReadBuffer()) return false;
    exchange.status = status;
    exchange.bodyBytes = contentLength;
    return true;
  }

  /** When the bytes at `from` are the known head, makes `head` mean the same. Returns the length of the head, 0 when it is another. */
  recall(bytes: Buffer, from: number, to: number, head: ResponseHead): number {
    const { length } = this;
    if (bytes !== this.readBuffer || from !== 0 || length === 0 || to < length || !this.beginsReadBuffer()) return 0;
    head.assume(this.meaning);
    return length;
  }

  /** Remembers a whole head, from the first byte to the last. */
  learn(bytes: Buffer, from: number, to: number, head: ResponseHead): void {
    if (to - from > MAX_BYTES) return;
    this.length = bytes.copy(this.bytes, 0, from, to);
    this.meaning.assume(head);
    const { status, contentLength, keepsConnection } = head;
    const onlyCounts =
      status >= 200 && status !== 204 && status !== 304 && contentLength >= 0 && contentLength <= this.maxBodyBytes;
    this.answerLength = onlyCounts && keepsConnection ? this.length + contentLength : NO_LENGTH;
  }

  private beginsReadBuffer(): boolean {
    const { words, readWords, length } = this;
    const wholeWords = length >> 2;
    for (let i = 0; i < wholeWords; i++) if (words[i] !== readWords[i]) return false;
    for (let i = wholeWords << 2; i < length; i++) if (this.bytes[i] !== this.readBuffer[i]) return false;
    return true;
  }
}

function wordsOf({ buffer, byteOffset, length }: Buffer): Int32Array {
  return new Int32Array(buffer, byteOffset, length >> 2);
}
