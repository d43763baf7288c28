import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { SparseHistogram } from '../../shared/stats/histogram';
import { decodeHistogram, encodeHistogram } from '../../shared/stats/sparse-codec';

/** First byte of a pack: how the rest is stored. */
const PLAIN = 0;
const DEFLATED = 1;

/**
 * Several histograms as one block of bytes: each encoded, with its length before it, deflated where that makes it smaller
 * (many small histograms are alike; large ones are dense already).
 */
export function packHistograms(histograms: readonly SparseHistogram[]): Buffer {
  const parts: Uint8Array[] = [];
  for (const histogram of histograms) {
    const bytes = encodeHistogram(histogram);
    parts.push(varint(bytes.length), bytes);
  }
  const plain = Buffer.concat(parts);
  const deflated = deflateRawSync(plain, { level: 3 });
  return deflated.length < plain.length * 0.95
    ? Buffer.concat([Uint8Array.of(DEFLATED), deflated])
    : Buffer.concat([Uint8Array.of(PLAIN), plain]);
}

/** What `packHistograms` was given. Throws an `Error` for other bytes. */
export function unpackHistograms(pack: Uint8Array): SparseHistogram[] {
  return unpackWanted(pack, () => true) as SparseHistogram[];
}

/** As `unpackHistograms`, but decodes only those wanted, by their place; null stands for the others. */
export function unpackWanted(pack: Uint8Array, isWanted: (index: number) => boolean): (SparseHistogram | null)[] {
  const body = pack.subarray(1);
  const plain = pack[0] === DEFLATED ? inflateRawSync(body) : body;
  const histograms: (SparseHistogram | null)[] = [];
  let at = 0;
  while (at < plain.length) {
    let length = 0;
    for (let scale = 1; ; scale *= 0x80) {
      const byte = plain[at++] ?? 0;
      length += (byte & 0x7f) * scale;
      if (byte < 0x80) break;
    }
    histograms.push(isWanted(histograms.length) ? decodeHistogram(plain.subarray(at, at + length)) : null);
    at += length;
  }
  return histograms;
}

function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  let rest = value;
  for (; rest > 0x7f; rest = Math.floor(rest / 0x80)) bytes.push((rest % 0x80) | 0x80);
  bytes.push(rest);
  return Uint8Array.from(bytes);
}
