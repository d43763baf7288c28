import { SeededRandom } from '../../../src/shared/stats/seeded-random';
import { type DelayDistribution, drawDelayMs, standardNormal } from './delay-distribution';

/** What the server does with a request: answers it, or one of the faults. */
export const DEEDS = ['answer', 'error 503', 'reset', 'close', 'garbage', 'never'] as const;
export type Deed = (typeof DEEDS)[number];

/** How the server treats the requests of one path. All are deterministic: the n-th request of a node always meets the same. */
export type Behaviour =
  /** Each request takes its own time. */
  | { kind: 'delay'; distribution: DelayDistribution }
  /** The same time, times a level that wanders from second to second: its logarithm is an AR(1) process of standard deviation `deviation`. */
  | { kind: 'wandering'; distribution: DelayDistribution; deviation: number; phi: number; seed: string }
  /** `stallMs` for request `at` of a node (0-based), or for every `every`-th of it; `otherwiseMs` for the others. */
  | { kind: 'stall'; stallMs: number; otherwiseMs: number; at: number; every?: number }
  /** One server with a queue, first in first out: `perSecond` answers a second at the most. */
  | { kind: 'capacity'; perSecond: number }
  /** Deed n mod length for the n-th request of a node, after `ms`. */
  | { kind: 'faults'; deeds: Deed[]; ms: number };

/** When and how a request is answered. */
export interface Plan {
  dueUs: number;
  deed: Deed;
}

/** Plans the answers of one path. */
export type Planner = (node: number, nth: number, receivedUs: number) => Plan;

type Planners = { [Kind in Behaviour['kind']]: (behaviour: Extract<Behaviour, { kind: Kind }>) => Planner };

const PLANNERS: Planners = {
  delay: ({ distribution }) => {
    const randomOf = randomOfNode('delay');
    return (node, _nth, receivedUs) => answerAt(receivedUs + drawDelayMs(distribution, randomOf(node)) * 1000);
  },
  wandering: ({ distribution, deviation, phi, seed }) => {
    const randomOf = randomOfNode(seed);
    const levels = new SeededRandom(`${seed} levels`);
    let level = deviation * standardNormal(levels);
    let second = -1;
    return (node, _nth, receivedUs) => {
      const now = Math.floor(receivedUs / 1e6);
      if (now !== second) level = phi * level + deviation * Math.sqrt(1 - phi * phi) * standardNormal(levels);
      second = now;
      return answerAt(receivedUs + drawDelayMs(distribution, randomOf(node)) * Math.exp(level) * 1000);
    };
  },
  stall: ({ stallMs, otherwiseMs, at, every }) => {
    const stalls = (nth: number) => (every ? nth % every === at : nth === at);
    return (_node, nth, receivedUs) => answerAt(receivedUs + (stalls(nth) ? stallMs : otherwiseMs) * 1000);
  },
  capacity: ({ perSecond }) => {
    let freeUs = 0;
    return (_node, _nth, receivedUs) => {
      freeUs = Math.max(freeUs, receivedUs) + 1e6 / perSecond;
      return answerAt(freeUs);
    };
  },
  faults: ({ deeds, ms }) => {
    return (_node, nth, receivedUs) => ({ dueUs: receivedUs + ms * 1000, deed: deeds[nth % deeds.length] ?? 'answer' });
  },
};

/** The planner of a behaviour. */
export function plannerOf(behaviour: Behaviour): Planner {
  const make = PLANNERS[behaviour.kind] as (behaviour: Behaviour) => Planner;
  return make(behaviour);
}

function answerAt(dueUs: number): Plan {
  return { dueUs, deed: 'answer' };
}

/** A generator for each node, so that what a node meets does not depend on the others. */
function randomOfNode(seed: string): (node: number) => SeededRandom {
  const randoms = new Map<number, SeededRandom>();
  return (node) => {
    let random = randoms.get(node);
    if (!random) {
      random = new SeededRandom(`${seed} ${node}`);
      randoms.set(node, random);
    }
    return random;
  };
}
