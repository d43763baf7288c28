import type { ReportTask, RunReport } from '../../../shared/stats/report';
import type { RunData } from '../../../shared/stats/run';
import { html, type Markup } from './markup';
import { decimal, percent, whole } from './number-text';
import { type Column, table } from './table';

/** What the nodes did: task ratios, and what became of every request. Of the whole run. */
export function workSection({ totals }: RunData, { tasks, accounting }: RunReport): Markup {
  const { started, completed, failed, aborted, missed } = accounting;
  const closes = started === completed + failed + aborted;
  return html`<section aria-labelledby="tasks">
<h2 id="tasks">Task ratios</h2>
${tasks.length === 0 ? html`<p class="note">The scenario has no tasks.</p>` : table('Task ratios', TASK_COLUMNS, tasks)}
</section>
<section aria-labelledby="accounting">
<h2 id="accounting">Accounting</h2>
<p class="sum${closes ? '' : ' bad'}"><b>${whole(started)}</b> started ${closes ? '=' : '≠'} <b>${whole(completed)}</b> completed + <b>${whole(failed)}</b> failed + <b>${whole(aborted)}</b> aborted</p>
<p class="note">${closes ? 'Every request begun is accounted for.' : 'Not every request begun is accounted for.'} Aborted: in flight at the stop and given up. Missed sends, which were due but not begun because the node was still waiting: ${whole(missed)}. Sent again on a new connection: ${whole(totals.select(null).resent)}.</p>
</section>`;
}

const TASK_COLUMNS: readonly Column<ReportTask>[] = [
  { title: 'Node type', kind: 'text', cell: ({ nodeType }) => nodeType },
  { title: 'Task', kind: 'text', cell: ({ task }) => task },
  { title: 'Weight', kind: 'number', cell: ({ weight }) => decimal(weight, Number.isInteger(weight) ? 0 : 2) },
  { title: 'Executed', kind: 'number', cell: ({ executed }) => whole(executed) },
  { title: 'Expected share', kind: 'number', cell: ({ expectedRatio }) => percent(expectedRatio) },
  { title: 'Actual share', kind: 'number', cell: ({ ratio }) => (ratio === null ? '–' : percent(ratio)) },
];
