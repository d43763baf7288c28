import { Nginx } from '../../support/nginx';
import { judge } from '../goals';
import { median, pairedRatios, type Rounds, spreadOf } from '../measure/rounds';
import type { SwarmOutcome, SwarmSecond } from '../measure/swarm-outcome';
import { CONNECTIONS, fullSpeed } from '../measure/work';
import { figureText, spreadText } from '../report/figure-text';
import type { ReportTable } from '../report/report';
import type { Bench, Section } from './section';
import { ANSWER } from './throughput';

const SERIES = [1, 10, 100, 1000];
const SHARDS = [1, 4, 16];
/** Of the long run, the first seconds (compiling) are left out; its beginning and its end are so long. */
const WARM_UP_SECONDS = 5;
const END_SECONDS = 30;
const MB = 1e6;

type Outcome = SwarmOutcome & { rssBytesMax: number };

export const growth: Section = {
  id: 'growth',
  title: 'Growth: series, shards, time',
  usesPeers: false,
  async measure(bench) {
    const { cores, swarm, seconds, rounds, growthMinutes } = bench;
    const nginx = await Nginx.start(ANSWER, { cpus: [cores.server], log: false });
    try {
      const cases = [
        ...SERIES.map((series) => ({ series, shards: 1 })),
        ...SHARDS.filter((shards) => shards > 1).map((shards) => ({ series: 1, shards })),
      ];
      const outcomes = new Map<string, Outcome[]>(cases.map((one) => [keyOf(one), []]));
      for (let round = 1; round <= rounds; round++) {
        for (const one of round % 2 === 1 ? cases : [...cases].reverse()) {
          const document = fullSpeed({ url: nginx.url, series: one.series, durationSeconds: seconds + 1 });
          const outcome = await swarm.run(document, { shards: one.shards, cores: [cores.client], watchMemory: true });
          outcomes.get(keyOf(one))?.push(outcome);
          bench.say(
            `round ${round}: ${keyOf(one)} ${figureText(outcome.steadyRequestsPerSecond)} requests/s, ${figureText(outcome.rssBytesMax / MB)} MB`,
          );
        }
      }
      const long = await longRun(bench, nginx.url);
      const of = (series: number, shards: number) => outcomes.get(keyOf({ series, shards })) ?? [];
      const one = rates(of(1, 1));
      return {
        method: [
          `${CONNECTIONS} nodes at full speed, one core for all shards, nginx on the other, ${seconds} s a measurement. Series: that many names, drawn at random, so each request costs the same. Memory is the largest RSS of all processes of the run together.`,
          `Time: one run of ${figureText(growthMinutes)} min; its seconds ${WARM_UP_SECONDS} to ${WARM_UP_SECONDS + END_SECONDS} beside its last ${END_SECONDS}.${growthMinutes < 60 ? ' BENCH_GROWTH_MINUTES=60 makes it an hour.' : ''}`,
        ],
        tables: [
          growthTable(
            'Series',
            'series',
            SERIES.map((series) => [figureText(series), of(series, 1)]),
            one,
          ),
          growthTable(
            'Shards',
            'shards',
            SHARDS.map((shards) => [figureText(shards), of(1, shards)]),
            one,
          ),
          long.table,
        ],
        goals: [
          judge('growthSeries', spreadOf(pairedRatios(rates(of(1000, 1)), one))),
          judge('growthShards', spreadOf(pairedRatios(rates(of(1, 16)), one))),
          judge('growthTime', spreadOf([long.ratio])),
        ],
        remarks: [
          `The long run is one run: nothing is beside it, so its ratio holds what the machine's speed does over ${figureText(growthMinutes)} min as well.`,
        ],
        rounds: { ...Object.fromEntries([...outcomes].map(([name, list]) => [name, rates(list)])), longRunRatio: [long.ratio] },
      };
    } finally {
      await nginx.stop();
    }
  },
};

function keyOf({ series, shards }: { series: number; shards: number }): string {
  return `${figureText(series)} series, ${shards} shards`;
}

function rates(outcomes: readonly Outcome[]): Rounds {
  return outcomes.map(({ steadyRequestsPerSecond }) => steadyRequestsPerSecond);
}

function growthTable(title: string, what: string, cases: [string, Outcome[]][], one: Rounds): ReportTable {
  return {
    title,
    columns: [what, 'requests/s', 'beside 1', 'memory, all processes', 'a shard'],
    rows: cases.map(([name, outcomes]) => [
      name,
      spreadText(spreadOf(rates(outcomes))),
      spreadText(spreadOf(pairedRatios(rates(outcomes), one)), 'x'),
      spreadText(spreadOf(outcomes.map(({ rssBytesMax }) => rssBytesMax / MB)), 'MB'),
      spreadText(spreadOf(outcomes.map(({ shardRssBytesMax }) => median(shardRssBytesMax) / MB)), 'MB'),
    ]),
  };
}

async function longRun({ cores, swarm, growthMinutes, say }: Bench, url: string): Promise<{ table: ReportTable; ratio: number }> {
  say(`one run of ${figureText(growthMinutes)} min…`);
  const document = fullSpeed({ url, durationSeconds: growthMinutes * 60 });
  const { seconds } = await swarm.run(document, { cores: [cores.client] });
  const full = seconds.filter(({ lengthSeconds }) => lengthSeconds === 1).slice(WARM_UP_SECONDS);
  const [beginning, end] = [full.slice(0, END_SECONDS), full.slice(-END_SECONDS)];
  const rate = (part: SwarmSecond[]) => median(part.map(({ requests }) => requests));
  const row = (name: string, part: SwarmSecond[]) => {
    const requests = part.reduce((sum, second) => sum + second.requests, 0);
    const cpuMs = part.reduce((sum, second) => sum + second.cpuMs, 0);
    return [
      name,
      figureText(rate(part)),
      `${figureText(median(part.map(({ rssBytes }) => rssBytes)) / MB)} MB`,
      `${figureText((cpuMs * 1000) / requests)} us`,
    ];
  };
  return {
    table: {
      title: 'Time',
      columns: ['when', 'requests/s', 'memory of the shard', 'CPU time a request'],
      rows: [row('beginning', beginning), row(`after ${figureText(growthMinutes)} min`, end)],
    },
    ratio: rate(end) / rate(beginning),
  };
}
