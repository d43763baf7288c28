import type { ReportShard, RunReport } from '../../../shared/stats/report';
import { html, type Markup } from './markup';
import { clock, counted, decimal, mebibytes, percent, whole } from './number-text';
import type { InvalidStretch, RunDigest } from './run-digest';
import { type Column, table } from './table';

/** Stretches listed one by one; what is beyond is counted. */
const MAX_STRETCHES = 50;

/** How well the load generator itself kept up, with every second in which it did not. */
export function generatorSection({ generator }: RunReport, { invalid }: RunDigest): Markup {
  const { scheduleLagMs, eventLoopUtilization, invalidSeconds, shards } = generator;
  return html`<section aria-labelledby="generator">
<h2 id="generator">Generator health</h2>
${
  invalidSeconds === 0
    ? html`<p class="note good">The load generator kept up in every second: what is slow here is the target, not the tool.</p>`
    : html`<p class="note bad">${counted(invalidSeconds, 'second is', 'seconds are')} generator-limited and invalid. Comparisons leave them out; do not blame the backend for them.</p>`
}
<p class="note">Schedule lag (how late requests were sent by the generator’s own fault): median ${decimal(scheduleLagMs.p50, 2)} ms, 99 %ile ${decimal(scheduleLagMs.p99, 2)} ms, max ${decimal(scheduleLagMs.max, 2)} ms. Event-loop utilization: mean ${percent(eventLoopUtilization.mean)}, max ${percent(eventLoopUtilization.max)}.</p>
${invalid.length === 0 ? null : invalidTable(invalid)}
${shards.length === 0 ? null : table('Shards', SHARD_COLUMNS, shards)}
</section>`;
}

function invalidTable(invalid: InvalidStretch[]): Markup {
  const beyond = invalid.slice(MAX_STRETCHES).reduce((sum, { from, to }) => sum + to - from, 0);
  return html`${table('Invalid seconds', INVALID_COLUMNS, invalid.slice(0, MAX_STRETCHES))}
${beyond === 0 ? null : html`<p class="note bad">And ${counted(beyond, 'more second', 'more seconds')} later in the run.</p>`}`;
}

const INVALID_COLUMNS: readonly Column<InvalidStretch>[] = [
  {
    title: 'Invalid',
    kind: 'word',
    cell: ({ from, to }) => (to - from === 1 ? clock(from) : `${clock(from)} to ${clock(to)}`),
    bad: () => true,
  },
  { title: 'Seconds', kind: 'number', cell: ({ from, to }) => whole(to - from), bad: () => true },
  { title: 'Why', kind: 'text', cell: ({ reasons }) => reasons.slice(0, 4).join(' '), bad: () => true },
];

const SHARD_COLUMNS: readonly Column<ReportShard>[] = [
  { title: 'Shard', kind: 'number', cell: ({ shard }) => whole(shard) },
  { title: 'Seconds', kind: 'number', cell: ({ seconds }) => whole(seconds) },
  { title: 'Lag median (ms)', kind: 'number', cell: ({ scheduleLagMs }) => decimal(scheduleLagMs.p50, 2) },
  { title: 'Lag 99 %ile (ms)', kind: 'number', cell: ({ scheduleLagMs }) => decimal(scheduleLagMs.p99, 2) },
  { title: 'Lag max (ms)', kind: 'number', cell: ({ scheduleLagMs }) => decimal(scheduleLagMs.max, 2) },
  { title: 'Utilization mean', kind: 'number', cell: ({ eventLoopUtilization }) => percent(eventLoopUtilization.mean) },
  { title: 'Utilization max', kind: 'number', cell: ({ eventLoopUtilization }) => percent(eventLoopUtilization.max) },
  { title: 'Loop delay max (ms)', kind: 'number', cell: ({ loopDelayMaxMs }) => decimal(loopDelayMaxMs, 1) },
  { title: 'CPU (s)', kind: 'number', cell: ({ cpuMs }) => decimal(cpuMs / 1000, 1) },
  { title: 'GC (ms)', kind: 'number', cell: ({ gcPauseMs }) => decimal(gcPauseMs, 0) },
  { title: 'Memory max (MiB)', kind: 'number', cell: ({ rssBytesMax }) => mebibytes(rssBytesMax) },
  { title: 'Sockets max', kind: 'number', cell: ({ openSocketsMax }) => whole(openSocketsMax) },
  {
    title: 'Ran out of',
    kind: 'word',
    cell: ({ exhausted }) => (exhausted === 'files' ? 'file descriptors' : (exhausted ?? '–')),
    bad: ({ exhausted }) => exhausted !== null,
  },
];
