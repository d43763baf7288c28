import type { GoalFinding, SectionId } from '../goals';
import type { Cores } from '../measure/cores';
import type { Rounds } from '../measure/rounds';
import type { Swarm } from '../measure/swarm';
import type { Peers } from '../peers/peers';
import type { ReportTable } from '../report/report';

/** What a section measures with. */
export interface Bench {
  rounds: number;
  /** Length of a measurement at full speed, s. */
  seconds: number;
  /** Length of the run of `endurance`, minutes. */
  growthMinutes: number;
  /** Length of the long made-up runs of `store`, hours. */
  storeHours: number;
  cores: Cores;
  peers: Peers;
  swarm: Swarm;
  /** Tells how far it is. */
  say: (line: string) => void;
}

/** What a section found. */
export interface Findings {
  /** How it was measured, a sentence or two each. */
  method: string[];
  tables: ReportTable[];
  goals: GoalFinding[];
  /** What a reader must know besides. */
  remarks: string[];
  /** The figure of every round, for the JSON file. */
  rounds: Record<string, Rounds>;
}

/** A part of the bench that can be run alone. */
export interface Section {
  id: SectionId;
  title: string;
  usesPeers: boolean;
  measure(bench: Bench): Promise<Findings>;
}
