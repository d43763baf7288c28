import { mustBeShort } from './template';

const ZERO = 0x30;
const MINUS = 0x2d;
const POINT = 0x2e;
/** Longer pieces are copied by the runtime: a call costs as much as some dozen bytes do here. */
const SHORT = 48;
/** The longest text of a number that is written here: sign, ten digits, point, three digits. */
const NUMBER_BYTES = 16;
/** Below it a number times 1000 is exact enough for the comparison to tell whether it has at most three decimals. */
const SHORT_NUMBER_LIMIT = 1e9;

/**
 * Bytes that a template is written into, one piece behind the other. Hot path: strings are joined cheaply but dear to hand to the kernel, which wants
 * them flat and copied; here each byte is written once and nothing is left for the garbage collector.
 */
export class ByteWriter {
  /** Another buffer after it has grown. */
  bytes: Buffer<ArrayBuffer>;
  /** Bytes written; what comes next is put behind them. */
  length = 0;

  constructor(capacity: number) {
    this.bytes = Buffer.allocUnsafeSlow(capacity);
  }

  /** Makes room for `more` bytes. Throws `TaskException` when the text becomes too long to go on with. */
  reserve(more: number): void {
    const needed = this.length + more;
    if (needed > this.bytes.length) this.grow(needed);
  }

  /** Writes bytes as they are. */
  constant(piece: Uint8Array): void {
    const { length } = piece;
    this.reserve(length);
    const { bytes, length: at } = this;
    if (length > SHORT) bytes.set(piece, at);
    else for (let i = 0; i < length; i++) bytes[at + i] = piece[i] as number;
    this.length = at + length;
  }

  /**
   * Writes a number of up to three decimals as ECMAScript does: 42, -1.5. Returns false, and writes nothing, for any other: its text is `numberText`'s
   * business.
   */
  number(value: number): boolean {
    const whole = value | 0;
    if (whole === value) {
      this.reserve(NUMBER_BYTES);
      if (whole < 0) this.bytes[this.length++] = MINUS;
      this.digits(Math.abs(whole));
      return true;
    }
    const size = Math.abs(value);
    // What is not a number is not below it either.
    if (!(size < SHORT_NUMBER_LIMIT)) return false;
    const thousandths = Math.round(size * 1000);
    if (thousandths / 1000 !== size) return false;
    this.reserve(NUMBER_BYTES);
    if (value < 0) this.bytes[this.length++] = MINUS;
    const integer = (thousandths / 1000) | 0;
    this.digits(integer);
    this.decimals(thousandths - integer * 1000);
    return true;
  }

  /** Writes a text as UTF-8. */
  utf8(text: string): void {
    if (this.shortAscii(text)) return;
    // At most three bytes for each code unit; where that is more than there is, it is worth a count.
    if (3 * text.length > this.bytes.length - this.length) this.reserve(Buffer.byteLength(text, 'utf8'));
    this.length += this.bytes.write(text, this.length, 'utf8');
  }

  /** Writes a binary string: one character (0 to 255) is one byte. */
  latin1(text: string): void {
    if (this.shortAscii(text)) return;
    this.reserve(text.length);
    this.length += this.bytes.write(text, this.length, 'latin1');
  }

  private shortAscii(text: string): boolean {
    const { length } = text;
    if (length > SHORT) return false;
    this.reserve(length);
    const { bytes, length: at } = this;
    for (let i = 0; i < length; i++) {
      const code = text.charCodeAt(i);
      if (code > 0x7f) return false;
      bytes[at + i] = code;
    }
    this.length = at + length;
    return true;
  }

  /** `value`: whole, 0 to 2^31. There must be room. */
  private digits(value: number): void {
    const { bytes } = this;
    const at = this.length;
    const count = digitCount(value);
    let rest = value;
    for (let i = at + count - 1; i >= at; i--) {
      const tenth = (rest / 10) | 0;
      bytes[i] = ZERO + rest - tenth * 10;
      rest = tenth;
    }
    this.length = at + count;
  }

  /** The point and one to three digits, without zeros at the end. */
  private decimals(thousandths: number): void {
    const { bytes, length: at } = this;
    const tenths = (thousandths / 100) | 0;
    const last = thousandths % 10;
    const middle = ((thousandths / 10) | 0) % 10;
    bytes[at] = POINT;
    bytes[at + 1] = ZERO + tenths;
    bytes[at + 2] = ZERO + middle;
    bytes[at + 3] = ZERO + last;
    this.length = at + (last !== 0 ? 4 : middle !== 0 ? 3 : 2);
  }

  private grow(needed: number): void {
    mustBeShort(needed);
    const larger = Buffer.allocUnsafeSlow(Math.max(needed, 2 * this.bytes.length));
    larger.set(this.bytes);
    this.bytes = larger;
  }
}

/** Decimal digits of a whole number, 0 to 2^31. */
export function digitCount(value: number): number {
  let count = 1;
  for (let limit = 10; value >= limit; limit *= 10) count++;
  return count;
}
