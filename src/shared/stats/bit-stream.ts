/** Appends single bits and small bit groups to a growing byte array, most significant bit first. */
export class BitWriter {
  private bytes = new Uint8Array(256);
  private length = 0;
  private pending = 0;
  private pendingBits = 0;

  /** Appends the low `width` (0 to 32) bits of a value, the highest of them first. */
  write(value: number, width: number): void {
    if (width > 16) {
      this.write(value >>> 16, width - 16);
      this.write(value & 0xffff, 16);
      return;
    }
    this.pending = (this.pending << width) | (value & ((1 << width) - 1));
    this.pendingBits += width;
    while (this.pendingBits >= 8) {
      this.pendingBits -= 8;
      this.push((this.pending >>> this.pendingBits) & 0xff);
    }
    this.pending &= (1 << this.pendingBits) - 1;
  }

  /** Appends a whole number (0 to 2^53 - 1) as a varint: 7 bits a byte, least significant group first. */
  writeVarint(value: number): void {
    let rest = value;
    while (rest > 0x7f) {
      this.write((rest % 0x80) | 0x80, 8);
      rest = Math.floor(rest / 0x80);
    }
    this.write(rest, 8);
  }

  /** The bytes so far; the last one is filled up with zero bits. */
  finish(): Uint8Array {
    if (this.pendingBits > 0) this.write(0, 8 - this.pendingBits);
    return this.bytes.slice(0, this.length);
  }

  private push(byte: number): void {
    if (this.length === this.bytes.length) {
      const grown = new Uint8Array(this.length * 2);
      grown.set(this.bytes);
      this.bytes = grown;
    }
    this.bytes[this.length++] = byte;
  }
}

/** Reads what a `BitWriter` wrote. Throws a `RangeError` when the bytes end too early. */
export class BitReader {
  private readonly bytes: Uint8Array;
  private next = 0;
  /** The bits to come, the first of them highest; zeros after the last byte. */
  private window = 0;
  private available = 0;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  /** The next `width` (0 to 32) bits as a number. */
  read(width: number): number {
    if (width === 0) return 0;
    if (width > 16) return this.read(width - 16) * 0x10000 + this.read(16);
    if (this.available < width) this.refill();
    const value = this.window >>> (32 - width);
    this.consume(width);
    return value;
  }

  /** How many one bits come before the next zero bit, at most `limit` (to 24); the zero bit (if within the limit) is read too. */
  readUnary(limit: number): number {
    if (this.available <= limit) this.refill();
    const ones = Math.clz32(~this.window);
    if (ones >= limit) {
      this.consume(limit);
      return limit;
    }
    this.consume(ones + 1);
    return ones;
  }

  /**
   * A Golomb-Rice coded number: one bits for its high part, a zero bit, then its low `lowBits` (0 to 31). -1, and nothing is
   * read, when there are `limit` (to 24) one bits or when it is too long to be read at once.
   */
  readRice(lowBits: number, limit: number): number {
    let ones = Math.clz32(~this.window);
    if (ones + 1 + lowBits > this.available) {
      this.refill();
      ones = Math.clz32(~this.window);
      if (ones + 1 + lowBits > this.available) return -1;
    }
    if (ones >= limit) return -1;
    // In two steps, because a shift by 32 is none.
    const low = ((this.window << (ones + 1)) >>> 1) >>> (31 - lowBits);
    this.consume(ones + 1 + lowBits);
    // Not `2 ** lowBits`, which is as slow as all the rest.
    return ones * ((1 << lowBits) >>> 0) + low;
  }

  /** A whole number written by `writeVarint`. */
  readVarint(): number {
    let value = 0;
    let scale = 1;
    for (;;) {
      const byte = this.read(8);
      value += (byte & 0x7f) * scale;
      if (value > Number.MAX_SAFE_INTEGER) throw new RangeError('a number is too large');
      if (byte < 0x80) return value;
      scale *= 0x80;
    }
  }

  /** Whether only the filling (fewer than 8 zero bits) is left. */
  atEnd(): boolean {
    const left = this.bytes.length * 8 - (this.next * 8 - this.available);
    return left < 8 && this.read(left) === 0;
  }

  private consume(width: number): void {
    this.window <<= width;
    this.available -= width;
    if (this.next * 8 - this.available > this.bytes.length * 8) throw new RangeError('the bytes end too early');
  }

  private refill(): void {
    while (this.available <= 24) {
      this.window |= (this.bytes[this.next++] ?? 0) << (24 - this.available);
      this.available += 8;
    }
  }
}
