import { brotliDecompressSync, constants, gunzipSync, inflateRawSync, inflateSync, zstdDecompressSync } from 'node:zlib';
import { MAX_JSON_LEVELS } from '../../../../shared/scenario/json-path';
import { errorMessage } from '../../../../shared/text/error-text';
import { headerValues } from './header-lines';

/** Codings of one body that are undone: servers use one, proxies may add another. Each costs time, whatever the size. */
const MAX_CODINGS = 4;

/** A body that cannot be read: its encoding is unknown or broken, or it is larger than allowed. */
export class ContentError extends Error {
  override name = 'ContentError';
}

/** A JSON value, or why there is none. `kind` says so without a word of the answer, so that the same trouble of many answers reads alike. */
export type ParsedJson = { value: unknown } | { kind: string; problem: string };

/**
 * A captured answer, read on demand and once: its body decompressed, decoded as text, parsed as JSON. Made only for requests whose
 * expectations or extractions look at it.
 */
export class ResponseContent {
  private decodedText: string | null = null;
  private parsed: ParsedJson | null = null;

  /** `head`: status line and headers; `maxBodyBytes` bounds the body after decompression as well. */
  constructor(
    private readonly head: string,
    private readonly body: Buffer | null,
    private readonly maxBodyBytes: number,
  ) {}

  /** The header's first value; null when it is not there. */
  header(name: string): string | null {
    return headerValues(this.head, name)[0] ?? null;
  }

  /** The body as text, in the charset that the answer names, UTF-8 otherwise. Throws `ContentError`. */
  text(): string {
    this.decodedText ??= decodeText(
      decompress(this.body ?? Buffer.alloc(0), contentEncodings(this.head), this.maxBodyBytes),
      this.header('content-type') ?? '',
    );
    return this.decodedText;
  }

  /** The body as a JSON value, or what is wrong with it. Throws `ContentError`. */
  json(): ParsedJson {
    this.parsed ??= parseJson(this.text());
    return this.parsed;
  }
}

/** The codings of a body, in the order they were applied, lower case. */
export function contentEncodings(head: string): string[] {
  return headerValues(head, 'content-encoding')
    .join(',')
    .split(',')
    .map((coding) => coding.trim().toLowerCase())
    .filter((coding) => coding !== '' && coding !== 'identity');
}

/** Undoes the content codings of a body (RFC 9110, 8.4.1). Throws `ContentError` above `maxBytes`, so that no small answer fills the memory. */
function decompress(body: Buffer, codings: readonly string[], maxBytes: number): Buffer {
  let bytes = body;
  if (bytes.length === 0) return bytes;
  if (codings.length > MAX_CODINGS) {
    throw new ContentError(`the body is encoded ${codings.length} times, more than ${MAX_CODINGS}`);
  }
  for (const coding of codings.toReversed()) {
    try {
      bytes = decompressOne(bytes, coding, maxBytes);
    } catch (error) {
      if (error instanceof ContentError) throw error;
      if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') {
        throw new ContentError(`the body is larger than ${maxBytes} bytes after decompression (${coding})`);
      }
      throw new ContentError(`the body is not valid ${coding} (${errorMessage(error)})`);
    }
  }
  return bytes;
}

/** Decompresses as much as there is of a body that was cut off; what cannot be read is returned as it is. */
export function decompressCut(body: Buffer, codings: readonly string[], maxBytes: number): Buffer {
  const [coding] = codings;
  if (coding === undefined || codings.length > 1 || body.length === 0) return body;
  try {
    return decompressOne(body, coding, maxBytes, true);
  } catch {
    return body;
  }
}

function decompressOne(bytes: Buffer, coding: string, maxOutputLength: number, cut = false): Buffer {
  const zlibOptions = { maxOutputLength, finishFlush: cut ? constants.Z_SYNC_FLUSH : constants.Z_FINISH };
  switch (coding) {
    case 'gzip':
    case 'x-gzip':
      return gunzipSync(bytes, zlibOptions);
    case 'deflate':
      // Some servers send raw deflate data under this name, without the zlib header that RFC 9110 asks for.
      return hasZlibHeader(bytes) ? inflateSync(bytes, zlibOptions) : inflateRawSync(bytes, zlibOptions);
    case 'br':
      return brotliDecompressSync(bytes, {
        maxOutputLength,
        finishFlush: cut ? constants.BROTLI_OPERATION_FLUSH : constants.BROTLI_OPERATION_FINISH,
      });
    case 'zstd':
      return zstdDecompressSync(bytes, { maxOutputLength, finishFlush: cut ? constants.ZSTD_e_flush : constants.ZSTD_e_end });
    default:
      throw new ContentError(`the body has the unknown content-encoding "${coding}"`);
  }
}

/** RFC 1950, 2.2: method 8, and the first two bytes are a multiple of 31. */
function hasZlibHeader(bytes: Buffer): boolean {
  return bytes.length >= 2 && (bytes.readUInt8(0) & 0x0f) === 8 && bytes.readUInt16BE(0) % 31 === 0;
}

function decodeText(bytes: Buffer, contentType: string): string {
  const charset = /;\s*charset\s*=\s*"?([^\s";]+)/i.exec(contentType)?.[1]?.toLowerCase() ?? 'utf-8';
  if (charset !== 'utf-8' && charset !== 'utf8') {
    try {
      return new TextDecoder(charset).decode(bytes);
    } catch {
      // A charset that nobody knows is read as the default one.
    }
  }
  const text = bytes.toString('utf8');
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
}

function parseJson(text: string): ParsedJson {
  const tooDeep = `the body is nested deeper than ${MAX_JSON_LEVELS} levels`;
  if (isNestedDeeper(text, MAX_JSON_LEVELS)) return { kind: tooDeep, problem: tooDeep };
  try {
    return { value: JSON.parse(text) };
  } catch (error) {
    const kind = text === '' ? 'the body is empty' : 'the body is not JSON';
    return { kind, problem: text === '' ? kind : `${kind} (${errorMessage(error)})` };
  }
}

/** Whether objects and lists of a JSON text are nested deeper than `levels`. */
function isNestedDeeper(text: string, levels: number): boolean {
  // Every level takes two characters.
  if (text.length <= 2 * levels) return false;
  let level = 0;
  let inString = false;
  for (let at = 0; at < text.length; at++) {
    switch (text.charCodeAt(at)) {
      case 0x22: // "
        inString = !inString;
        break;
      case 0x5c: // \\
        if (inString) at++;
        break;
      case 0x5b: // [
      case 0x7b: // {
        if (!inString && ++level > levels) return true;
        break;
      case 0x5d: // ]
      case 0x7d: // }
        if (!inString) level--;
        break;
    }
  }
  return false;
}
