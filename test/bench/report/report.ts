import type { SectionId } from '../goals';
import type { Findings } from '../sections/section';

/** A table of texts; the first column is on the left, others on the right. */
export interface ReportTable {
  title: string;
  columns: string[];
  /** Columns of words, which are on the left as well. */
  wordy?: string[];
  rows: string[][];
}

/** What was measured on. */
export interface Machine {
  cpu: string;
  cores: number;
  memoryGb: number;
  system: string;
}

/** What a section found, and under which circumstances. */
export interface SectionReport extends Findings {
  id: SectionId;
  title: string;
  /** Why it could not be measured to its end; null when it was. */
  error: string | null;
  /** How long it took. */
  tookSeconds: number;
}

/** Everything that one call of the bench found. */
export interface BenchReport {
  /** ISO */
  date: string;
  machine: Machine;
  /** Of Nodeswarm, Node, nginx and the peers. */
  versions: string[];
  /** `precedence`: whether all that was measured came before the machine's other programs. */
  settings: { rounds: number; seconds: number; growthMinutes: number; precedence: boolean };
  /** Peers that could not be had, a sentence each. */
  leftOut: string[];
  sections: SectionReport[];
}
