import { INCOMPLETE, MALFORMED } from './line-outcome';
import { BACKSLASH, CR, EQUALS, FIELD_TEXT, QUOTE, SEMICOLON, TOKEN } from './octets';
import { lineEnd } from './response-head';

const SIZE_LIMIT = 2 ** 64;

/**
 * The line before a chunk: its size in hexadecimal, then extensions, which are checked and passed over (RFC 9112, section 7.1).
 * As strict as llhttp: no whitespace anywhere outside of a quoted string.
 */
export class ChunkSizeLine {
  /** Bytes of the chunk; 0: the last one, trailers follow. */
  size = 0;

  /** Returns the position behind the line, INCOMPLETE or MALFORMED. */
  read(bytes: Uint8Array, from: number, to: number): number {
    let at = from;
    let size = 0;
    for (; at < to; at++) {
      const digit = hexDigit(bytes[at] as number);
      if (digit < 0) break;
      size = size * 16 + digit;
    }
    if (size >= SIZE_LIMIT || (at === from && at < to)) return MALFORMED;
    while (at < to && bytes[at] === SEMICOLON) {
      at = readExtension(bytes, at + 1, to);
      if (at < 0) return at;
    }
    this.size = size;
    return lineEnd(bytes, at, to);
  }
}

/** Reads `name`, `name=value` or `name="value"`. Returns the position behind it, INCOMPLETE or MALFORMED. */
function readExtension(bytes: Uint8Array, from: number, to: number): number {
  let at = skipToken(bytes, from, to);
  if (at >= to) return INCOMPLETE;
  if (at === from && bytes[at] === CR) return MALFORMED;
  if (bytes[at] !== EQUALS) return at;
  at = skipToken(bytes, at + 1, to);
  if (at >= to) return INCOMPLETE;
  return bytes[at] === QUOTE ? readQuoted(bytes, at + 1, to) : at;
}

function readQuoted(bytes: Uint8Array, from: number, to: number): number {
  for (let at = from; at < to; at++) {
    if (bytes[at] === QUOTE) return at + 1;
    if (bytes[at] === BACKSLASH) at++;
    if (at < to && FIELD_TEXT[bytes[at] as number] === 0) return MALFORMED;
  }
  return INCOMPLETE;
}

function skipToken(bytes: Uint8Array, from: number, to: number): number {
  let at = from;
  while (at < to && TOKEN[bytes[at] as number] === 1) at++;
  return at;
}

/** The value of a hexadecimal digit, -1 when it is none. */
function hexDigit(octet: number): number {
  if (octet >= 0x30 && octet <= 0x39) return octet - 0x30;
  const lower = octet | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1;
}
