// The package does not name this file among its exports; it is the build for a plain script element.
import chartJs from '../../../../node_modules/chart.js/dist/chart.umd.min.js?raw';
import type { RunData } from '../../../shared/stats/run';
import chartsScript from './charts.browser.js?raw';
import { chartData } from './charts-section';
import { documentHead } from './document-head';
import { embeddedJson, html, type Markup, trusted } from './markup';
import type { RunDigest } from './run-digest';
import { STYLE } from './style';

/** A source map would be asked for by a browser's developer tools. */
const CHART_JS = chartJs.replace(/\n?\/\/# sourceMappingURL=.*\s*$/, '\n');

/** The document down to its first section. */
export function pageBegin({ run }: RunData): Markup {
  return html`${documentHead(`${run.name} – Nodeswarm report`, STYLE, [CHART_JS, chartsScript])}
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
