/** Most bits that are appended in one step: with the up to 7 that wait for their byte they fit into a word of 32. */
const STEP_BITS = 24;

/**
 * Appends single bits and small bit groups to a growing byte array, most significant bit first. It is used again and again: a second of a run
 * has thousands of histograms. Room is made beforehand (`reserve`), so that it is not asked for with each group.
 */
export class BitWriter {
  private bytes = new Uint8Array(256);
  private length = 0;
  /** Bits that do not fill a byte yet, fewer than 8. */
  private pending = 0;
  private pendingBits = 0;

  /** Makes room for so many bytes more. */
  reserve(count: number): void {
    if (this.length + count <= this.bytes.length) return;
    const grown = new Uint8Array((this.length + count) * 2);
    grown.set(this.bytes);
    this.bytes = grown;
  }

  /** Appends the low `width` (0 to 32) bits of a value, the highest of them first. */
  write(value: number, width: number): void {
    if (width > 16) {
      this.append((value >>> 16) & ((1 << (width - 16)) - 1), width - 16);
      this.append(value & 0xffff, 16);
    } else this.append(value & ((1 << width) - 1), width);
  }

  /**
   * Appends a Golomb-Rice coded number (0 to 2^32 - 1): one bits for its high part, a zero bit, then its low `lowBits` (0 to 31). What would need `limit` (to 24)
   * one bits or more is so many of them, and then its 32 bits as they are.
   */
  writeRice(value: number, lowBits: number, limit: number): void {
    const high = value >>> lowBits;
    const low = value & ((1 << lowBits) - 1);
    if (high >= limit) {
      this.append((1 << limit) - 1, limit);
      this.write(value, 32);
    } else if (high + 1 + lowBits <= STEP_BITS) {
      // Most are: unary and low part at once.
      this.append((((2 << high) - 2) << lowBits) | low, high + 1 + lowBits);
    } else {
      this.append((2 << high) - 2, high + 1);
      this.write(low, lowBits);
    }
  }

  /** Appends a whole number (0 to 2^53 - 1) as a varint: 7 bits a byte, least significant group first. */
  writeVarint(value: number): void {
    let rest = value;
    while (rest > 0x7f) {
      this.append((rest % 0x80) | 0x80, 8);
      rest = Math.floor(rest / 0x80);
    }
    this.append(rest, 8);
  }

  /** Fills the last byte up with zero bits. */
  align(): void {
    if (this.pendingBits > 0) this.append(0, 8 - this.pendingBits);
  }

  /** Begins a part whose length in bytes is to stand before it as a varint; returns what `endSized` is to be told. At a byte's begin. */
  beginSized(): number {
    this.reserve(1);
    return this.length++;
  }

  /** Ends the part, at a byte's end. */
  endSized(at: number): void {
    const size = this.length - at - 1;
    if (size < 0x80) {
      this.bytes[at] = size;
      return;
    }
    let more = 0;
    for (let rest = size; rest > 0x7f; rest = Math.floor(rest / 0x80)) more++;
    this.reserve(more);
    this.bytes.copyWithin(at + 1 + more, at + 1, this.length);
    this.length = at;
    this.writeVarint(size);
    this.length += size;
  }

  /** The bytes so far, up to the last full one, to be copied before anything more is written. */
  written(): Uint8Array {
    return this.bytes.subarray(0, this.length);
  }

  /** Begins anew. */
  clear(): void {
    this.length = 0;
    this.pending = 0;
    this.pendingBits = 0;
  }

  /** Appends up to `STEP_BITS` bits; `value` has no others. */
  private append(value: number, width: number): void {
    const { bytes } = this;
    const pending = (this.pending << width) | value;
    let bits = this.pendingBits + width;
    let { length } = this;
    while (bits >= 8) {
      bits -= 8;
      // An array of bytes keeps the low 8 bits.
      bytes[length++] = pending >>> bits;
    }
    this.length = length;
    this.pending = pending & ((1 << bits) - 1);
    this.pendingBits = bits;
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
