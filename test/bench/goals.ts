import type { Spread } from './measure/rounds';

interface Goal {
  section: SectionId;
  /** What is measured. */
  what: string;
  /** Written behind figures; `x` for ratios. */
  unit: string;
  atLeast?: number;
  atMost?: number;
}

/** The parts of the bench, in their order. */
export const SECTION_IDS = ['throughput', 'https', 'scaling', 'density', 'fleet', 'growth', 'endurance', 'store'] as const;
export type SectionId = (typeof SECTION_IDS)[number];

/** All goals. The median of the rounds is held against them. */
export const GOALS = {
  wrk: { section: 'throughput', what: 'Requests/s beside wrk', unit: 'x', atLeast: 0.85 },
  wrkBeyond: { section: 'throughput', what: 'Requests/s beside wrk, the goal beyond', unit: 'x', atLeast: 1 },
  autocannon: { section: 'throughput', what: 'Requests/s beside autocannon', unit: 'x', atLeast: 1.5 },
  locust: { section: 'throughput', what: 'Requests/s beside Locust FastHttpUser', unit: 'x', atLeast: 8 },
  k6: { section: 'throughput', what: 'Requests/s beside k6', unit: 'x', atLeast: 5 },
  httpsWrk: { section: 'https', what: 'Requests/s over HTTPS beside wrk', unit: 'x', atLeast: 0.75 },
  scaling: { section: 'scaling', what: 'Two shards on two cores beside one on one, server included', unit: 'x', atLeast: 1.7 },
  density1k: { section: 'density', what: 'Memory of a node among 1,000', unit: 'KB', atMost: 6 },
  density10k: { section: 'density', what: 'Memory of a node among 10,000', unit: 'KB', atMost: 6 },
  density50k: { section: 'density', what: 'Memory of a node among 50,000', unit: 'KB', atMost: 6 },
  fleetLag: { section: 'fleet', what: '10,000 nodes at 40,000 requests/s on one core: lag p99', unit: 'ms', atMost: 3 },
  fleetMissed: { section: 'fleet', what: '10,000 nodes at 40,000 requests/s on one core: missed sends', unit: '', atMost: 0 },
  fleetManyLag: { section: 'fleet', what: '50,000 nodes at pacing 10 s on two cores: lag p99', unit: 'ms', atMost: 5 },
  spawning: { section: 'fleet', what: 'Spawning 10,000 connected nodes at 10,000 a second', unit: 's', atMost: 3 },
  growthSeries: { section: 'growth', what: 'Requests/s with 1,000 series beside 1', unit: 'x', atLeast: 0.9 },
  growthShards: { section: 'growth', what: 'Requests/s with 16 shards beside 1, on one core', unit: 'x', atLeast: 0.9 },
  growthShardsManyNodes: {
    section: 'growth',
    what: 'The same with 1,024 nodes, where a request is the same work',
    unit: 'x',
    atLeast: 0.9,
  },
  growthTime: { section: 'endurance', what: 'Requests/s at the end of the long run beside a new one', unit: 'x', atLeast: 0.9 },
  openHour: { section: 'store', what: 'Opening a run of 1 h', unit: 's', atMost: 1 },
  openDay: { section: 'store', what: 'Opening a run of 24 h', unit: 's', atMost: 2 },
} satisfies Record<string, Goal>;
export type GoalId = keyof typeof GOALS;

/** A goal and what was measured. */
export interface GoalFinding {
  section: SectionId;
  what: string;
  /** Such as `at least 0.85 x`. */
  goal: string;
  unit: string;
  /** null when it could not be measured. */
  measured: Spread | null;
  met: boolean | null;
}

/** Holds a figure against its goal. */
export function judge(id: GoalId, measured: Spread | null): GoalFinding {
  const { section, what, unit, atLeast, atMost }: Goal = GOALS[id];
  const limit = atLeast === undefined ? `at most ${atMost}` : `at least ${atLeast}`;
  const met =
    measured &&
    measured.median >= (atLeast ?? Number.NEGATIVE_INFINITY) &&
    measured.median <= (atMost ?? Number.POSITIVE_INFINITY);
  return { section, what, goal: `${limit} ${unit}`.trim(), unit, measured, met };
}
