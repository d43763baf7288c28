import { setTimeout as sleep } from 'node:timers/promises';
import type { ScenarioDocument } from '../../../src/shared/scenario/schema';
import { Nginx } from '../../support/nginx';
import { judge } from '../goals';
import { median, pairedRatios, spreadOf } from '../measure/rounds';
import type { SwarmSecond } from '../measure/swarm-outcome';
import { CONNECTIONS, fullSpeed } from '../measure/work';
import { figureText, spreadText } from '../report/figure-text';
import type { Section } from './section';
import { ANSWER } from './throughput';

/** First seconds of a new run (compiling), and of the long one after a break (connecting). They are left out. */
const WARM_UP_SECONDS = 5;
/** What is measured of each. */
const MEASURED_SECONDS = 15;
/** Left out at the end of a stretch of the long run: its clock and the bench's differ by what starting processes takes. */
const SLACK_SECONDS = 3;
const WORK_SECONDS = WARM_UP_SECONDS + MEASURED_SECONDS + SLACK_SECONDS;
/** A new run is over within a break, wherever in it it begins. */
const BREAK_SECONDS = WARM_UP_SECONDS + MEASURED_SECONDS + 3 * SLACK_SECONDS;
const MB = 1e6;

export const endurance: Section = {
  id: 'endurance',
  title: 'Growth: time',
  usesPeers: false,
  async measure({ cores, swarm, growthMinutes, rounds, say }) {
    const nginx = await Nginx.start(ANSWER, { cpus: [cores.server], log: false });
    try {
      const longSeconds = growthMinutes * 60;
      const began = performance.now();
      const longRun = swarm.run(withBreaks(fullSpeed({ url: nginx.url, durationSeconds: longSeconds }), longSeconds, rounds), {
        cores: [cores.client],
      });
      const fresh: SwarmSecond[][] = [];
      const freshRuns = async () => {
        say(`one run of ${figureText(growthMinutes)} min, and then in turn with new ones…`);
        for (let round = 0; round < rounds; round++) {
          const breakBegins = longSeconds + round * (BREAK_SECONDS + WORK_SECONDS);
          await sleep(Math.max(0, began + (breakBegins + SLACK_SECONDS) * 1000 - performance.now()));
          const durationSeconds = WARM_UP_SECONDS + MEASURED_SECONDS + 1;
          const { seconds } = await swarm.run(fullSpeed({ url: nginx.url, durationSeconds }), { cores: [cores.client] });
          fresh.push(stretch(seconds, WARM_UP_SECONDS));
          say(`round ${round + 1}: a new run reaches ${figureText(rate(fresh.at(-1) ?? []))} requests/s`);
        }
      };
      const [{ seconds: long }] = await Promise.all([longRun, freshRuns()]);
      // What the long run reaches in the stretch before each break, and in the one after the last.
      const stretches = Array.from({ length: rounds + 1 }, (_, index) =>
        stretch(long, longSeconds + index * (BREAK_SECONDS + WORK_SECONDS) - MEASURED_SECONDS - SLACK_SECONDS),
      );
      const around = fresh.map((_, round) => (rate(stretches[round] ?? []) + rate(stretches[round + 1] ?? [])) / 2);
      const beside = pairedRatios(around, fresh.map(rate));
      const requests = long.reduce((sum, second) => sum + second.requests, 0);
      return {
        method: [
          `${CONNECTIONS} nodes at full speed on one core, nginx on the other, in one run of ${figureText(growthMinutes)} min. Then, ${rounds} times, it pauses (its load goes to 0 nodes) while a new run is measured, and goes on (${figureText(requests)} requests in all). ${MEASURED_SECONDS} s of a new run, without its first ${WARM_UP_SECONDS} s, are held against as much of the long run before and after.${growthMinutes < 60 ? ' BENCH_GROWTH_MINUTES=60 makes it an hour.' : ''}`,
        ],
        tables: [
          {
            title: 'Time',
            columns: ['when', 'requests/s', 'memory of the shard', 'CPU time a request'],
            rows: [
              rowOf('beginning of the long run', [stretch(long, WARM_UP_SECONDS)]),
              rowOf(`the long run, after ${figureText(growthMinutes)} min`, stretches),
              rowOf('new runs', fresh),
            ],
          },
        ],
        goals: [judge('growthTime', spreadOf(beside))],
        remarks: [],
        rounds: { afterLong: around, fresh: fresh.map(rate), beside },
      };
    } finally {
      await nginx.stop();
    }
  },
};

/** The scenario with a break after `longSeconds`, and as many more as there are rounds, each with work after it. */
function withBreaks(document: ScenarioDocument, longSeconds: number, rounds: number): ScenarioDocument {
  const working = { nodes: CONNECTIONS, rampSeconds: 0.1 };
  const pause = { nodes: 0, rampSeconds: 0.1, holdSeconds: BREAK_SECONDS - 0.1 };
  const stages = [
    { ...working, holdSeconds: longSeconds - 0.1 },
    ...Array.from({ length: rounds }, () => [pause, { ...working, holdSeconds: WORK_SECONDS - 0.1 }]).flat(),
  ];
  return { ...document, load: { stages } };
}

function stretch(seconds: readonly SwarmSecond[], fromSecond: number): SwarmSecond[] {
  return seconds.filter(
    ({ second, lengthSeconds }) => lengthSeconds === 1 && second >= fromSecond && second < fromSecond + MEASURED_SECONDS,
  );
}

function rate(seconds: readonly SwarmSecond[]): number {
  return median(seconds.map(({ requests }) => requests));
}

function rowOf(name: string, stretches: readonly SwarmSecond[][]): string[] {
  const spread = (figure: (seconds: SwarmSecond[]) => number, unit: string) => spreadText(spreadOf(stretches.map(figure)), unit);
  return [
    name,
    spread(rate, ''),
    spread((seconds) => median(seconds.map(({ rssBytes }) => rssBytes)) / MB, 'MB'),
    spread(cpuUsPerRequest, 'us'),
  ];
}

function cpuUsPerRequest(seconds: readonly SwarmSecond[]): number {
  const requests = seconds.reduce((sum, second) => sum + second.requests, 0);
  return (seconds.reduce((sum, second) => sum + second.cpuMs, 0) * 1000) / requests;
}
