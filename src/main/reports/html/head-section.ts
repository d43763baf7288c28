import { PHASES } from '../../../shared/stats/frame';
import type { ReportTable, RunReport } from '../../../shared/stats/report';
import type { RunData, RunRecord } from '../../../shared/stats/run';
import { isReliable } from '../../../shared/stats/summary';
import { loadText } from './load-text';
import { html, type Markup } from './markup';
import { counted, decimal, duration, moment, percent, whole } from './number-text';
import type { RunDigest } from './run-digest';
import { latencyDecimals } from './statistics-section';

/** Name, period, state, what must be known before any figure is read, and the key figures. */
export function headSection(data: RunData, report: RunReport, digest: RunDigest): Markup {
  const { run } = data;
  return html`<header>
<p class="kicker">Nodeswarm report · run ${run.id}</p>
<h1>${run.name}</h1>
${run.note === '' ? null : html`<p class="note">${run.note}</p>`}
<dl class="facts">
${fact('Status', statusText(run))}
${fact('Period', period(run))}
${fact('Target', run.options.host)}
${fact('Load', phasedLoad(data, report))}
${fact('Scenario', `${run.scenario.name}, ${run.scenarioHash}`)}
${fact('Generator', `${run.machine.hostname}: ${run.machine.cpu}, ${counted(run.machine.cores, 'core', 'cores')}; ${counted(run.options.shards, 'shard', 'shards')}, seed ${run.options.seed}`)}
</dl>
</header>
${notices(run, report, digest)}
${keyFigures(report)}`;
}

function statusText({ status, degraded }: RunRecord): Markup {
  const text = status.charAt(0).toUpperCase() + status.slice(1);
  return html`<span class="status ${degraded ? 'degraded' : status}">${degraded ? `${text}, degraded` : text}</span>`;
}

function fact(name: string, value: Markup | string): Markup {
  return html`<div><dt>${name}</dt><dd>${value}</dd></div>\n`;
}

function period({ startedAt, endedAt }: RunRecord): string {
  if (endedAt === null) return `since ${moment(startedAt)}`;
  return `${moment(startedAt)}, ${duration((endedAt - startedAt) / 1000)}`;
}

function phasedLoad(data: RunData, { phases }: RunReport): string {
  const lengths = PHASES.filter((phase) => phases[phase] >= 0.5).map((phase) => `${phase} ${duration(phases[phase])}`);
  return [loadText(data), ...lengths].join('; ');
}

/** What limits the worth of the figures, said before they are shown. */
function notices(run: RunRecord, report: RunReport, digest: RunDigest): Markup[] {
  const seconds = digest.phases.reduce((sum, { from, to }) => sum + to - from, 0);
  const { invalidSeconds } = report.generator;
  const { started, completed, failed, aborted } = report.accounting;
  const notices: (Markup | null)[] = [
    statusNotice(run),
    run.degraded
      ? notice('Degraded', `A shard was lost; what its nodes were doing is missing from the figures. ${run.statusReason}`)
      : null,
    invalidSeconds > 0
      ? notice(
          'Generator-limited',
          `In ${whole(invalidSeconds)} of ${counted(seconds, 'second', 'seconds')} the load generator itself could not keep up. Times in these seconds say nothing certain about the backend; see “Generator health”.`,
        )
      : null,
    run.status !== 'running' && started !== completed + failed + aborted
      ? notice(
          'The accounting does not close',
          `Of ${whole(started)} requests begun, ${whole(completed + failed + aborted)} are accounted for.`,
        )
      : null,
    report.steady === null ? notice('No steady phase', 'All figures are of the whole run, ramp included.') : null,
  ];
  return notices.filter((entry) => entry !== null);
}

function statusNotice({ status, statusReason, degraded }: RunRecord): Markup | null {
  // The reason of a degraded run is told with its notice.
  const reason = degraded ? '' : statusReason;
  switch (status) {
    case 'running':
      return notice('Still running', 'These are the figures as of the moment the report was written.');
    case 'stopped':
      return notice('Stopped', `The user stopped the run before its planned end. ${reason}`);
    case 'interrupted':
      return notice(
        'Interrupted',
        `The process that conducted the run ended before the run did; its last seconds may be missing. ${reason}`,
      );
    case 'failed':
      return notice('Failed', `The run could not be carried out. ${reason}`);
    case 'finished':
      return null;
  }
}

function notice(lead: string, text: string): Markup {
  return html`<p class="notice"><strong>${lead}.</strong> ${text.trim()}</p>\n`;
}

function keyFigures(report: RunReport): Markup {
  const { total }: ReportTable = report.steady ?? report;
  const decimals = latencyDecimals(total);
  const failureRatio = total.requests === 0 ? 0 : total.failures / total.requests;
  const of = report.steady ? 'steady phase' : 'whole run';
  const time = (p: number) => (isReliable(p, total.requests) ? of : 'too few requests to rely on');
  return html`<dl class="figures" aria-label="Key figures">
${figure('Requests', whole(report.total.requests), 'whole run')}
${figure('Requests/s', decimal(total.rps, 1), of)}
${figure('Failed', percent(failureRatio), `${whole(total.failures)} in the ${of}`, total.failures > 0)}
${figure('Median', html`${decimal(total.median, decimals)} <small>ms</small>`, time(50))}
${figure('95 %ile', html`${decimal(total.p95, decimals)} <small>ms</small>`, time(95))}
${figure('99 %ile', html`${decimal(total.p99, decimals)} <small>ms</small>`, time(99))}
</dl>`;
}

function figure(name: string, value: Markup | string, about: string, bad = false): Markup {
  return html`<div><dt>${name}</dt><dd${bad ? html` class="bad"` : null}>${value}</dd><dd class="about">${about}</dd></div>\n`;
}
