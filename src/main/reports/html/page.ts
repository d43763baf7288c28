import { createHash } from 'node:crypto';
// The package does not name this file among its exports; it is the build for a plain script element.
import chartJs from '../../../../node_modules/chart.js/dist/chart.umd.min.js?raw';
import type { RunData } from '../../../shared/stats/run';
import chartsScript from './charts.browser.js?raw';
import { embeddedJson, html, type Markup, trusted } from './markup';
import { clock, counted, duration } from './number-text';
import style from './report.css?raw';
import type { RunDigest } from './run-digest';

/** A source map would be asked for by a browser's developer tools. */
const CHART_JS = chartJs.replace(/\n?\/\/# sourceMappingURL=.*\s*$/, '\n');

/** Nothing may be loaded, sent or framed; only this very style and these very scripts count. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  `style-src ${hashSource(style)}`,
  `script-src ${hashSource(CHART_JS)} ${hashSource(chartsScript)}`,
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** The whole document. */
export function page(data: RunData, digest: RunDigest, sections: Markup[]): Markup {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${CONTENT_SECURITY_POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>${data.run.name} – Nodeswarm report</title>
<link rel="icon" href="data:,">
<style>${trusted(style)}</style>
</head>
<body>
<main>
${sections}
</main>
<footer>Written by Nodeswarm ${data.run.versions.nodeswarm}. Percentiles are read from merged histograms, exact to 0.4 %, and never averaged.</footer>
<script type="application/json" id="chart-data">${embeddedJson(chartData(data, digest))}</script>
<script>${trusted(CHART_JS)}</script>
<script>${trusted(chartsScript)}</script>
</body>
</html>
`;
}

/** The places that `charts.browser.js` draws in, and the list of what the marks mean. */
export function chartsSection({ events }: RunData, { windowSeconds, phases, invalid }: RunDigest): Markup {
  const has = (phase: string) => phases.some((stretch) => stretch.phase === phase);
  const shaded = [has('ramp') ? 'ramp' : null, has('cooldown') ? 'cooldown' : null].filter((phase) => phase !== null);
  return html`<section aria-labelledby="charts">
<h2 id="charts">Over time</h2>
<p class="legend">${[
    shaded.length > 0 ? html`<span><i class="swatch shade"></i>${shaded.join(' and ')}</span>` : null,
    invalid.length > 0 ? html`<span><i class="swatch shade-invalid"></i>generator-limited, invalid</span>` : null,
    events.length > 0 ? html`<span><i class="swatch mark"></i>events, listed below</span>` : null,
    html`<span>${windowSeconds === 1 ? 'One point a second' : `One point for every ${duration(windowSeconds)}`}</span>`,
  ]}</p>
<noscript><p class="note">The charts need JavaScript; the figures below do not.</p></noscript>
${chart('chart-rate', 'Requests and failures per second', 'Requests/s, failures/s')}
${chart('chart-latency', 'Response times in milliseconds: median, 90, 95 and 99 %ile', 'Response time (ms)')}
${chart('chart-nodes', 'Nodes, living and planned', 'Nodes')}
${events.length === 0 ? null : eventList(events)}
</section>`;
}

function chart(id: string, description: string, title: string): Markup {
  return html`<figure><figcaption>${title}</figcaption><div class="chart"><canvas id="${id}" role="img" aria-label="${description}"></canvas></div></figure>
`;
}

function eventList(events: RunData['events']): Markup {
  return html`<ol class="events" aria-label="${counted(events.length, 'event', 'events')}">
${events.map(({ atMs, text }) => html`<li><time>${clock(atMs / 1000)}</time> ${text}</li>\n`)}</ol>`;
}

/** What the charts are drawn from. No text of the scenario or the backend is in it. */
function chartData({ events }: RunData, { points, phases, invalid, windowSeconds }: RunDigest): unknown {
  return {
    windowSeconds,
    points,
    phases,
    invalid: invalid.map(({ from, to }) => ({ from, to })),
    events: events.map(({ atMs }, index) => ({ second: atMs / 1000, number: index + 1 })),
  };
}

function hashSource(text: string): string {
  return `'sha256-${createHash('sha256').update(text, 'utf8').digest('base64')}'`;
}
