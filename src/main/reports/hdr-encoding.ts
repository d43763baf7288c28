import { deflateSync } from 'node:zlib';
import { bucketUpperEnd, type SparseHistogram } from '../../shared/stats/histogram';

/*
 * HdrHistogram's V2 encoding, from its published format. Written here and not taken from hdr-histogram-js, which makes a compressor with a
 * 256 KB window for each of the many small histograms of a log and puts an offset and a ratio into their headers that other readers do not
 * expect. The tests read everything back with that package.
 */

const V2_COOKIE = 0x1c849313;
const V2_COMPRESSED_COOKIE = 0x1c849314;
const SIGNIFICANT_DIGITS = 3;
/** Values below 2 * this have a bucket each; above, each power of two has this many. */
const HALF_SUB_BUCKETS = 1024;
const HALF_SUB_BUCKET_BITS = 10;
/** The last value of the house histogram's range, us. */
const HIGHEST_US = 2 ** 32 - 1;
const HEADER_BYTES = 40;
/** A count and the run of empty buckets before it take at most 5 bytes each. */
const BYTES_PER_BUCKET = 10;
const COMPRESSED_HEADER_BYTES = 8;
/** What the compressor gives out at once. Its own choice of 16 KB for each of many small histograms keeps the garbage collector busy. */
const CHUNK_BYTES = 1024;

/** Where histograms are put together before they are compressed, one after the other. It grows. */
let plain = withHeader(1024);

/**
 * A histogram in V2 compressed encoding, base64: 3 significant digits, us. Each bucket's count stands at the bucket's upper end, the last one's
 * at the exact maximum, so the percentiles that are read back are those of the other reports. An average read back may be up to 0.4 % high.
 */
export function encodeHdr(histogram: SparseHistogram): string {
  const { indexes, counts, max } = histogram;
  const mostBytes = HEADER_BYTES + BYTES_PER_BUCKET * Math.max(1, indexes.length);
  if (plain.length < mostBytes) plain = withHeader(2 * mostBytes);
  let end = HEADER_BYTES;
  let nextIndex = 0;
  for (let i = 0; i < indexes.length; i++) {
    const index = hdrIndex(Math.min(bucketUpperEnd(indexes[i] as number), max, HIGHEST_US));
    const empty = index - nextIndex;
    // One empty bucket is a zero, several are a negative number.
    if (empty > 0) end = putZigZag(plain, end, empty === 1 ? 0 : -empty);
    end = putZigZag(plain, end, counts[i] as number);
    nextIndex = index + 1;
  }
  // An empty histogram is one empty bucket.
  if (nextIndex === 0) end = putZigZag(plain, end, 0);
  plain.writeInt32BE(end - HEADER_BYTES, 4);
  // A small window is enough for a few hundred bytes and cheap to set up.
  const compressed = deflateSync(plain.subarray(0, end), { windowBits: 9, memLevel: 1, chunkSize: CHUNK_BYTES });
  const encoded = Buffer.allocUnsafe(COMPRESSED_HEADER_BYTES + compressed.length);
  encoded.writeInt32BE(V2_COMPRESSED_COOKIE, 0);
  encoded.writeInt32BE(compressed.length, 4);
  encoded.set(compressed, COMPRESSED_HEADER_BYTES);
  return encoded.toString('base64');
}

/** An empty buffer that begins with what all V2 headers have in common. */
function withHeader(bytes: number): Buffer {
  const buffer = Buffer.alloc(bytes);
  buffer.writeInt32BE(V2_COOKIE, 0);
  buffer.writeInt32BE(0, 8); // normalizing index offset
  buffer.writeInt32BE(SIGNIFICANT_DIGITS, 12);
  buffer.writeBigInt64BE(1n, 16); // lowest discernible value
  buffer.writeBigInt64BE(BigInt(HIGHEST_US), 24);
  buffer.writeDoubleBE(1, 32); // integer to double conversion ratio
  return buffer;
}

/** The bucket of HdrHistogram's layout that a value counts in. */
function hdrIndex(valueUs: number): number {
  const magnitude = valueUs < 1 ? 0 : Math.max(0, 31 - Math.clz32(valueUs) - HALF_SUB_BUCKET_BITS);
  const subBucket = Math.floor(valueUs / 2 ** magnitude);
  return magnitude * HALF_SUB_BUCKETS + subBucket;
}

/** Writes a whole number as ZigZag LEB128 and returns where it ends. Magnitudes below 2^52. */
function putZigZag(buffer: Buffer, start: number, value: number): number {
  let rest = value >= 0 ? value * 2 : -value * 2 - 1;
  let at = start;
  while (rest >= 128) {
    buffer[at++] = (rest % 128) + 128;
    rest = Math.floor(rest / 128);
  }
  buffer[at++] = rest;
  return at;
}
