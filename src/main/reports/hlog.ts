import { type SeriesKey, seriesIdentity } from '../../shared/scenario/series';
import type { RunSecond } from '../../shared/stats/frame';
import { EMPTY_HISTOGRAM, mergeAll, type SparseHistogram } from '../../shared/stats/histogram';
import { encodeHdr } from './hdr-encoding';
import type { ReportFormat, ReportSource } from './report-format';

/** Series with nothing in a second are many, and all the same. */
const ENCODED_EMPTY = encodeHdr(EMPTY_HISTOGRAM);

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
  for await (const second of seconds) {
    const bySeries = tags.map((): SparseHistogram[] => []);
    // A series can have several phases in one second.
    for (const { series, latency } of second.series) bySeries[series]?.push(latency);
    yield intervalLine(second, '', mergeAll(bySeries.flat()));
    for (const [series, tag] of tags.entries()) yield intervalLine(second, `Tag=${tag},`, mergeAll(bySeries[series] ?? []));
  }
}

function intervalLine({ second, lengthSeconds }: RunSecond, tag: string, histogram: SparseHistogram): string {
  const times = [second, lengthSeconds, histogram.max / 1000].map((value) => value.toFixed(3)).join(',');
  return `${tag}${times},${histogram.count === 0 ? ENCODED_EMPTY : encodeHdr(histogram)}\n`;
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
