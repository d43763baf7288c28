import { withoutCredentials } from '../../../shared/scenario/without-credentials';
import { type FailureDifference, type FailureSource, failureDifferences } from '../../../shared/stats/failure-differences';
import type { RunRecord } from '../../../shared/stats/run';
import { differenceText, type RunDifference, runDifferences } from '../../../shared/stats/run-differences';
import type { Both } from '../../../shared/stats/run-sample';
import { html, type Markup } from './markup';
import { percent, whole } from './number-text';
import { type Column, table } from './table';

/** What the two runs were made with, as far as it differs. Credentials that were written out in a scenario are left out. */
export function differencesSection(a: RunRecord, b: RunRecord): Markup {
  const rows = runDifferences(shown(a), shown(b));
  return html`<section aria-labelledby="differences">
<h2 id="differences">What differs in scenario and options</h2>
${rows.length === 0 ? html`<p class="note">Nothing: scenario, options, machine and versions are the same.</p>` : table('Differences', DIFFERENCE_COLUMNS, rows)}
</section>`;
}

const DIFFERENCE_COLUMNS: readonly Column<RunDifference>[] = [
  { title: 'Where', kind: 'word', cell: ({ area }) => area },
  { title: 'Field', kind: 'text', cell: ({ path }) => path },
  { title: 'A', kind: 'text', cell: ({ a }) => differenceText(a) },
  { title: 'B', kind: 'text', cell: ({ b }) => differenceText(b) },
];

/** Runs of earlier versions were kept with what their scenario held. */
function shown(run: RunRecord): RunRecord {
  return { ...run, scenario: withoutCredentials(run.scenario) };
}

/** Failures that are new, gone, more or fewer, in the stretches compared or, where whole runs are, in all of their phases. */
export function failureDifferencesSection(failures: Both<FailureSource>, hasWindow: boolean): Markup {
  const rows = failureDifferences(failures.a, failures.b);
  return html`<section aria-labelledby="failures">
<h2 id="failures">Failures</h2>
${
  rows.length === 0
    ? html`<p class="note">No request failed in either ${hasWindow ? 'window' : 'run'}.</p>`
    : html`<p class="note">Counts and rates of ${hasWindow ? 'the windows compared' : 'the whole runs'}, in all phases. The verdicts on the error rate say what is beyond chance.</p>
${table('Failures', FAILURE_COLUMNS, rows)}`
}
</section>`;
}

const FAILURE_COLUMNS: readonly Column<FailureDifference>[] = [
  { title: 'Change', kind: 'word', cell: ({ change }) => change, bad: ({ change }) => change === 'new' || change === 'more' },
  { title: 'Method', kind: 'word', cell: ({ method }) => method },
  { title: 'Name', kind: 'text', cell: ({ name }) => name },
  { title: 'Error', kind: 'text', cell: ({ error }) => error },
  { title: 'A', kind: 'number', cell: ({ occurrences }) => whole(occurrences.a) },
  { title: 'B', kind: 'number', cell: ({ occurrences }) => whole(occurrences.b) },
  { title: 'Rate A', kind: 'number', cell: ({ rate }) => (rate.a === null ? '–' : percent(rate.a)) },
  { title: 'Rate B', kind: 'number', cell: ({ rate }) => (rate.b === null ? '–' : percent(rate.b)) },
];
