import { existsSync } from 'node:fs';
import type { RunListItem } from '../../shared/stats/run';
import type { CommandIo } from './command-io';
import { printable } from './display-text';
import { EXIT } from './exit-code';
import { countText, durationText, msText, rateText, shareText, timeText } from './number-text';
import { databaseFile, withHistory } from './open-history';
import { outputWidth } from './output-width';
import { type Style, styleFor } from './style';
import { type Cell, type Column, renderTable } from './table';

const COLUMNS: readonly Column[] = [
  { header: 'Run', align: 'right' },
  { header: 'Name', align: 'left', minWidth: 12 },
  { header: 'Start', align: 'left', dropRank: 2 },
  { header: 'Duration', align: 'right', dropRank: 1 },
  { header: 'Nodes', align: 'right', dropRank: 0 },
  { header: 'Requests', align: 'right', dropRank: 3 },
  { header: 'RPS', align: 'right' },
  { header: 'p95 ms', align: 'right' },
  { header: 'Failures', align: 'right' },
  { header: 'Status', align: 'left' },
];

/** `nodeswarm history`: the runs that are kept, newest first. */
export async function history(options: { json?: boolean; db?: string }, io: CommandIo): Promise<number> {
  // No history yet is no mistake here.
  const isNew = options.db === undefined && !existsSync(databaseFile(undefined, io));
  const runs = isNew ? [] : await withHistory(options.db, io, (store) => store.listRuns());
  runs.sort((a, b) => b.id - a.id);
  if (options.json) {
    io.stdout.write(`${JSON.stringify(runs, null, 2)}\n`);
    return EXIT.fine;
  }
  if (runs.length === 0) {
    io.stdout.write(`There are no runs in ${databaseFile(options.db, io)}; "nodeswarm run SCENARIO" makes one.\n`);
    return EXIT.fine;
  }
  for (const line of historyLines(runs, { width: outputWidth(io.stdout), style: styleFor(io.stdout, io.env) }))
    io.stdout.write(`${line}\n`);
  return EXIT.fine;
}

/** The table of runs. Rate and p95 are of the steady phase where there was one, the counts of the whole run. */
function historyLines(runs: readonly RunListItem[], options: { width: number; style: Style }): string[] {
  const rows = runs.map((run) => ({
    cells: [
      String(run.id),
      printable(run.name) + (run.baseline ? ' (baseline)' : ''),
      timeText(run.startedAt),
      durationText(run.durationSeconds),
      countText(run.nodes),
      countText(run.requests),
      rateText(run.requestsPerSecond),
      msText(run.p95Ms),
      failureCell(run),
      statusCell(run),
    ],
  }));
  return renderTable(COLUMNS, rows, options).lines;
}

function failureCell({ failures, requests }: RunListItem): Cell {
  const text = shareText(failures, requests);
  return failures > 0 ? { text, look: 'red' } : text;
}

function statusCell({ status, degraded, invalidSeconds }: RunListItem): Cell {
  const parts: string[] = [status];
  if (degraded) parts.push('degraded');
  if (invalidSeconds > 0) parts.push(`generator-limited ${durationText(invalidSeconds)}`);
  const text = parts.join(', ');
  if (status === 'failed' || status === 'interrupted' || parts.length > 1) return { text, look: 'yellow' };
  return text;
}
