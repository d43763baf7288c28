import { Nginx } from '../../support/nginx';
import { judge } from '../goals';
import { median, spreadOf } from '../measure/rounds';
import type { SwarmSecond } from '../measure/swarm-outcome';
import { CONNECTIONS, fullSpeed } from '../measure/work';
import { figureText } from '../report/figure-text';
import type { Section } from './section';
import { ANSWER } from './throughput';

/** Of each run, the first seconds (compiling) are left out; a beginning and an end are so long. */
const WARM_UP_SECONDS = 5;
const END_SECONDS = 30;
const MB = 1e6;

export const endurance: Section = {
  id: 'endurance',
  title: 'Growth: time',
  usesPeers: false,
  async measure({ cores, swarm, growthMinutes, say }) {
    const nginx = await Nginx.start(ANSWER, { cpus: [cores.server], log: false });
    const secondsOf = async (durationSeconds: number) => {
      const { seconds } = await swarm.run(fullSpeed({ url: nginx.url, durationSeconds }), { cores: [cores.client] });
      return seconds.filter(({ lengthSeconds }) => lengthSeconds === 1).slice(WARM_UP_SECONDS);
    };
    try {
      say(`one run of ${figureText(growthMinutes)} min…`);
      const long = await secondsOf(growthMinutes * 60);
      say('a new one beside its end…');
      const fresh = await secondsOf(WARM_UP_SECONDS + END_SECONDS + 1);
      const [beginning, end] = [long.slice(0, END_SECONDS), long.slice(-END_SECONDS)];
      const beside = rate(end) / rate(fresh);
      const requests = long.reduce((sum, second) => sum + second.requests, 0);
      return {
        method: [
          `${CONNECTIONS} nodes at full speed on one core, nginx on the other, in one run of ${figureText(growthMinutes)} min (${figureText(requests)} requests). Its last ${END_SECONDS} s are held against a new run that begins when it has ended, each without its first ${WARM_UP_SECONDS} s: a machine that is faster or slower than it was when the long run began changes both.${growthMinutes < 60 ? ' BENCH_GROWTH_MINUTES=60 makes it an hour.' : ''}`,
        ],
        tables: [
          {
            title: 'Time',
            columns: ['when', 'requests/s', 'memory of the shard', 'CPU time a request'],
            rows: [
              rowOf('beginning', beginning),
              rowOf(`end, after ${figureText(growthMinutes)} min`, end),
              rowOf('new run, right after', fresh),
            ],
          },
        ],
        goals: [judge('growthTime', spreadOf([beside]))],
        remarks: [],
        rounds: { endBesideNew: [beside] },
      };
    } finally {
      await nginx.stop();
    }
  },
};

function rate(seconds: readonly SwarmSecond[]): number {
  return median(seconds.map(({ requests }) => requests));
}

function rowOf(name: string, seconds: readonly SwarmSecond[]): string[] {
  const requests = seconds.reduce((sum, second) => sum + second.requests, 0);
  const cpuMs = seconds.reduce((sum, second) => sum + second.cpuMs, 0);
  return [
    name,
    figureText(rate(seconds)),
    `${figureText(median(seconds.map(({ rssBytes }) => rssBytes)) / MB)} MB`,
    `${figureText((cpuMs * 1000) / requests)} us`,
  ];
}
