import { SECTION_IDS, type SectionId } from '../goals';
import type { BenchReport, ReportTable, SectionReport } from './report';
import { goalTable } from './terminal';

/** What is written by hand begins with this heading, or with the first one behind the measured sections. */
const HAND_WRITTEN = '## Tried and dropped';

const PREAMBLE = `# Benchmarks

Written by \`npm run bench\` (\`npm run bench -- throughput https\` measures these sections only; the others stay as they are). Figures are medians of the rounds, with the lowest and the highest round in
brackets. Ratios are taken round by round and are Nodeswarm's figure over the other's. Everything in a section was measured in the same call, in turn, forwards and backwards.
"Before other programs": where it may (root on Linux), the bench puts all that it measures, clients and servers alike, before the programs of other sessions (autogroup).
`;

/**
 * docs/benchmarks.md with what was measured now. Sections that were not measured now (or not to their end), and what is written by hand at the end, are taken from
 * `existing` (empty when there is no such file) letter by letter.
 */
export function benchmarksMarkdown(report: BenchReport, existing: string): string {
  const sections = SECTION_IDS.flatMap((id) => {
    const now = report.sections.find((section) => section.id === id);
    const before = existingSection(existing, id);
    if (now && (now.error === null || before === null)) return [sectionMarkdown(now, report)];
    return before === null ? [] : [before];
  });
  return [PREAMBLE, ...sections, writtenByHand(existing) ?? `${HAND_WRITTEN}\n\nNothing yet.\n`].join('\n');
}

function writtenByHand(existing: string): string | null {
  const lastMarker = Math.max(...SECTION_IDS.map((id) => existing.lastIndexOf(markersOf(id).end)));
  const heading = lastMarker < 0 ? existing.indexOf(`\n${HAND_WRITTEN}`) : existing.indexOf('\n## ', lastMarker);
  return heading < 0 ? null : existing.slice(heading + 1);
}

function markersOf(id: SectionId): { begin: string; end: string } {
  return { begin: `<!-- ${id}: written by npm run bench -->`, end: `<!-- end of ${id} -->` };
}

function existingSection(existing: string, id: SectionId): string | null {
  const { begin, end } = markersOf(id);
  const from = existing.indexOf(begin);
  const to = existing.indexOf(end, from);
  return from < 0 || to < 0 ? null : `${existing.slice(from, to + end.length)}\n`;
}

function sectionMarkdown(section: SectionReport, report: BenchReport): string {
  const { id, title, method, tables, goals, remarks, error } = section;
  const { begin, end } = markersOf(id);
  const lines = [begin, `## ${title}`, '', circumstances(section, report), '', ...method.flatMap((line) => [line, ''])];
  if (error !== null) lines.push(`**Not measured to its end:** ${error}`, '');
  for (const table of [...tables, ...(goals.length > 0 ? [goalTable(goals)] : [])]) lines.push(...tableMarkdown(table), '');
  for (const remark of remarks) lines.push(`- ${remark}`);
  if (remarks.length > 0) lines.push('');
  return [...lines, end, ''].join('\n');
}

function circumstances({ tookSeconds }: SectionReport, { date, machine, versions, settings, leftOut }: BenchReport): string {
  const { cpu, cores, memoryGb, system } = machine;
  const texts = [
    `Measured ${date.slice(0, 10)} on ${cpu}, ${cores} cores, ${memoryGb} GB, ${system}, in ${Math.round(tookSeconds)} s; ${settings.rounds} rounds${settings.precedence ? ', before other programs' : ''}.`,
    `Versions: ${versions.join(', ')}.`,
    ...leftOut,
  ];
  return texts.join(' ');
}

function tableMarkdown({ title, columns, wordy = [], rows }: ReportTable): string[] {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  const rule = `|${columns.map((column, index) => (index === 0 || wordy.includes(column) ? '---' : '---:')).join('|')}|`;
  return [`**${title}**`, '', line(columns), rule, ...rows.map(line)];
}
