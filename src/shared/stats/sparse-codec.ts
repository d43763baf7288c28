import { BitReader, BitWriter } from './bit-stream';
import { BUCKET_COUNT, bucketIndex, EMPTY_HISTOGRAM, type SparseHistogram } from './histogram';

/*
 * The form a histogram is stored in. One zero byte when empty, else
 *
 *   varint count, varint min, varint max - min, varint sum - count * min,
 *   then for each filled bucket, in ascending order: its count less one, and, if more are to come, the empty buckets before the next.
 *
 * The first bucket is that of min, the last is reached when all values are accounted for, so neither is written. The small numbers are
 * Golomb-Rice coded (Rice, 1979); the parameter follows the mean of those before, as lossless audio coders do, because buckets are
 * dense around the median and far apart in the tails.
 */

/** Longest run of one bits; what would need more is written as 32 plain bits after it. */
const ESCAPE = 20;

/**
 * Low bits of a code that are written as they are, by the mean of the numbers before: floor(log2(0.7 mean)), at least 0, near the best for a
 * geometric distribution.
 */
function lowBits(mean: number): number {
  // The lowest bit makes one of what is below, and changes nothing in what is above.
  return 31 - Math.clz32((mean * 0.7) | 1);
}

/** The mean after one more number. */
function follow(mean: number, value: number): number {
  return mean + (value - mean) / 8;
}

function readRice(reader: BitReader, bits: number): number {
  const value = reader.readRice(bits, ESCAPE);
  if (value >= 0) return value;
  const high = reader.readUnary(ESCAPE);
  return high < ESCAPE ? high * 2 ** bits + reader.read(bits) : reader.read(32);
}

/** What both sides expect before they have seen a bucket: values spread evenly from the first bucket to the last. */
function expectedGap(count: number, span: number): number {
  return span / Math.min(count, span) - 1;
}

function expectedCount(count: number, span: number): number {
  return Math.max(0, count / span - 1);
}

/** Most bytes that a bucket takes, and what stands before the buckets. */
const BUCKET_BYTES = 16;
const HEAD_BYTES = 40;

/**
 * Packs a histogram, without loss, behind what has been written before (at a byte's begin; it ends at a byte's end). Throws an `Error` when it is not one:
 * counts that do not add up, buckets out of order or not those of min and max. What is between two codes is in variables of this function: it
 * runs for each bucket of each second of a run.
 */
export function writeHistogram(writer: BitWriter, histogram: SparseHistogram): void {
  const { count, sum, min, max, indexes, counts } = histogram;
  requireConsistent(histogram);
  writer.reserve(HEAD_BYTES + indexes.length * BUCKET_BYTES);
  writer.writeVarint(count);
  if (count === 0) return;
  writer.writeVarint(min);
  writer.writeVarint(max - min);
  writer.writeVarint(sum - count * min);
  const span = bucketIndex(max) - bucketIndex(min) + 1;
  let gapMean = expectedGap(count, span);
  let countMean = expectedCount(count, span);
  let before = indexes[0] as number;
  for (let i = 0; i < indexes.length; i++) {
    const index = indexes[i] as number;
    if (i > 0) {
      const gap = index - before - 1;
      writer.writeRice(gap, lowBits(gapMean), ESCAPE);
      gapMean = follow(gapMean, gap);
      before = index;
    }
    const more = (counts[i] as number) - 1;
    writer.writeRice(more, lowBits(countMean), ESCAPE);
    countMean = follow(countMean, more);
  }
  writer.align();
}

const encoder = new BitWriter();

/** As `writeHistogram`, as bytes of their own. */
export function encodeHistogram(histogram: SparseHistogram): Uint8Array {
  encoder.clear();
  writeHistogram(encoder, histogram);
  return encoder.written().slice();
}

/** Unpacks what `encodeHistogram` packed. Throws an `Error` for any other bytes that it can tell from it. */
export function decodeHistogram(bytes: Uint8Array): SparseHistogram {
  try {
    return readHistogram(new BitReader(bytes));
  } catch (error) {
    if (error instanceof RangeError) throw new Error(`A stored histogram cannot be read: ${error.message}.`);
    throw error;
  }
}

/** Where a histogram's buckets are gathered while it is read. */
const readIndexes = new Uint16Array(BUCKET_COUNT);
const readCounts = new Uint32Array(BUCKET_COUNT);

function readHistogram(reader: BitReader): SparseHistogram {
  const count = reader.readVarint();
  if (count === 0) {
    if (!reader.atEnd()) throw new RangeError('bytes follow its end');
    return EMPTY_HISTOGRAM;
  }
  const min = reader.readVarint();
  const max = min + reader.readVarint();
  const sum = count * min + reader.readVarint();
  const lastIndex = bucketIndex(max);
  let index = bucketIndex(min);
  const span = lastIndex - index + 1;
  let gapMean = expectedGap(count, span);
  let countMean = expectedCount(count, span);
  let filled = 0;
  for (let left = count; ; ) {
    const more = readRice(reader, lowBits(countMean));
    countMean = follow(countMean, more);
    const counted = more + 1;
    left -= counted;
    if (left < 0 || index > lastIndex) throw new RangeError('its buckets hold more than its count');
    readIndexes[filled] = index;
    readCounts[filled++] = counted;
    if (left === 0) break;
    const gap = readRice(reader, lowBits(gapMean));
    gapMean = follow(gapMean, gap);
    index += gap + 1;
  }
  if (index !== lastIndex || !reader.atEnd()) throw new RangeError('its buckets do not end where they should');
  return { count, sum, min, max, indexes: readIndexes.slice(0, filled), counts: readCounts.slice(0, filled) };
}

function requireConsistent(histogram: SparseHistogram): void {
  const { count, sum, min, max, indexes, counts } = histogram;
  if (count === 0 && sum === 0 && min === 0 && max === 0 && indexes.length === 0 && counts.length === 0) return;
  let left = count;
  let ordered = indexes.length === counts.length;
  let before = -1;
  for (let i = 0; i < indexes.length && ordered; i++) {
    const index = indexes[i] as number;
    ordered = counts[i] !== 0 && index > before;
    before = index;
    left -= counts[i] as number;
  }
  const bounded = count > 0 && min <= max && sum >= count * min && sum <= count * max;
  const ends = indexes[0] === bucketIndex(min) && before === bucketIndex(max) && before < BUCKET_COUNT;
  if (!isCount(count) || !isCount(sum) || !isCount(min) || !isCount(max) || !bounded || !ordered || !ends || left !== 0) {
    throw new Error(
      `A histogram of ${count} values contradicts itself (${indexes.length} buckets, min ${min}, max ${max}, sum ${sum}).`,
    );
  }
}

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}
