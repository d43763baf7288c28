import type { NodeType, Wait } from '../../../shared/scenario/schema';
import { withoutCredentials } from '../../../shared/scenario/without-credentials';
import type { RunData } from '../../../shared/stats/run';
import { html, type Markup } from './markup';
import { counted, decimal } from './number-text';
import { type Column, table } from './table';

/** What was run: a summary of the node types, and the whole document. */
export function scenarioSection({ run }: RunData): Markup {
  const { scenario } = run;
  return html`<section aria-labelledby="scenario">
<h2 id="scenario">Scenario</h2>
<p class="note"><b>${scenario.name}</b>${scenario.description ? html`: ${scenario.description}` : null}</p>
${table('Node types', NODE_TYPE_COLUMNS, scenario.nodeTypes)}
<details><summary>The scenario as run (JSON)</summary>
<pre>${JSON.stringify(withoutCredentials(scenario), null, 2)}</pre>
</details>
</section>`;
}

const NODE_TYPE_COLUMNS: readonly Column<NodeType>[] = [
  { title: 'Node type', kind: 'text', cell: ({ name }) => name },
  {
    title: 'Share',
    kind: 'text',
    cell: ({ fixedCount, weight }) => (fixedCount === undefined ? `weight ${weight}` : counted(fixedCount, 'node', 'nodes')),
  },
  { title: 'Wait', kind: 'text', cell: ({ wait }) => waitText(wait) },
  {
    title: 'Tasks (weight)',
    kind: 'text',
    cell: ({ tasks }) => (tasks.length === 0 ? '–' : tasks.map(({ name, weight }) => `${name} (${weight})`).join(', ')),
  },
  { title: 'On start', kind: 'text', cell: ({ onStart }) => counted(onStart.length, 'step', 'steps') },
  { title: 'On stop', kind: 'text', cell: ({ onStop }) => counted(onStop.length, 'step', 'steps') },
];

function waitText(wait: Wait): string {
  switch (wait.kind) {
    case 'constant':
      return `constant ${wait.seconds} s`;
    case 'between':
      return `between ${wait.minSeconds} s and ${wait.maxSeconds} s`;
    case 'exponential':
      return `exponential, mean ${wait.meanSeconds} s`;
    case 'pacing':
      return `pacing ${wait.seconds} s, on overrun ${wait.onOverrun}`;
    case 'throughput':
      return `throughput ${decimal(wait.perSecond, 3)}/s, on overrun ${wait.onOverrun}`;
  }
}
