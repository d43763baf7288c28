import { isUtf8 } from 'node:buffer';
import { CREDENTIAL_HEADERS } from '../../../../shared/scenario/without-credentials';
import type { FailureSample } from '../../../../shared/stats/frame';
import { fromBinaryString } from './binary-string';
import { mapHeaderValues } from './header-lines';
import { type HttpExchange, SAMPLE_BODY_BYTES } from './http-exchange';
import { contentEncodings, decompressCut } from './response-content';
import { LONGEST_SECRET, MASK, type SecretMask } from './secret-mask';

/** The part of a failure sample that shows an exchange. */
export type ExchangeDescription = Pick<FailureSample, 'requestHead' | 'requestBody' | 'status' | 'responseHead' | 'responseBody'>;

/** Headers whose values are secrets, whatever they hold. */
const SECRET_HEADERS = [...CREDENTIAL_HEADERS, 'set-cookie'];
/** Characters of a head that are shown: it may be as long as `maxHeaderBytes`, and every error of every series keeps samples. */
const SAMPLE_HEAD_CHARACTERS = 8192;
/** Bytes of a binary body that are shown. */
const HEX_BYTES = 64;

/**
 * What was sent and what came back, for people: the first 8 KB of the heads and 4 KB of the bodies as text, secrets masked. After redirects it is the last
 * request of the chain and its answer.
 */
export function describeExchange(exchange: HttpExchange, mask: SecretMask): ExchangeDescription {
  const { responseHead, responseBody } = exchange;
  const sent = exchange.bytes?.texts() ?? textsOf(exchange);
  const wasCut = !exchange.capture && responseBody !== null && responseBody.length >= SAMPLE_BODY_BYTES;
  const received = decompressCut(responseBody ?? Buffer.alloc(0), contentEncodings(responseHead), maxDecompressed(responseBody));
  return {
    requestHead: describeHead(sent.head, mask),
    requestBody: describeBody(Buffer.from(sent.body, 'latin1'), false, mask),
    status: exchange.status === 0 ? null : exchange.status,
    responseHead: describeHead(responseHead, mask),
    responseBody: describeBody(received, wasCut, mask),
  };
}

/** Head and body of a request that was given as texts, as binary strings. */
function textsOf({ method, path, headerLines, body, responseHead }: HttpExchange): { head: string; body: string } {
  const protocol = responseHead.startsWith('HTTP/2') ? 'HTTP/2' : 'HTTP/1.1';
  const length = body === null ? '' : `content-length: ${body.length}\r\n`;
  return { head: `${method} ${path} ${protocol}\r\n${headerLines}${length}`, body: body ?? '' };
}

/** Says at its end how much of it is missing. */
function describeHead(head: string, mask: SecretMask): string {
  const text = fromBinaryString(head.replace(/(\r\n)+$/, ''));
  const shown = mapHeaderValues(text, (name, value) => (SECRET_HEADERS.includes(name) ? MASK : value));
  // Masked before it is cut: a secret may lie across the end.
  const looked = shown.slice(0, SAMPLE_HEAD_CHARACTERS + LONGEST_SECRET);
  const isLookedCut = looked.length < shown.length;
  const masked = isLookedCut ? mask.maskCut(looked) : mask.maskSecrets(looked);
  if (!isLookedCut && masked.length <= SAMPLE_HEAD_CHARACTERS) return masked;
  return `${masked.slice(0, SAMPLE_HEAD_CHARACTERS)}…\r\n(cut: ${head.length} bytes in all)`;
}

/** Enough room for what is shown of a sample, and no more than that for a bomb. */
function maxDecompressed(body: Buffer | null): number {
  return Math.max(1024 * 1024, (body?.length ?? 0) * 4);
}

/** `wasCut`: the bytes are the beginning of a body. */
function describeBody(bytes: Buffer, wasCut: boolean, mask: SecretMask): string {
  // Masked before it is cut: a secret may lie across the end.
  const looked = bytes.subarray(0, SAMPLE_BODY_BYTES + LONGEST_SECRET);
  const isCut = wasCut || looked.length < bytes.length;
  const text = decodeText(looked);
  if (text === null) return describeBinary(bytes, mask);
  const masked = Buffer.from(isCut ? mask.maskCut(text) : mask.maskSecrets(text), 'utf8');
  return decodeText(masked.subarray(0, SAMPLE_BODY_BYTES)) ?? '';
}

/** The text of UTF-8 bytes that may have been cut within a character; null when they are something else. */
function decodeText(bytes: Buffer): string | null {
  if (bytes.includes(0)) return null;
  for (let missing = 0; missing <= Math.min(3, bytes.length); missing++) {
    const whole = bytes.subarray(0, bytes.length - missing);
    if (isUtf8(whole)) return whole.toString('utf8');
  }
  return null;
}

function describeBinary(bytes: Buffer, mask: SecretMask): string {
  const shown = bytes.subarray(0, HEX_BYTES);
  const latin1 = bytes.toString('latin1');
  // Bytes that hold a secret are not shown in any form.
  if (mask.maskSecrets(latin1) !== latin1) return `<${bytes.length} bytes>`;
  return `<${bytes.length} bytes, hex ${shown.toString('hex')}${bytes.length > HEX_BYTES ? '…' : ''}>`;
}
