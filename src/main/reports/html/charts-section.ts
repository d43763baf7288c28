import type { RunData } from '../../../shared/stats/run';
import { html, type Markup } from './markup';
import { clock, counted, duration } from './number-text';
import type { RunDigest } from './run-digest';

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
export function chartData({ events }: RunData, { points, phases, invalid, windowSeconds }: RunDigest): unknown {
  return {
    windowSeconds,
    points,
    phases,
    invalid: invalid.map(({ from, to }) => ({ from, to })),
    events: events.map(({ atMs }, index) => ({ second: atMs / 1000, number: index + 1 })),
  };
}
