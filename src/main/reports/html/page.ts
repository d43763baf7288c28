import { createHash } from 'node:crypto';
// The package does not name this file among its exports; it is the build for a plain script element.
import chartJs from '../../../../node_modules/chart.js/dist/chart.umd.min.js?raw';
import type { RunData } from '../../../shared/stats/run';
import chartsScript from './charts.browser.js?raw';
import { chartData } from './charts-section';
import { embeddedJson, html, type Markup, trusted } from './markup';
import type { RunDigest } from './run-digest';
import { STYLE } from './style';

/** A source map would be asked for by a browser's developer tools. */
const CHART_JS = chartJs.replace(/\n?\/\/# sourceMappingURL=.*\s*$/, '\n');

/** Nothing may be loaded, sent or framed; only this very style and these very scripts count. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  `style-src ${hashSource(STYLE)}`,
  `script-src ${hashSource(CHART_JS)} ${hashSource(chartsScript)}`,
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** The document down to its first section. */
export function pageBegin({ run }: RunData): Markup {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${trusted(CONTENT_SECURITY_POLICY)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>${run.name} – Nodeswarm report</title>
<link rel="icon" href="data:,">
<style>${trusted(STYLE)}</style>
</head>
<body>
<main>
`;
}

/** The document from its last section on, with the scripts. */
export function pageEnd(data: RunData, digest: RunDigest): Markup {
  return html`
</main>
<footer>Written by Nodeswarm ${data.run.versions.nodeswarm}. Percentiles are read from merged histograms, exact to 0.4 %, and never averaged.</footer>
<script type="application/json" id="chart-data">${embeddedJson(chartData(data, digest))}</script>
<script>${trusted(CHART_JS)}</script>
<script>${trusted(chartsScript)}</script>
</body>
</html>
`;
}

/** How a content security policy names an inline style or script. */
export function hashSource(text: string): string {
  return `'sha256-${createHash('sha256').update(text, 'utf8').digest('base64')}'`;
}
