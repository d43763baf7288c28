import { ResponseHead } from './response-head';

/** Longer heads are rare and not worth the copy. */
const MAX_BYTES = 1024;

/**
 * The head read last, with what it meant: a backend under load sends the same head over and over, at most with another date each
 * second. To compare it is much faster than to read it again.
 */
export class KnownHead {
  private readonly bytes = Buffer.alloc(MAX_BYTES);
  private length = 0;
  private readonly meaning = new ResponseHead();

  /** When the bytes at `from` are the known head, makes `head` mean the same. Returns the length of the head, 0 when it is another. */
  recall(bytes: Buffer, from: number, to: number, head: ResponseHead): number {
    const { length } = this;
    if (length === 0 || to - from < length || bytes.compare(this.bytes, 0, length, from, from + length) !== 0) return 0;
    head.assume(this.meaning);
    return length;
  }

  /** Remembers a whole head, from the first byte to the last. */
  learn(bytes: Buffer, from: number, to: number, head: ResponseHead): void {
    if (to - from > MAX_BYTES) return;
    this.length = bytes.copy(this.bytes, 0, from, to);
    this.meaning.assume(head);
  }
}
