import { build, encodeIntoCompressedBase64, type Histogram as HdrHistogram } from 'hdr-histogram-js';
import { type SeriesKey, seriesIdentity } from '../../shared/scenario/series';
import type { RunSecond } from '../../shared/stats/frame';
import { bucketUpperEnd, EMPTY_HISTOGRAM, mergeSparse, type SparseHistogram } from '../../shared/stats/histogram';
import type { ReportFormat, ReportSource } from './report-format';

/** The last value of the house histogram's range, us. */
const HIGHEST_US = 2 ** 32 - 1;

/**
 * An HdrHistogram interval log (format 1.3, histograms in V2 compressed encoding): for each second of the run one line of all latencies
 * without a tag and one with a tag for each series. Values are us.
 */
export const hlogReport: ReportFormat = {
  id: 'hlog',
  label: 'HdrHistogram log (every second’s response times)',
  extension: '.hlog',
  suffixes: [''],
  parts: (source) => [{ suffix: '', text: logText(source) }],
};

async function* logText({ data, seconds }: ReportSource): AsyncGenerator<string> {
  const { startedAt, versions } = data.run;
  const startSeconds = (startedAt / 1000).toFixed(3);
  yield [
    `#[Logged with Nodeswarm ${versions.nodeswarm}]`,
    '#[Histogram log format version 1.3]',
    `#[StartTime: ${startSeconds} (seconds since epoch), ${new Date(startedAt).toISOString()}]`,
    `#[BaseTime: ${startSeconds} (seconds since epoch)]`,
    '#[Values: latency in microseconds; Interval_Max in milliseconds; lines without a tag are all requests]',
    '"StartTimestamp","Interval_Length","Interval_Max","Interval_Compressed_Histogram"\n',
  ].join('\n');
  const tags = seriesTags(data.series);
  const encoder = new HdrEncoder();
  for await (const second of seconds) {
    yield intervalLine(second, '', latencyOf(second, null), encoder);
    for (const [series, tag] of tags.entries()) {
      yield intervalLine(second, `Tag=${tag},`, latencyOf(second, series), encoder);
    }
  }
}

/** A second's latencies in a series, or in all (`null`). A series can have several phases in one second. */
function latencyOf(second: RunSecond, series: number | null): SparseHistogram {
  let merged = EMPTY_HISTOGRAM;
  for (const delta of second.series) {
    if (series === null || delta.series === series) merged = mergeSparse(merged, delta.latency);
  }
  return merged;
}

function intervalLine(
  { second, lengthSeconds }: RunSecond,
  tag: string,
  histogram: SparseHistogram,
  encoder: HdrEncoder,
): string {
  const max = (histogram.max / 1000).toFixed(3);
  return `${tag}${second.toFixed(3)},${lengthSeconds.toFixed(3)},${max},${encoder.encode(histogram)}\n`;
}

/** Turns house histograms into HdrHistogram's encoding (3 significant digits). */
class HdrEncoder {
  private readonly target: HdrHistogram = build({
    bitBucketSize: 64,
    autoResize: false,
    lowestDiscernibleValue: 1,
    highestTrackableValue: HIGHEST_US,
    numberOfSignificantValueDigits: 3,
  });
  private readonly empty = encodeIntoCompressedBase64(this.target);

  /**
   * Each bucket's count at the bucket's upper end, the last one's at the exact maximum: so the percentiles that are read back are those of
   * the other reports. An average read back may be up to 0.4 % high.
   */
  encode(histogram: SparseHistogram): string {
    if (histogram.count === 0) return this.empty;
    const { indexes, counts, max } = histogram;
    this.target.reset();
    for (let i = 0; i < indexes.length; i++) {
      const valueUs = Math.min(bucketUpperEnd(indexes[i] as number), max, HIGHEST_US);
      this.target.recordValueWithCount(valueUs, counts[i] as number);
    }
    return encodeIntoCompressedBase64(this.target);
  }
}

/** Tags without what the format separates fields by, and no two alike: `POST_/data`. */
export function seriesTags(series: readonly SeriesKey[]): string[] {
  const taken = new Set<string>();
  return series.map((key) => {
    const tag = seriesIdentity(key).replace(/[\s,\p{Cc}\p{Cf}]+/gu, '_');
    let unique = tag;
    for (let number = 2; taken.has(unique); number++) unique = `${tag}_${number}`;
    taken.add(unique);
    return unique;
  });
}
