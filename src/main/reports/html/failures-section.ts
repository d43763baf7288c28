import { seriesLabel } from '../../../shared/scenario/series';
import type { FailureSample } from '../../../shared/stats/frame';
import type { ReportException, ReportFailure, RunReport } from '../../../shared/stats/report';
import type { RunData } from '../../../shared/stats/run';
import { exceptionPlace } from '../exception-place';
import { html, type Markup } from './markup';
import { clock, counted, decimal, whole } from './number-text';
import { type Column, table } from './table';

/** Bytes of a body that a sample keeps. */
const SAMPLE_BODY_BYTES = 4096;

/** Failures with what was sent and what came back, and exceptions. Of the whole run. */
export function failuresSection(data: RunData, { failures, exceptions }: RunReport): Markup {
  return html`<section aria-labelledby="failures">
<h2 id="failures">Failures</h2>
${failures.length === 0 ? html`<p class="note">No request failed.</p>` : failuresTable(data, failures)}
</section>
<section aria-labelledby="exceptions">
<h2 id="exceptions">Exceptions</h2>
${exceptions.length === 0 ? html`<p class="note">There were no exceptions.</p>` : exceptionsTable(data, exceptions)}
</section>`;
}

function failuresTable({ run }: RunData, failures: ReportFailure[]): Markup {
  const at = (epochMs: number) => clock((epochMs - run.startedAt) / 1000);
  const columns: Column<ReportFailure>[] = [
    { title: 'Method', kind: 'word', cell: ({ method }) => method },
    { title: 'Name', kind: 'text', cell: ({ name }) => name },
    { title: 'Error', kind: 'text', cell: ({ error }) => error },
    { title: 'Occurrences', kind: 'number', cell: ({ occurrences }) => whole(occurrences) },
    { title: 'First', kind: 'number', cell: ({ firstAt }) => at(firstAt) },
    { title: 'Last', kind: 'number', cell: ({ lastAt }) => at(lastAt) },
  ];
  return html`<p class="note">Of the whole run, most frequent first.</p>
${table('Failures', columns, failures)}
${failures.filter(({ samples }) => samples.length > 0).map(samplesOf)}`;
}

function samplesOf({ method, name, error, samples }: ReportFailure): Markup {
  return html`<details><summary>${error} of ${seriesLabel({ method, name })}: ${counted(samples.length, 'sample', 'samples')}</summary>
${samples.map(sample)}</details>
`;
}

function sample(failure: FailureSample): Markup {
  const { atMs, node, nodeType, task, latencyMs, detail, status } = failure;
  return html`<article class="sample">
<p><time>${clock(atMs / 1000)}</time>, node ${node} (${nodeType}), task ${task}, ${decimal(latencyMs, 1)} ms: <strong>${detail}</strong></p>
<div class="exchange">
<div><h4>Sent</h4>${message(failure.requestHead, failure.requestBody)}</div>
<div><h4>Received</h4>${status === null && failure.responseHead === '' ? html`<p class="note">No answer.</p>` : message(failure.responseHead, failure.responseBody)}</div>
</div>
</article>
`;
}

function message(head: string, body: string): Markup {
  const cut = Buffer.byteLength(body) >= SAMPLE_BODY_BYTES;
  return html`<pre>${head}${
    body === ''
      ? null
      : html`

${body}`
  }</pre>${cut ? html`<p class="note">The first 4 KB of the body.</p>` : null}`;
}

function exceptionsTable({ run }: RunData, exceptions: ReportException[]): Markup {
  const at = (epochMs: number) => clock((epochMs - run.startedAt) / 1000);
  const columns: Column<ReportException>[] = [
    { title: 'Count', kind: 'number', cell: ({ occurrences }) => whole(occurrences) },
    { title: 'Message', kind: 'text', cell: ({ message }) => message },
    { title: 'Where', kind: 'text', cell: (exception) => exceptionPlace(run.scenario, exception) },
    { title: 'First', kind: 'number', cell: ({ firstAt }) => at(firstAt) },
    { title: 'Last', kind: 'number', cell: ({ lastAt }) => at(lastAt) },
    { title: 'First nodes', kind: 'text', cell: ({ nodes }) => nodes.join(', ') },
  ];
  return html`<p class="note">Steps that could not be carried out; nothing was sent, or the answer could not be used. The node went on.</p>
${table('Exceptions', columns, exceptions)}`;
}
