import { WHY, type Why } from '../malformed-why';
import { INCOMPLETE, MALFORMED } from './line-outcome';
import { COLON, COMMA, CR, FIELD_TEXT, LF, NINE, SPACE, TAB, TOKEN, ZERO } from './octets';

/** The fixed-width start of a status line; `d` stands for a digit. */
const STATUS_START = 'HTTP/d.d ddd';
const STATUS_START_OCTETS = Uint8Array.from(STATUS_START, (character) => character.charCodeAt(0));
const DIGIT = 'd'.charCodeAt(0);
const VERSIONS = [9, 10, 11, 20];
/** Lengths may be given in 64 bits. */
const LENGTH_LIMIT = 2 ** 64;

/**
 * Status line and header fields of an answer, read line by line: of the fields only what decides where the answer ends and
 * whether the connection lives on. As strict as llhttp: lines end with CRLF, names are tokens with the colon right behind,
 * folded lines are refused, Content-Length comes once and never together with Transfer-Encoding (RFC 9112, section 6.3).
 */
export class ResponseHead {
  status = 0;
  /** -1 when not given. */
  contentLength = -1;
  transferEncoding = false;
  /** Whether `chunked` is the last transfer coding. */
  chunked = false;
  /** Whether the empty line was reached. */
  complete = false;
  /** Why a line was malformed. */
  why: Why = WHY.field;
  private version = 0;
  private saysClose = false;
  private saysKeepAlive = false;
  private inTrailers = false;

  reset(): void {
    this.status = 0;
    this.contentLength = -1;
    this.transferEncoding = false;
    this.chunked = false;
    this.complete = false;
    this.saysClose = false;
    this.saysKeepAlive = false;
    this.inTrailers = false;
  }

  /** Means the same as another head from now on. */
  assume(other: ResponseHead): void {
    this.status = other.status;
    this.contentLength = other.contentLength;
    this.transferEncoding = other.transferEncoding;
    this.chunked = other.chunked;
    this.complete = other.complete;
    this.version = other.version;
    this.saysClose = other.saysClose;
    this.saysKeepAlive = other.saysKeepAlive;
    this.inTrailers = other.inTrailers;
  }

  /** From here on fields are trailers: they must be well-formed but change nothing. */
  beginTrailers(): void {
    this.complete = false;
    this.inTrailers = true;
  }

  /** Whether the server means to keep the connection: the default since HTTP/1.1, to be asked for in HTTP/1.0. */
  get keepsConnection(): boolean {
    return this.version === 11 ? !this.saysClose : this.saysKeepAlive && !this.saysClose;
  }

  /** Reads the status line at `from`; empty lines before it are skipped. Returns the position behind it, INCOMPLETE or MALFORMED. */
  readStatusLine(bytes: Uint8Array, from: number, to: number): number {
    let at = from;
    while (at < to && (bytes[at] === CR || bytes[at] === LF)) at++;
    this.why = WHY.statusLine;
    for (let i = 0; i < STATUS_START_OCTETS.length; i++) {
      if (at + i >= to) return INCOMPLETE;
      const octet = bytes[at + i] as number;
      const wanted = STATUS_START_OCTETS[i] as number;
      if (wanted === DIGIT ? octet < ZERO || octet > NINE : octet !== wanted) return MALFORMED;
    }
    this.version = digitAt(bytes, at + 5) * 10 + digitAt(bytes, at + 7);
    this.status = digitAt(bytes, at + 9) * 100 + digitAt(bytes, at + 10) * 10 + digitAt(bytes, at + 11);
    if (this.status < 100 || !VERSIONS.includes(this.version)) return MALFORMED;
    at += STATUS_START_OCTETS.length;
    if (at < to && bytes[at] !== SPACE && bytes[at] !== CR) return MALFORMED;
    while (at < to && bytes[at] !== CR && bytes[at] !== LF) at++;
    return lineEnd(bytes, at, to);
  }

  /**
   * Reads whole field lines from `from` on, up to and with the empty line (`complete`). Returns the position behind the last line
   * read, which is `from` when not one is whole yet, or MALFORMED.
   */
  readFields(bytes: Uint8Array, from: number, to: number): number {
    let at = from;
    this.why = WHY.field;
    while (at < to) {
      let i = at;
      while (i < to && TOKEN[bytes[i] as number] === 1) i++;
      const nameEnd = i;
      if (i < to && bytes[i] !== COLON) return i === at ? this.readEmptyLine(bytes, at, to) : MALFORMED;
      if (nameEnd === at) return MALFORMED;
      i++;
      while (i < to && FIELD_TEXT[bytes[i] as number] === 1) i++;
      const next = lineEnd(bytes, i, to);
      if (next === MALFORMED) return MALFORMED;
      if (next === INCOMPLETE) return at;
      if (!this.take(bytes, at, nameEnd, i)) return MALFORMED;
      at = next;
    }
    return at;
  }

  private readEmptyLine(bytes: Uint8Array, at: number, to: number): number {
    const next = lineEnd(bytes, at, to);
    if (next === INCOMPLETE) return at;
    this.complete = next !== MALFORMED;
    return next;
  }

  /** Takes in the field if it matters; false when it must not be there. Names that matter are told by their length first. */
  private take(bytes: Uint8Array, nameStart: number, nameEnd: number, lineEndAt: number): boolean {
    switch (nameEnd - nameStart) {
      case 10:
        if (this.inTrailers || !matches(bytes, nameStart, nameEnd, CONNECTION)) return true;
        this.takeConnection(bytes, nameEnd + 1, lineEndAt);
        return true;
      case 14:
        return !matches(bytes, nameStart, nameEnd, CONTENT_LENGTH) || this.takeContentLength(bytes, nameEnd + 1, lineEndAt);
      case 17:
        if (this.inTrailers || !matches(bytes, nameStart, nameEnd, TRANSFER_ENCODING)) return true;
        return this.takeTransferEncoding(bytes, nameEnd + 1, lineEndAt);
      default:
        return true;
    }
  }

  private takeContentLength(bytes: Uint8Array, from: number, to: number): boolean {
    if (this.contentLength >= 0) return this.refuse(WHY.contentLengthTwice);
    if (this.transferEncoding) return this.refuse(WHY.framing);
    const end = trimmedEnd(bytes, from, to);
    let at = trimmedStart(bytes, from, end);
    if (at === end) return this.refuse(WHY.contentLength);
    let length = 0;
    for (; at < end; at++) {
      const digit = digitAt(bytes, at);
      if (digit < 0 || digit > 9) return this.refuse(WHY.contentLength);
      length = length * 10 + digit;
    }
    if (length >= LENGTH_LIMIT) return this.refuse(WHY.contentLength);
    this.contentLength = length;
    return true;
  }

  private takeTransferEncoding(bytes: Uint8Array, from: number, to: number): boolean {
    if (this.contentLength >= 0) return this.refuse(WHY.framing);
    const end = trimmedEnd(bytes, from, to);
    let start = end;
    while (start > from && bytes[start - 1] !== COMMA) start--;
    this.transferEncoding = true;
    this.chunked = matches(bytes, trimmedStart(bytes, start, end), end, CHUNKED);
    return true;
  }

  private takeConnection(bytes: Uint8Array, from: number, to: number): void {
    let start = from;
    for (let at = from; at <= to; at++) {
      if (at < to && bytes[at] !== COMMA) continue;
      const optionEnd = trimmedEnd(bytes, start, at);
      const optionStart = trimmedStart(bytes, start, optionEnd);
      if (matches(bytes, optionStart, optionEnd, CLOSE)) this.saysClose = true;
      else if (matches(bytes, optionStart, optionEnd, KEEP_ALIVE)) this.saysKeepAlive = true;
      start = at + 1;
    }
  }

  private refuse(why: Why): boolean {
    this.why = why;
    return false;
  }
}

const CONNECTION = octetsOf('connection');
const CONTENT_LENGTH = octetsOf('content-length');
const TRANSFER_ENCODING = octetsOf('transfer-encoding');
const CHUNKED = octetsOf('chunked');
const CLOSE = octetsOf('close');
const KEEP_ALIVE = octetsOf('keep-alive');

function octetsOf(lowerCase: string): Uint8Array {
  return Uint8Array.from(lowerCase, (character) => character.charCodeAt(0));
}

/** Whether the octets are this word of a to z and hyphen, in whatever case. No control character may be among them. */
function matches(bytes: Uint8Array, from: number, to: number, word: Uint8Array): boolean {
  if (to - from !== word.length) return false;
  for (let i = 0; i < word.length; i++) {
    if (((bytes[from + i] as number) | 0x20) !== word[i]) return false;
  }
  return true;
}

function digitAt(bytes: Uint8Array, at: number): number {
  return (bytes[at] as number) - ZERO;
}

function trimmedStart(bytes: Uint8Array, from: number, to: number): number {
  let at = from;
  while (at < to && (bytes[at] === SPACE || bytes[at] === TAB)) at++;
  return at;
}

function trimmedEnd(bytes: Uint8Array, from: number, to: number): number {
  let at = to;
  while (at > from && (bytes[at - 1] === SPACE || bytes[at - 1] === TAB)) at--;
  return at;
}

/** The position behind the CRLF at `at`, INCOMPLETE or MALFORMED. */
export function lineEnd(bytes: Uint8Array, at: number, to: number): number {
  if (at >= to) return INCOMPLETE;
  if (bytes[at] !== CR) return MALFORMED;
  if (at + 1 >= to) return INCOMPLETE;
  return bytes[at + 1] === LF ? at + 2 : MALFORMED;
}
