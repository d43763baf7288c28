import { Nginx } from '../../support/nginx';
import { judge } from '../goals';
import { median, pairedRatios, type Rounds, spreadOf } from '../measure/rounds';
import type { SwarmOutcome } from '../measure/swarm-outcome';
import { CONNECTIONS, fullSpeed } from '../measure/work';
import { wrk } from '../peers/peers';
import { figureText, spreadText } from '../report/figure-text';
import type { ReportTable } from '../report/report';
import type { Section } from './section';
import { ANSWER } from './throughput';

const SERIES = [1, 10, 100, 1000];
const SHARDS = [1, 4, 16];
/**
 * With 64 nodes each of sixteen shards has four: it finds two answers whenever it asks the kernel, where a shard alone finds sixty. With so many nodes each finds as many
 * as one shard does with 64, so that a request is the same work.
 */
const MANY_NODES = 1024;
const MANY_NODES_SHARDS = [1, 16];
/**
 * Of each shard, left out. Each compiles its code for itself, and on one core they do so in turn: a request costs what it goes on to cost once its shard has
 * sent 150,000 or so. That is the price of starting a process, not of a request.
 */
const WARM_UP_SECONDS = 3;
const MB = 1e6;

interface Case {
  series: number;
  shards: number;
  nodes: number;
}

type Outcome = SwarmOutcome & { rssBytesMax: number };

export const growth: Section = {
  id: 'growth',
  title: 'Growth: series, shards',
  usesPeers: true,
  async measure(bench) {
    const { cores, swarm, seconds, rounds, peers } = bench;
    const nginx = await Nginx.start(ANSWER, { cpus: [cores.server], log: false });
    try {
      const cases: Case[] = [
        ...SERIES.map((series) => ({ series, shards: 1, nodes: CONNECTIONS })),
        ...SHARDS.filter((shards) => shards > 1).map((shards) => ({ series: 1, shards, nodes: CONNECTIONS })),
        ...MANY_NODES_SHARDS.map((shards) => ({ series: 1, shards, nodes: MANY_NODES })),
      ];
      const outcomes = new Map<string, Outcome[]>(cases.map((one) => [keyOf(one), []]));
      const wrkRates = new Map<number, Rounds>(peers.available([wrk]).flatMap(() => SHARDS.map((threads) => [threads, []])));
      for (let round = 1; round <= rounds; round++) {
        const inTurn = <T>(all: Iterable<T>): T[] => (round % 2 === 1 ? [...all] : [...all].reverse());
        for (const [threads, found] of inTurn(wrkRates)) {
          found.push(await wrk.fullSpeed({ url: nginx.url, seconds, cores: [cores.client], threads }));
        }
        for (const one of inTurn(cases)) {
          const document = fullSpeed({
            url: nginx.url,
            series: one.series,
            nodes: one.nodes,
            durationSeconds: WARM_UP_SECONDS * one.shards + seconds + 1,
          });
          const outcome = await swarm.run(document, { shards: one.shards, cores: [cores.client], watchMemory: true });
          outcomes.get(keyOf(one))?.push(outcome);
          bench.say(
            `round ${round}: ${keyOf(one)} ${figureText(rateOf(outcome))} requests/s, ${figureText(outcome.rssBytesMax / MB)} MB`,
          );
        }
      }
      const of = (series: number, shards: number, nodes = CONNECTIONS) => outcomes.get(keyOf({ series, shards, nodes })) ?? [];
      const manyNodes = rates(of(1, 1, MANY_NODES));
      const one = rates(of(1, 1));
      return {
        method: [
          `${CONNECTIONS} nodes at full speed, one core for all shards, nginx on the other, ${seconds} s a measurement, after ${WARM_UP_SECONDS} s for each shard (each compiles its code for itself, one after the other on one core). Series: that many names, drawn at random, so each request costs the same. Memory is the largest RSS of all processes of the run together.`,
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
          growthTable(
            `Shards, ${figureText(MANY_NODES)} nodes`,
            'shards',
            MANY_NODES_SHARDS.map((shards) => [figureText(shards), of(1, shards, MANY_NODES)]),
            manyNodes,
          ),
        ],
        goals: [
          judge('growthSeries', spreadOf(pairedRatios(rates(of(1000, 1)), one))),
          judge('growthShards', spreadOf(pairedRatios(rates(of(1, 16)), one))),
          judge('growthShardsManyNodes', spreadOf(pairedRatios(rates(of(1, 16, MANY_NODES)), manyNodes))),
        ],
        remarks: wrkRates.size === 0 ? [] : [wrkRemark(wrkRates)],
        rounds: Object.fromEntries([
          ...[...outcomes].map(([name, list]) => [name, rates(list)]),
          ...[...wrkRates].map(([threads, found]) => [`${wrk.name}, ${threads} threads`, found]),
        ]),
      };
    } finally {
      await nginx.stop();
    }
  },
};

/** A yardstick for shards on one core: each has fewer connections, finds fewer answers whenever it looks, and they take turns; so do wrk's threads. */
function wrkRemark(found: ReadonlyMap<number, Rounds>): string {
  const one = found.get(1) ?? [];
  const ratios = SHARDS.filter((threads) => threads > 1).map(
    (threads) => `with ${threads} threads ${spreadText(spreadOf(pairedRatios(found.get(threads) ?? [], one)), 'x')}`,
  );
  return `wrk, which does little but wait for connections and call the kernel, shows what the machine itself gives when the ${CONNECTIONS} connections on one core are shared out: ${ratios.join(', ')} of what it reaches with one.`;
}

function keyOf({ series, shards, nodes }: Case): string {
  return `${figureText(series)} series, ${shards} shards, ${figureText(nodes)} nodes`;
}

function rates(outcomes: readonly Outcome[]): Rounds {
  return outcomes.map(rateOf);
}

/** Requests a second once all shards are warm. */
function rateOf({ seconds, shardRssBytesMax }: Outcome): number {
  const warm = seconds.filter(
    ({ second, lengthSeconds }) => lengthSeconds === 1 && second >= WARM_UP_SECONDS * shardRssBytesMax.length,
  );
  return warm.reduce((sum, { requests }) => sum + requests, 0) / warm.length;
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
