import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { BitWriter } from '../../shared/stats/bit-stream';
import type { SparseHistogram } from '../../shared/stats/histogram';
import { decodeHistogram, writeHistogram } from '../../shared/stats/sparse-codec';

/** First byte of a pack: how the rest is stored. */
const PLAIN = 0;
const DEFLATED = 1;

const writer = new BitWriter();

/** Histograms of more bytes than this on average are dense already: a few percent could be gained, for as much time as it takes to encode them. */
const DENSE_BYTES = 40;

/**
 * Several histograms as one block of bytes: each encoded, with its length before it, deflated where that makes it smaller
 * (many small histograms are alike).
 */
export function packHistograms(histograms: readonly SparseHistogram[]): Buffer {
  writer.clear();
  for (const histogram of histograms) {
    const begin = writer.beginSized();
    writeHistogram(writer, histogram);
    writer.endSized(begin);
  }
  const plain = writer.written();
  if (plain.length <= DENSE_BYTES * histograms.length) {
    const deflated = deflateRawSync(plain, { level: 3 });
    if (deflated.length < plain.length * 0.95) return Buffer.concat([Uint8Array.of(DEFLATED), deflated]);
  }
  return Buffer.concat([Uint8Array.of(PLAIN), plain]);
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
