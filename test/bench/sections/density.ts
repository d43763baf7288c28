import { Nginx } from '../../support/nginx';
import { type GoalId, judge } from '../goals';
import { alternate, type Rounds, spreadOf } from '../measure/rounds';
import { sourceAddresses } from '../measure/source-addresses';
import { fewNodesConnecting, idleNodes } from '../measure/work';
import { k6, locustFastHttpUser } from '../peers/peers';
import { figureText, spreadText } from '../report/figure-text';
import type { Section } from './section';
import { ANSWER, OURS } from './throughput';

interface Size {
  nodes: number;
  shards: number;
  spawnRate: number;
  goal: GoalId;
}

const SIZES: readonly Size[] = [
  { nodes: 1000, shards: 1, spawnRate: 1000, goal: 'density1k' },
  { nodes: 10_000, shards: 1, spawnRate: 5000, goal: 'density10k' },
  { nodes: 50_000, shards: 4, spawnRate: 10_000, goal: 'density50k' },
];
/** A run with hardly a node: what the processes cost by themselves. */
const EMPTY_NODES = 10;
/** Connections that these open in each shard where they connect again and again. */
const WORK_CONNECTIONS = 1000;
/** How long the nodes are left alone once they are there, s. */
const IDLE_SECONDS = 4;
/** Users of the peers. */
const PEER_USERS = 1000;

const MB = 1e6;
const KB = 1024;

export const density: Section = {
  id: 'density',
  title: 'Memory of a connected, idle node',
  usesPeers: true,
  async measure(bench) {
    const { cores, peers, swarm } = bench;
    const nginx = await Nginx.start(ANSWER, { cpus: [cores.server], workers: 4, log: false });
    try {
      const { url } = nginx;
      const swarmOf = (nodes: number, shards: number, spawnRate: number) => ({
        name: nameOf(nodes, shards),
        measure: async () => {
          const durationSeconds = nodes / spawnRate + IDLE_SECONDS;
          const document = idleNodes({ url, nodes, spawnRate, durationSeconds, localAddresses: sourceAddresses(nodes) });
          const { rssBytesMax, accounting, seconds } = await swarm.run(document, {
            shards,
            cores: [cores.client],
            watchMemory: true,
          });
          const connected = Math.max(...seconds.map(({ openSockets }) => openSockets));
          if (accounting.completed !== nodes || connected !== nodes)
            throw new Error(`${accounting.completed} of ${nodes} nodes were answered, ${connected} were connected at once`);
          return rssBytesMax;
        },
      });
      const workOf = (shards: number) => ({
        name: workName(shards),
        measure: async () => {
          const connections = WORK_CONNECTIONS * shards;
          const durationSeconds = 1 + IDLE_SECONDS;
          const document = fewNodesConnecting({ url, nodes: EMPTY_NODES, durationSeconds, connections });
          const { rssBytesMax, accounting } = await swarm.run(document, { shards, cores: [cores.client], watchMemory: true });
          if (accounting.completed < connections * 0.9) throw new Error(`${accounting.completed} of ${connections} connections`);
          return rssBytesMax;
        },
      });
      const users = peers.available([locustFastHttpUser, k6]);
      const peerOf = (peer: (typeof users)[number], count: number) => ({
        name: `${peer.name} ${count}`,
        measure: async () => (await peer.idleMemory?.({ url, users: count, cores: [cores.client] })) ?? Number.NaN,
      });
      const shardCounts = [...new Set(SIZES.map(({ shards }) => shards))];
      const failures: string[] = [];
      const figures = await alternate(
        [
          ...shardCounts.map((shards) => swarmOf(EMPTY_NODES, shards, EMPTY_NODES)),
          ...shardCounts.map(workOf),
          ...SIZES.map(({ nodes, shards, spawnRate }) => swarmOf(nodes, shards, spawnRate)),
          ...users.flatMap((peer) => [peerOf(peer, EMPTY_NODES), peerOf(peer, PEER_USERS)]),
        ],
        bench.rounds,
        {
          measured: (round, name, bytes) => bench.say(`round ${round + 1}: ${name} ${figureText(bytes / MB)} MB`),
          failed: (name, why) => {
            failures.push(`${name} failed: ${why}`);
            bench.say(`${name} failed: ${why}`);
          },
        },
      );
      const kilobytesEach = (name: string, empty: string, count: number): Rounds => {
        const emptyRounds = figures.get(empty) ?? [];
        return (figures.get(name) ?? []).map((bytes, round) => {
          const without = emptyRounds[round] ?? null;
          return bytes === null || without === null ? null : (bytes - without) / count / KB;
        });
      };
      const megabytes = (name: string) =>
        spreadText(spreadOf((figures.get(name) ?? []).map((bytes) => bytes && bytes / MB)), 'MB');
      const kilobytes = (name: string, without: string, count: number) =>
        spreadText(spreadOf(kilobytesEach(name, without, count)), 'KB');
      const row = (label: string, name: string, empty: string, count: number, processes: string, work?: string) => [
        label,
        figureText(count),
        processes,
        megabytes(name),
        megabytes(empty),
        kilobytes(name, empty, count),
        work ? megabytes(work) : '',
        work ? kilobytes(name, work, count) : '',
      ];
      const each = SIZES.map(({ nodes, shards, goal }) => ({
        goal,
        rounds: kilobytesEach(nameOf(nodes, shards), workName(shards), nodes),
      }));
      return {
        method: [
          `Each node connects, sends one request and then does nothing. Memory is the largest RSS of all processes of the run together (looked at four times a second, until ${IDLE_SECONDS} s after the last node), less that of the same run with ${EMPTY_NODES} nodes. A process that has made a thousand connections has compiled the code for it and holds room for garbage, with or without nodes; so the goal is held against a run in which ${EMPTY_NODES} nodes open ${WORK_CONNECTIONS} connections a shard, one after the other (the last two columns). nginx (four workers, because of the limit of open files) on the other core; 50,000 nodes come from several loopback addresses.`,
        ],
        tables: [
          {
            title: 'Memory',
            columns: [
              'client',
              'nodes',
              'shards',
              'all processes',
              'with 10 idle nodes',
              'a node, and its part of the work',
              'with 10 nodes that connect again and again',
              'a node',
            ],
            rows: [
              ...SIZES.map(({ nodes, shards }) =>
                row(OURS, nameOf(nodes, shards), nameOf(EMPTY_NODES, shards), nodes, String(shards), workName(shards)),
              ),
              ...users.map(({ name }) => row(name, `${name} ${PEER_USERS}`, `${name} ${EMPTY_NODES}`, PEER_USERS, '')),
            ],
          },
        ],
        goals: each.map(({ goal, rounds }) => judge(goal, spreadOf(rounds))),
        remarks: failures,
        rounds: Object.fromEntries(figures),
      };
    } finally {
      await nginx.stop();
    }
  },
};

function workName(shards: number): string {
  return `${nameOf(EMPTY_NODES, shards)} that connect again and again`;
}

function nameOf(nodes: number, shards: number): string {
  return `${figureText(nodes)} nodes in ${shards === 1 ? 'one shard' : `${shards} shards`}`;
}
