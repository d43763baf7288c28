import type { RunSnapshot } from '../../../../shared/api/types';
import { loadEditsText } from '../../../../shared/stats/load-edits';
import { targetNodes } from '../../../app/run-strip-figures';
import { formatClock, formatCount, formatFigure, formatLatency, plural } from '../../../ui/format';
import type { Measure } from './run-columns';
import type { RunViewModel, RunViewState } from './run-view-model';

/** One of the figures above the tabs. */
export interface HeaderFigure {
  id: string;
  label: string;
  value: string;
  unit: string;
  /** What is usually the longest in their places, whose room they have, so that nothing beside them moves while they change. */
  room: { value: string; unit: string };
  /** All digits, and what it is about. */
  explanation: string;
  /** The last minute while the run is on, a value a second; all of it afterwards. null where there was none. */
  line: (number | null)[];
}

const LINE_SECONDS = 60;
const LINE_POINTS = 120;

/** Three digits with a decimal sign, `44.0`: as long as any value from 1 to 999. */
const USUAL_ROOM = formatFigure(88.8);

/** What the nodes were before the run was edited, and after it; nothing where it was not. */
function editsSentence({ record, events }: RunSnapshot): string {
  const edits = loadEditsText(events, formatClock);
  return edits === null ? '' : ` Started with ${plural(record.options.nodes, 'node')}, ${edits}.`;
}

/** The six figures: of the last 10 s while the run is on, of the steady phase (or the whole run, where there was none) afterwards. */
export function headerFigures({ snapshot, running }: RunViewState, columns: RunViewModel['columns']): HeaderFigure[] {
  if (!snapshot) return [];
  const { report, current, record } = snapshot;
  const summary = report.steady?.total ?? report.total;
  const isCurrent = running && current !== null;
  const times = isCurrent ? current.times : summary;
  const stretch = isCurrent ? 'over the last 10 s' : report.steady ? 'over the steady phase' : 'over the whole run';
  const line = (measure: Measure | 'nodes') =>
    running ? columns.lastValues(measure, LINE_SECONDS) : columns.outline(measure, LINE_POINTS);
  const living = columns.lastValues('nodes', 1)[0] ?? 0;
  const target = targetNodes(snapshot, plannedNodes(columns));
  const rps = isCurrent ? current.total.requestsPerSecond : summary.rps;
  const failures = isCurrent ? current.total.failuresPerSecond : summary.failuresPerSecond;
  const latency = (id: string, label: string, ms: number | null, measure: Measure, meaning: string): HeaderFigure => {
    const [value = '', unit = ''] = formatLatency(ms).split(' ');
    const room = { value: USUAL_ROOM, unit: 'ms' };
    return { id, label, value, unit, room, explanation: `${meaning}, ${stretch}.`, line: line(measure) };
  };
  const most = formatCount(mostNodes(columns, record.options.nodes));
  return [
    {
      id: 'nodes',
      label: 'Nodes',
      value: running ? formatCount(living) : most,
      unit: running ? nodesUnit(living, target) : '',
      room: { value: most, unit: running ? `of ${most}` : '' },
      explanation: `${nodesMeaning(running, target)}${editsSentence(snapshot)}`,
      line: line('nodes'),
    },
    {
      id: 'rps',
      label: 'Requests/s',
      value: formatFigure(rps),
      unit: '',
      room: { value: USUAL_ROOM, unit: '' },
      explanation: `Requests answered or failed per second, ${stretch}.`,
      line: line('requests'),
    },
    {
      id: 'failures',
      label: 'Failures/s',
      value: formatFigure(failures),
      unit: '',
      room: { value: USUAL_ROOM, unit: '' },
      explanation: `Failed requests per second, ${stretch}.`,
      line: line('failures'),
    },
    latency('median', 'Median', times.median, 'p50', 'Half of the requests took at most this long'),
    latency('p95', 'p95', times.p95, 'p95', '95 % of the requests took at most this long'),
    latency('p99', 'p99', times.p99, 'p99', '99 % of the requests took at most this long'),
  ];
}

function nodesUnit(living: number, target: number | null): string {
  if (target !== null) return `of ${formatCount(target)}`;
  return living > 0 ? 'stopping' : '';
}

function nodesMeaning(running: boolean, target: number | null): string {
  if (!running) return 'Highest number of planned nodes.';
  return target === null ? 'Nodes alive now; none are planned for now.' : 'Nodes alive now, of those planned for now.';
}

/** The number it was started with, or what it was raised to while it was on. */
function mostNodes(columns: RunViewModel['columns'], started: number): number {
  const { values, length } = columns.stateColumn('plannedNodes');
  let most = started;
  for (let row = 0; row < length; row++) most = Math.max(most, values[row] || 0);
  return most;
}

function plannedNodes(columns: RunViewModel['columns']): number | null {
  const { values, length } = columns.stateColumn('plannedNodes');
  const last = values[length - 1];
  return last === undefined || Number.isNaN(last) ? null : last;
}
