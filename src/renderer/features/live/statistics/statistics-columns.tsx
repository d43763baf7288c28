import { isReliable, minimumSamples } from '../../../../shared/stats/summary';
import type { SeriesStyle } from '../../../charts/series-color';
import { AGGREGATED_STYLE } from '../../../charts/series-color';
import type { DataColumn } from '../../../ui/DataTable';
import { formatBytes, formatCount, formatExact, formatFigure, NO_VALUE } from '../../../ui/format';
import { Tooltip } from '../../../ui/Tooltip';
import type { ShownRow, TimeKind } from '../model/statistics-rows';
import styles from './StatisticsTab.module.css';

/** The columns of docs/statistics.md in their order, and a few more that are hidden until chosen. */
export function statisticsColumns(
  stylesOf: ReadonlyMap<string, SeriesStyle>,
  kind: TimeKind,
  showsCurrent: boolean,
): DataColumn<ShownRow>[] {
  const what =
    kind === 'latency'
      ? 'from the first byte sent to the last byte received'
      : 'from the intended start to the last byte received';
  const time = (id: keyof ShownRow, header: string, description: string, options: Partial<DataColumn<ShownRow>> = {}) =>
    number(id, header, description, { unit: 'ms', ...options });
  return [
    {
      id: 'method',
      header: 'Method',
      description: 'HTTP method of the request.',
      value: (row) => row.method,
      width: '72px',
    },
    {
      id: 'name',
      header: 'Name',
      description: 'Name of the request in the scenario, or its path as written there.',
      value: (row) => row.name,
      required: true,
      width: '20%',
      minWidth: '120px',
      render: (row) => <SeriesName name={row.name} style={stylesOf.get(row.key) ?? AGGREGATED_STYLE} />,
    },
    number('requests', 'Requests', 'Requests that were answered or failed; aborted ones are counted separately.', {
      render: count('requests'),
    }),
    number('failures', 'Fails', 'Requests whose connection failed, that timed out, or whose answer was not as expected.', {
      render: (row) => <span className={row.failures > 0 ? styles.bad : undefined}>{formatCount(row.failures)}</span>,
    }),
    time('median', 'Median', `Half of the requests took at most this long, ${what}.`),
    time('p90', '90 %ile', `90 % of the requests took at most this long, ${what}.`),
    time('p95', '95 %ile', `95 % of the requests took at most this long, ${what}.`),
    time(
      'p99',
      '99 %ile',
      `99 % of the requests took at most this long; grey below ${minimumSamples(99)} requests, too few to rely on.`,
      {
        render: (row) => <Percentile ms={row.p99} p={99} requests={row.requests} />,
      },
    ),
    time(
      'p999',
      '99.9 %ile',
      `99.9 % of the requests took at most this long; grey below ${formatCount(minimumSamples(99.9))} requests.`,
      {
        render: (row) => <Percentile ms={row.p999} p={99.9} requests={row.requests} />,
        initiallyHidden: true,
      },
    ),
    time('average', 'Average', 'Sum of all latencies divided by their number; kept of latency only.'),
    time('min', 'Min', 'The shortest latency; kept of latency only.'),
    time('max', 'Max', `The longest time, ${what}.`),
    number('averageBytes', 'Average size', 'Bytes of the response body as received, before decompression, on average.', {
      render: (row) => <span title={`${formatExact(row.averageBytes)} bytes`}>{formatBytes(row.averageBytes)}</span>,
    }),
    number(
      'currentRps',
      'Current RPS',
      'Requests per second, mean of the last 10 full seconds; falls to zero when traffic stops.',
      {
        initiallyHidden: !showsCurrent,
      },
    ),
    number('currentFailuresPerSecond', 'Current failures/s', 'Failed requests per second, mean of the last 10 full seconds.', {
      initiallyHidden: !showsCurrent,
    }),
    number('rps', 'RPS', 'Requests per second over all the seconds that the table is about.', { initiallyHidden: showsCurrent }),
    number('failuresPerSecond', 'Failures/s', 'Failed requests per second over all the seconds that the table is about.', {
      initiallyHidden: showsCurrent,
    }),
    number('missed', 'Missed', 'Slots of the schedule that passed while the node was still busy with the one before.', {
      render: count('missed'),
    }),
    number('aborted', 'Aborted', 'Requests in flight when the run stopped, given up after the stop timeout.', {
      render: count('aborted'),
    }),
    time('connectMedian', 'Connect median', 'Half of the new connections took at most this long, TLS included.', {
      initiallyHidden: true,
    }),
    time('connectP99', 'Connect 99 %ile', '99 % of the new connections took at most this long, TLS included.', {
      initiallyHidden: true,
    }),
  ];
}

function number(
  id: keyof ShownRow,
  header: string,
  description: string,
  options: Partial<DataColumn<ShownRow>> = {},
): DataColumn<ShownRow> {
  const value = (row: ShownRow) => row[id] as number | null;
  return {
    id,
    header,
    description,
    numeric: true,
    value,
    render: (row) => <Figure value={value(row)} />,
    ...options,
  };
}

function count(id: 'requests' | 'missed' | 'aborted') {
  return (row: ShownRow) => formatCount(row[id]);
}

/** Three significant digits, all of them on hover. */
function Figure({ value }: { value: number | null }) {
  return value === null ? NO_VALUE : <span title={formatExact(value)}>{formatFigure(value)}</span>;
}

function Percentile({ ms, p, requests }: { ms: number | null; p: number; requests: number }) {
  if (ms === null || isReliable(p, requests)) return <Figure value={ms} />;
  return (
    <Tooltip content={`Only ${formatCount(requests)} of the ${formatCount(minimumSamples(p))} requests that a ${p} %ile needs.`}>
      <span className={styles.unsure}>{formatFigure(ms)}</span>
    </Tooltip>
  );
}

function SeriesName({ name, style }: { name: string; style: SeriesStyle }) {
  return (
    <span className={styles.name}>
      <svg width="12" height="8" aria-hidden="true">
        <line x1="0" x2="12" y1="4" y2="4" stroke={style.color} strokeWidth="3" strokeDasharray={style.dash.join(' ')} />
      </svg>
      <span dir="auto" title={name} className={styles.text}>
        {name}
      </span>
    </span>
  );
}
