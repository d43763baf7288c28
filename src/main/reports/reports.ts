import { csvReport } from './csv';
import { hlogReport } from './hlog';
import { htmlReport } from './html';
import { jsonReport } from './json';
import type { ReportFormat, ReportSource } from './report-format';
import { writeFiles } from './write-file';

/** Every report there is, in the order in which they are offered. */
export const REPORTS: readonly ReportFormat[] = [htmlReport, csvReport, jsonReport, hlogReport];

/** The files that a report writes for the name or prefix that the user gave. */
export function reportFiles(format: ReportFormat, target: string): string[] {
  return format.suffixes.map((suffix) => target + suffix);
}

/**
 * Writes a run down and returns the files written. All of them appear together, complete, once the last is ready; when anything goes
 * wrong none does, and what was there before stays. Throws `ReportWriteError`, whose message is a sentence for the user.
 */
export async function exportRun(format: ReportFormat, source: ReportSource, target: string): Promise<string[]> {
  await writeFiles(format.parts(source).map(({ suffix, text }) => ({ path: target + suffix, text })));
  return reportFiles(format, target);
}

/** The text of a report of one file, for standard output. Throws where a format has several. */
export function reportText(format: ReportFormat, source: ReportSource): ReportText {
  const [part, ...others] = format.parts(source);
  if (!part || others.length > 0) throw new Error(`${format.label} has several files and no single text.`);
  return part.text;
}

type ReportText = Iterable<string> | AsyncIterable<string>;
