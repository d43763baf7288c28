import type { SecondWindow } from '../../shared/api/types';
import type { ComparedSide, RunComparison } from '../../shared/stats/comparison';
import { type ComparisonWarning, warningText } from '../../shared/stats/comparison-warnings';
import { type StretchReport, stretchReport } from '../../shared/stats/report';
import type { RunData } from '../../shared/stats/run';
import type { Both } from '../../shared/stats/run-sample';
import { differencesSection, failureDifferencesSection } from './html/comparison-differences';
import { COMPARISON_STYLE } from './html/comparison-style';
import { verdictsSection } from './html/comparison-verdicts';
import { documentHead } from './html/document-head';
import { loadText } from './html/load-text';
import { html, type Markup } from './html/markup';
import { clock, counted, duration, moment } from './html/number-text';
import { STYLE } from './html/style';

/** A window of a run, and what is said of it. */
export interface ComparedStretch {
  window: SecondWindow;
  report: StretchReport;
}

const ALL_STYLE = STYLE + COMPARISON_STYLE;

/**
 * A comparison for people: one HTML file that needs nothing else and asks no host for anything. What came from the scenarios or the
 * backend appears as text only.
 *
 * @param runs the two runs whole, for what they were made with
 * @param stretches what of each run was compared; null: all of its steady phase
 */
export function comparisonHtml(
  comparison: RunComparison,
  runs: Both<RunData>,
  stretches: Both<ComparedStretch | null> = { a: null, b: null },
): string {
  const failures = { a: stretches.a?.report ?? stretchReport(runs.a), b: stretches.b?.report ?? stretchReport(runs.b) };
  return html`${documentHead(`Run ${comparison.b.id} against run ${comparison.a.id} – Nodeswarm comparison`, ALL_STYLE)}
<body>
<main>
<header>
<p class="kicker">Nodeswarm comparison · run ${comparison.a.id} (A) and run ${comparison.b.id} (B)</p>
<h1>${comparison.headline}</h1>
<div class="sides">
${side('A', comparison.a, runs.a, stretches.a?.window ?? null)}
${side('B', comparison.b, runs.b, stretches.b?.window ?? null)}
</div>
</header>
${comparison.warnings.length === 0 ? null : warnings(comparison.warnings)}
${verdictsSection(comparison)}
${differencesSection(runs.a.run, runs.b.run)}
${failureDifferencesSection(failures, stretches.a !== null || stretches.b !== null)}
<section aria-labelledby="notes">
<h2 id="notes">How to read this</h2>
${comparison.notes.map((note) => html`<p class="note">${note}</p>\n`)}</section>
</main>
<footer>Written by Nodeswarm ${runs.b.run.versions.nodeswarm}. Percentiles are read from merged histograms, exact to 0.4 %, and never averaged.</footer>
</body>
</html>
`.text;
}

function side(letter: 'A' | 'B', compared: ComparedSide, data: RunData, window: SecondWindow | null): Markup {
  const { run } = data;
  const { options, machine } = run;
  const stretch = window ? `${clock(window.from)} to ${clock(window.to)} of the run, of which ` : '';
  return html`<dl class="side ${letter.toLowerCase()}">
<div class="name"><dt>${letter}</dt><dd>${compared.name} <span class="faint">run ${compared.id}</span></dd></div>
<div><dt>Started</dt><dd>${moment(run.startedAt)}</dd></div>
<div><dt>Compared</dt><dd>${stretch}${duration(compared.seconds)} steady and valid</dd></div>
<div><dt>Load</dt><dd>${loadText(data)}</dd></div>
<div><dt>Target</dt><dd>${options.host}</dd></div>
<div><dt>Generator</dt><dd>${machine.hostname}: ${machine.cpu}, ${counted(machine.cores, 'core', 'cores')}</dd></div>
</dl>
`;
}

function warnings(all: readonly ComparisonWarning[]): Markup {
  return html`<div class="notice"><strong>Not like for like.</strong> These differences, rather than the backend, may explain the result:
<ul>${all.map((warning) => html`<li>${warningText(warning)}</li>`)}</ul></div>
`;
}
