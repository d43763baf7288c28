import type { RunSecond } from '../../shared/stats/frame';
import type { RunData } from '../../shared/stats/run';

/** What a report is made of. */
export interface ReportSource {
  data: RunData;
  /**
   * The run's seconds, ascending. An array will do; for a run of many hours an async iterable that reads them from the store in portions
   * keeps memory flat. Each report passes over them at most once.
   */
  seconds: Iterable<RunSecond> | AsyncIterable<RunSecond>;
  options: ReportOptions;
}

export interface ReportOptions {
  /** CSV: history rows for every series, not only for Aggregated. */
  fullHistory?: boolean;
}

/** One file of a report. Its text comes in pieces, so that neither memory nor the event loop feels a long run. */
export interface ReportPart {
  /** Appended to the name that the user gave; empty when that is the file's whole name. */
  suffix: string;
  text: Iterable<string> | AsyncIterable<string>;
}

/** A way to write a run down. A new one is a new file plus one line in `reports.ts`. */
export interface ReportFormat {
  /** As on the command line (`--csv`). */
  id: string;
  /** For people: what the file is. */
  label: string;
  /** What a suggested file name ends in; empty where the user names a prefix. */
  extension: string;
  /** Endings of the files that are written: `['']` for a format of one file. */
  suffixes: readonly string[];
  /** The files, in the order of `suffixes`. */
  parts(source: ReportSource): ReportPart[];
}
