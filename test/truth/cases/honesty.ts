import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ScenarioDocument } from '../../../src/shared/scenario/schema';
import { exactly, type TruthCase } from '../checks';
import { finished, type Laboratory, PRIORITY, type SeenSecond, seenSecond, type WatchedRun } from '../laboratory';
import { monotonicUs } from '../server/monotonic';

/** How the engine is starved. */
interface Pressure {
  name: string;
  /** Starves until `until` (us of the monotonic clock) and then leaves the engine as it was. */
  apply(laboratory: Laboratory, shard: number, untilUs: number): Promise<void>;
}

const PRESSURES: Pressure[] = [
  { name: 'three busy loops on its processor', apply: hog },
  { name: 'stopped 50 of every 100 ms', apply: pulses(50, 100) },
  { name: 'stopped 20 of every 100 ms', apply: pulses(20, 100) },
  { name: 'stopped 150 ms once a second', apply: pulses(150, 1000) },
];
/**
 * When the machine itself was held up for so long, a mark may be right: a second is limited when a hundredth of it waits over 10 ms.
 */
export const HELD_UP_MS = 10;
const QUIET_SECONDS = 3;
const STARVED_SECONDS = 4;

const LOADS: { name: string; title: string; nodeTypes: ScenarioDocument['nodeTypes']; nodes: number }[] = [
  {
    name: 'honesty-planned',
    title: 'a planned load of 500/s',
    nodes: 50,
    nodeTypes: [
      {
        name: 'node',
        wait: { kind: 'throughput', perSecond: 10 },
        tasks: [{ name: 'ask', steps: [{ request: { path: '/work/{{node.index}}', name: 'work' } }] }],
      },
    ],
  },
  {
    name: 'honesty-back-to-back',
    title: 'requests back to back, which no schedule makes late',
    nodes: 3,
    nodeTypes: [
      {
        name: 'node',
        wait: { kind: 'constant', seconds: 0 },
        tasks: [{ name: 'ask', steps: [{ request: { path: '/work/{{node.index}}', name: 'work' } }] }],
      },
    ],
  },
];

/** The engine is starved for known seconds: those, and no others, must be marked generator-limited. */
export function honestyCases(laboratory: Laboratory): TruthCase[] {
  return LOADS.map((load) => ({
    name: load.name,
    title: `Generator honesty: the engine is starved under ${load.title}`,
    run: async () => {
      const server = await laboratory.serve({
        work: { kind: 'delay', distribution: { kind: 'constant', ms: 5 } },
      });
      try {
        const watched = await laboratory.start({
          nodeswarm: 1,
          name: load.name,
          target: { baseUrl: server.url },
          load: { nodes: load.nodes, spawnRate: load.nodes },
          nodeTypes: load.nodeTypes,
        });
        const spans = await starve(laboratory, watched);
        watched.run.stop();
        const run = await finished(watched);
        const { seconds } = run;
        const invalid = new Set(seconds.filter(({ health }) => !health.valid).map(({ second }) => second));
        const touched = new Set<number>();
        const checks = spans.map(({ name, fromSeconds, toSeconds }) => {
          const whole: number[] = [];
          for (let second = Math.floor(fromSeconds); second <= Math.floor(toSeconds); second++) {
            touched.add(second);
            if (second >= fromSeconds && second + 1 <= toSeconds) whole.push(second);
          }
          return exactly(`${name}: seconds marked`, whole.length, whole.filter((second) => invalid.has(second)).length);
        });
        const others = seconds.filter(({ second }) => !touched.has(second));
        const seen = others.map((second) => seenSecond(load.name, run, second, true));
        const wronglyMarked = seen.filter(isMarkedWithoutCause);
        return {
          checks: [...checks, exactly(`left alone (${others.length} s): seconds wrongly marked`, 0, wronglyMarked.length)],
          remarks: seen.filter(({ second }) => !second.health.valid).map(markedRemark),
        };
      } finally {
        server.stop();
      }
    },
  }));
}

/** Applies each pressure in turn, with quiet between; returns when each began and ended, s of the run's clock. */
async function starve(laboratory: Laboratory, { shards, beganUs }: WatchedRun) {
  const [shard = 0] = shards;
  const now = () => (monotonicUs() - beganUs) / 1e6;
  const spans: { name: string; fromSeconds: number; toSeconds: number }[] = [];
  for (const { name, apply } of PRESSURES) {
    await sleep(QUIET_SECONDS * 1000);
    const fromSeconds = now();
    await apply(laboratory, shard, monotonicUs() + STARVED_SECONDS * 1e6);
    spans.push({ name, fromSeconds, toSeconds: now() });
  }
  await sleep(QUIET_SECONDS * 1000);
  return spans;
}

/** As cpulimit does: the process is stopped for a part of every period. */
function pulses(stopMs: number, periodMs: number): Pressure['apply'] {
  return async (_laboratory, shard, untilUs) => {
    while (monotonicUs() < untilUs) {
      process.kill(shard, 'SIGSTOP');
      await sleep(stopMs);
      process.kill(shard, 'SIGCONT');
      await sleep(periodMs - stopMs);
    }
  };
}

async function hog(laboratory: Laboratory, _shard: number, untilUs: number): Promise<void> {
  const hogs: ChildProcess[] = Array.from({ length: 3 }, () => spawn('node', ['-e', 'for (;;);'], { stdio: 'ignore' }));
  for (const { pid } of hogs) {
    laboratory.place(pid, laboratory.engineCpu);
    laboratory.prioritise(pid ?? 0, PRIORITY.main);
  }
  await sleep((untilUs - monotonicUs()) / 1000);
  for (const child of hogs) child.kill('SIGKILL');
}

/** Of all runs of the suite that were left alone. Comes last. */
export function leftAloneCase(laboratory: Laboratory): TruthCase {
  return {
    name: 'left-alone',
    title: 'Generator honesty: no second of all the runs before that were left alone is marked without cause',
    run: async () => {
      const leftAlone = laboratory.untouched.filter(({ alone }) => alone);
      const amongOthers = laboratory.untouched.filter(({ alone }) => !alone);
      const wronglyMarked = leftAlone.filter(isMarkedWithoutCause);
      return {
        checks: [exactly(`${leftAlone.length} seconds, wrongly marked`, 0, wronglyMarked.length)],
        remarks: [
          ...wronglyMarked.slice(0, 30).map(markedRemark),
          // Each of them is starved by the others now and then, so nobody can say which marks are right.
          `of seconds in which the engine shared its processor, ${amongOthers.filter(isMarkedWithoutCause).length} of ${amongOthers.length} were marked`,
        ],
      };
    },
  };
}

function isMarkedWithoutCause({ second, heldUpMs }: SeenSecond): boolean {
  return !second.health.valid && heldUpMs < HELD_UP_MS;
}

/** Why a second is marked, and what may be behind it. */
function markedRemark({ run, second: { second, health, shards }, heldUpMs, serverHeldUpMs }: SeenSecond): string {
  const gcMs = Math.max(0, ...shards.map((shard) => shard.health.gcPauseMs));
  return `${run}, second ${second}: ${health.reasons.join('; ')} (the machine was held up for ${heldUpMs.toFixed(1)} ms, on the server's processor for ${serverHeldUpMs.toFixed(1)} ms; garbage was collected for ${gcMs.toFixed(1)} ms)`;
}
