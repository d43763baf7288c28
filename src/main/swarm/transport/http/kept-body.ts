const NO_BYTES = Buffer.alloc(0);

/**
 * What is kept of a body that comes in pieces: in one buffer that grows, because a backend that sends a byte at a time must not make the
 * generator hold an object for each.
 */
export class KeptBody {
  private bytes: Buffer = NO_BYTES;
  private length = 0;

  /** Copies `source[from, to)`: its owner may use the buffer again. */
  append(source: Buffer, from: number, to: number): void {
    const length = this.length + to - from;
    // The only piece of most bodies: it need not have room for more.
    if (this.length === 0) this.bytes = Buffer.from(source.subarray(from, to));
    else {
      if (length > this.bytes.length) this.grow(length);
      source.copy(this.bytes, this.length, from, to);
    }
    this.length = length;
  }

  /** Everything appended since it was last cleared; valid for good. */
  take(): Buffer {
    const taken = this.length === 0 ? NO_BYTES : this.bytes.subarray(0, this.length);
    this.clear();
    return taken;
  }

  clear(): void {
    this.bytes = NO_BYTES;
    this.length = 0;
  }

  private grow(length: number): void {
    const grown = Buffer.allocUnsafe(Math.max(length, this.bytes.length * 2));
    this.bytes.copy(grown, 0, 0, this.length);
    this.bytes = grown;
  }
}
