import { describe, expect, it } from 'vitest';
import { BACKEND_FAULTS } from './server/backend-fault';
import { planSoak } from './soak-plan';

const options = { seed: '1', fromSeconds: 60, toSeconds: 1800, shards: 2, roundSeconds: 440 };
const kindsOf = (plan: ReturnType<typeof planSoak>) =>
  plan.map(({ happening }) => (happening.kind === 'backend' ? happening.fault : happening.kind));

describe('the plan of a soak', () => {
  it('is the same for the same seed, and another for another', () => {
    expect(planSoak(options)).toEqual(planSoak(options));
    expect(kindsOf(planSoak(options))).not.toEqual(kindsOf(planSoak({ ...options, seed: '2' })));
  });

  it('holds everything once in each round', () => {
    const plan = planSoak(options).filter(({ happening }) => happening.kind !== 'rest');
    const kinds = [...BACKEND_FAULTS, 'kill-store', 'stop-shard', 'edit', 'export', 'compare', 'read-charts', 'visit'].sort();
    const rounds = Math.floor((1800 - 60) / 440);
    expect(plan.length).toBe(rounds * kinds.length);
    for (let round = 0; round < rounds; round++) {
      expect(kindsOf(plan.slice(round * kinds.length, (round + 1) * kinds.length)).sort()).toEqual(kinds);
    }
  });

  it('one thing is over before the next begins, and all within its time', () => {
    const plan = planSoak(options);
    let free = options.fromSeconds;
    for (const { atSeconds, happening } of plan) {
      expect(atSeconds).toBeGreaterThanOrEqual(free - 1e-9);
      free = atSeconds + ('seconds' in happening ? happening.seconds : 0);
    }
    expect(free).toBeLessThanOrEqual(options.toSeconds + 1e-9);
  });

  it('rests after every four happenings, from well after the last to the next', () => {
    const plan = planSoak(options);
    const rests = plan.flatMap((planned, index) => (planned.happening.kind === 'rest' ? [{ planned, index }] : []));
    expect(rests.length).toBe(3 * Math.floor((1800 - 60) / 440));
    for (const { planned, index } of rests) {
      const { atSeconds, happening } = planned;
      const [before, after] = [plan[index - 1], plan[index + 1]];
      if (!before || happening.kind !== 'rest') throw new Error('no happening before a rest');
      const ended = before.atSeconds + ('seconds' in before.happening ? before.happening.seconds : 0);
      expect(atSeconds - ended).toBeGreaterThanOrEqual(5 - 1e-9);
      expect(happening.seconds).toBeCloseTo(60);
      if (after) expect(after.atSeconds).toBeGreaterThanOrEqual(atSeconds + happening.seconds - 1e-9);
    }
  });

  it('names every shard that there is, and no other', () => {
    const happenings = planSoak({ ...options, toSeconds: 86_400 }).map(({ happening }) => happening);
    const shards = happenings.flatMap((happening) => (happening.kind === 'stop-shard' ? [happening.shard] : []));
    expect([...new Set(shards)].sort()).toEqual([0, 1]);
  });
});
