import Table from 'cli-table3';
import { spreadText } from './figure-text';
import type { ReportTable, SectionReport } from './report';

const SIDES = ['top', 'bottom', 'left', 'right'];
const NO_LINES = {
  ...Object.fromEntries(SIDES.flatMap((side) => ['', '-mid', '-left', '-right'].map((end) => [`${side}${end}`, '']))),
  mid: '',
  'mid-mid': '',
  middle: '  ',
};

/** What a section found, for the terminal. */
export function sectionText(section: SectionReport): string {
  const { title, method, tables, goals, remarks, error, tookSeconds } = section;
  const lines = [`${title} (${Math.round(tookSeconds)} s)`, ...method.map((line) => `  ${line}`)];
  if (error !== null) lines.push(`  NOT MEASURED TO ITS END: ${error}`);
  for (const table of tables) lines.push('', tableText(table));
  if (goals.length > 0) lines.push('', tableText(goalTable(goals)));
  if (remarks.length > 0) lines.push('', ...remarks.map((remark) => `  ${remark}`));
  return lines.join('\n');
}

/** Goals with what was measured and whether they were met. */
export function goalTable(goals: SectionReport['goals']): ReportTable {
  return {
    title: 'Goals',
    columns: ['what', 'goal', 'measured', 'met'],
    rows: goals.map(({ what, goal, unit, measured, met }) => [
      what,
      goal,
      spreadText(measured, unit),
      met === null ? 'not measured' : met ? 'yes' : 'NO',
    ]),
  };
}

function tableText({ title, columns, wordy = [], rows }: ReportTable): string {
  const table = new Table({
    head: columns.map((column, index) => (index === 0 ? `  ${column}` : column)),
    chars: NO_LINES,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
    colAligns: columns.map((column, index) => (index === 0 || wordy.includes(column) ? 'left' : 'right')),
  });
  for (const [first = '', ...rest] of rows) table.push([`  ${first}`, ...rest]);
  return `${title}\n${table.toString()}`;
}
