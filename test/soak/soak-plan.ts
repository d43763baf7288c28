import { SeededRandom } from '../../src/shared/stats/seeded-random';
import { BACKEND_FAULTS, type BackendFault } from './server/backend-fault';

/** Something that happens in a soak beside the load. */
export type Happening =
  | { kind: 'backend'; fault: BackendFault; share: number; seconds: number }
  | { kind: 'kill-store' }
  /** A shard does not run for so long. */
  | { kind: 'stop-shard'; shard: number; seconds: number }
  /** To this share of the nodes, and back after so long. */
  | { kind: 'edit'; share: number; seconds: number }
  | { kind: 'export' }
  | { kind: 'compare' }
  | { kind: 'read-charts' }
  /** A second browser comes, listens for so long, and goes; `politely`: it closes its socket, or is cut off. */
  | { kind: 'visit'; seconds: number; politely: boolean }
  /** Nothing, so that what the processes hold can be compared with other rests. */
  | { kind: 'rest'; seconds: number };

/** When, in seconds of the run's clock. */
export interface PlannedHappening {
  atSeconds: number;
  happening: Happening;
}

export interface PlanOptions {
  seed: string;
  /** Happenings begin after this and are over before `toSeconds`. */
  fromSeconds: number;
  toSeconds: number;
  shards: number;
  /** All of them happen once in a round of this length, in an order of its own. */
  roundSeconds: number;
}

/** After so many happenings there is a rest. */
const REST_AFTER = 4;
/**
 * Slots of time that a rest takes, a minute in a whole soak: connections that were lost take ten seconds to be there again, and what a shard then has no
 * need of is let go of ten to twenty seconds later.
 */
const REST_SLOTS = 3;

/**
 * What happens in a soak and when: every round holds each kind of happening once, shuffled, one in each slot of time, so that no two are on at once,
 * and after every few of them a rest. The same seed gives the same plan.
 */
export function planSoak({ seed, fromSeconds, toSeconds, shards, roundSeconds }: PlanOptions): PlannedHappening[] {
  const random = new SeededRandom(`soak plan ${seed}`);
  const planned: PlannedHappening[] = [];
  for (let begin = fromSeconds; begin + roundSeconds <= toSeconds + 1e-9; begin += roundSeconds) {
    const round = shuffled(HAPPENINGS, random);
    const slotSeconds = roundSeconds / (round.length + Math.floor(round.length / REST_AFTER) * REST_SLOTS);
    let slotBegins = begin;
    round.forEach((make, index) => {
      // A quarter of the slot at most passes before, the longest happening takes half of it: the remainder is for recovering.
      const atSeconds = slotBegins + (random.float() / 4) * slotSeconds;
      planned.push({ atSeconds, happening: make(random, slotSeconds, shards) });
      slotBegins += slotSeconds;
      if ((index + 1) % REST_AFTER !== 0) return;
      planned.push({ atSeconds: slotBegins, happening: { kind: 'rest', seconds: slotSeconds * REST_SLOTS } });
      slotBegins += slotSeconds * REST_SLOTS;
    });
  }
  return planned;
}

type Maker = (random: SeededRandom, slotSeconds: number, shards: number) => Happening;

const LONGEST_SECONDS = 10;
const secondsIn = (random: SeededRandom, slotSeconds: number) =>
  Math.min(LONGEST_SECONDS, slotSeconds / 2) * (0.5 + random.float() / 2);

const HAPPENINGS: readonly Maker[] = [
  ...BACKEND_FAULTS.map((fault): Maker => {
    return (random, slotSeconds) => ({
      kind: 'backend',
      fault,
      share: fault === 'refuse' ? 1 : 0.1 + random.float() / 2,
      seconds: secondsIn(random, slotSeconds),
    });
  }),
  () => ({ kind: 'kill-store' }),
  (random, slotSeconds, shards) => ({ kind: 'stop-shard', shard: random.below(shards), seconds: secondsIn(random, slotSeconds) }),
  (random, slotSeconds) => ({ kind: 'edit', share: 0.5 + random.float() / 4, seconds: secondsIn(random, slotSeconds) }),
  () => ({ kind: 'export' }),
  () => ({ kind: 'compare' }),
  () => ({ kind: 'read-charts' }),
  (random, slotSeconds) => ({ kind: 'visit', seconds: secondsIn(random, slotSeconds), politely: random.float() < 0.5 }),
];

/** Fisher and Yates. */
function shuffled<T>(values: readonly T[], random: SeededRandom): T[] {
  const result = [...values];
  for (let i = result.length - 1; i > 0; i--) {
    const j = random.below(i + 1);
    [result[i], result[j]] = [result[j] as T, result[i] as T];
  }
  return result;
}
