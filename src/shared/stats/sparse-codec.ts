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

/** Follows the mean of a sequence of small numbers and says with which Rice parameter the next one is written. */
class RiceParameter {
  private mean: number;

  constructor(expectedMean: number) {
    this.mean = expectedMean;
  }

  /** Low bits that are written as they are: floor(log2(0.7 mean)), which is near the best for a geometric distribution. */
  get bits(): number {
    return 31 - Math.clz32(Math.max(1, this.mean * 0.7));
  }

  observe(value: number): void {
    this.mean += (value - this.mean) / 8;
  }
}

/** `value`: 0 to 2^32 - 1. */
function writeRice(writer: BitWriter, parameter: RiceParameter, value: number): void {
  const bits = parameter.bits;
  // Shifts (a value has 32 bits at the most), because a power is as slow as all the rest.
  const high = value >>> bits;
  if (high < ESCAPE) {
    writer.write((2 << high) - 2, high + 1);
    writer.write(value, bits);
  } else {
    writer.write(2 ** ESCAPE - 1, ESCAPE);
    writer.write(value, 32);
  }
  parameter.observe(value);
}

function readRice(reader: BitReader, parameter: RiceParameter): number {
  const bits = parameter.bits;
  let value = reader.readRice(bits, ESCAPE);
  if (value < 0) {
    const high = reader.readUnary(ESCAPE);
    value = high < ESCAPE ? high * 2 ** bits + reader.read(bits) : reader.read(32);
  }
  parameter.observe(value);
  return value;
}

/** What both sides expect before they have seen a bucket: values spread evenly from the first bucket to the last. */
function parametersFor(count: number, firstIndex: number, lastIndex: number): { gaps: RiceParameter; counts: RiceParameter } {
  const span = lastIndex - firstIndex + 1;
  return { gaps: new RiceParameter(span / Math.min(count, span) - 1), counts: new RiceParameter(Math.max(0, count / span - 1)) };
}

/** Packs a histogram, without loss. Throws an `Error` when it is not one: counts that do not add up, buckets out of order or not those of min and max. */
export function encodeHistogram(histogram: SparseHistogram): Uint8Array {
  const { count, sum, min, max, indexes, counts } = histogram;
  requireConsistent(histogram);
  const writer = new BitWriter();
  writer.writeVarint(count);
  if (count === 0) return writer.finish();
  writer.writeVarint(min);
  writer.writeVarint(max - min);
  writer.writeVarint(sum - count * min);
  const parameters = parametersFor(count, bucketIndex(min), bucketIndex(max));
  for (let i = 0; i < indexes.length; i++) {
    if (i > 0) writeRice(writer, parameters.gaps, (indexes[i] as number) - (indexes[i - 1] as number) - 1);
    writeRice(writer, parameters.counts, (counts[i] as number) - 1);
  }
  return writer.finish();
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
  const parameters = parametersFor(count, index, lastIndex);
  let filled = 0;
  for (let left = count; ; ) {
    const counted = readRice(reader, parameters.counts) + 1;
    left -= counted;
    if (left < 0 || index > lastIndex) throw new RangeError('its buckets hold more than its count');
    readIndexes[filled] = index;
    readCounts[filled++] = counted;
    if (left === 0) break;
    index += readRice(reader, parameters.gaps) + 1;
  }
  if (index !== lastIndex || !reader.atEnd()) throw new RangeError('its buckets do not end where they should');
  return { count, sum, min, max, indexes: readIndexes.slice(0, filled), counts: readCounts.slice(0, filled) };
}

function requireConsistent({ count, sum, min, max, indexes, counts }: SparseHistogram): void {
  const whole = [count, min, max, sum].every((value) => Number.isSafeInteger(value) && value >= 0);
  const bounded = count === 0 ? sum === 0 && min === 0 && max === 0 : min <= max && sum >= count * min && sum <= count * max;
  let left = count;
  let ordered = indexes.length === counts.length;
  for (let i = 0; i < indexes.length && ordered; i++) {
    ordered = counts[i] !== 0 && (i === 0 || (indexes[i] as number) > (indexes[i - 1] as number));
    left -= counts[i] as number;
  }
  const last = indexes[indexes.length - 1];
  const ends = count === 0 || (indexes[0] === bucketIndex(min) && last === bucketIndex(max) && (last as number) < BUCKET_COUNT);
  if (!whole || !bounded || !ordered || !ends || left !== 0) {
    throw new Error(
      `A histogram of ${count} values contradicts itself (${indexes.length} buckets, min ${min}, max ${max}, sum ${sum}).`,
    );
  }
}
