import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { ScenarioDocument } from '../../src/shared/scenario/schema';
import type { RunReport } from '../../src/shared/stats/report';
import { Nginx } from '../support/nginx';
import { autocannon, CONNECTIONS, type Peer, runOn, wrk } from './peers';

// npm run bench: requests a second of one shard on one core against nginx on the other, beside wrk and autocannon in the same run, as
// ratios; and memory of a connected idle node. Rounds alternate, so that a change of the machine's speed meets all alike.

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 5);
const SECONDS = Number(process.env.BENCH_SECONDS ?? 6);
const IDLE_NODES = 10_000;
const SERVER_CPU = 0;
const CLIENT_CPU = cpus().length - 1;

const root = join(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'nodeswarm-bench-'));

/** Runs a scenario on the command line, tied to one processor, with one shard. */
function runNodeswarm(document: ScenarioDocument): RunReport {
  const file = join(folder, 'bench.nodeswarm.json');
  writeFileSync(file, JSON.stringify(document));
  const cli = join(root, 'out/main/cli.js');
  const output = runOn(CLIENT_CPU, 'node', [
    cli,
    'run',
    file,
    '--shards',
    '1',
    '--seed',
    '1',
    '--no-history',
    '--quiet',
    '--json',
    '-',
  ]);
  if (output === null) throw new Error('the bench run failed; run it by hand to see why');
  return JSON.parse(output) as RunReport;
}

const nodeswarm: Peer = {
  name: 'Nodeswarm, one shard',
  remark: 'templated body, weighted tasks, statistics on',
  measure(url, seconds) {
    const post = (name: string) => ({
      request: {
        method: 'POST' as const,
        path: '/data',
        name,
        body: { kind: 'json' as const, text: '{"temperature":{{randomInteger(1,100)}},"humidity":{{randomNumber(0,100)}}}' },
      },
    });
    const report = runNodeswarm({
      nodeswarm: 1,
      name: 'throughput',
      target: { baseUrl: url },
      load: { nodes: CONNECTIONS, spawnRate: CONNECTIONS * 10, durationSeconds: seconds + 1 },
      nodeTypes: [
        {
          name: 'node',
          wait: { kind: 'constant', seconds: 0 },
          tasks: [
            { name: 'send_data', weight: 10, steps: [post('/data')] },
            { name: 'send_health', weight: 1, steps: [post('/health')] },
          ],
        },
      ],
    });
    if (report.total.failures > 0) throw new Error(`${report.total.failures} requests of the bench run failed`);
    return report.steady?.total.rps ?? 0;
  },
};

/** Memory of the shard with `nodes` connected nodes that have sent one request each and then wait, bytes. */
function shardMemory(url: string, nodes: number): number {
  const report = runNodeswarm({
    nodeswarm: 1,
    name: 'density',
    target: { baseUrl: url },
    load: { nodes, spawnRate: nodes / 4, durationSeconds: 12 },
    nodeTypes: [
      {
        name: 'node',
        wait: { kind: 'constant', seconds: 3600 },
        onStart: [{ request: { path: '/data' } }],
        tasks: [{ name: 'wait', steps: [] }],
      },
    ],
  });
  if (report.total.requests !== nodes) throw new Error(`${report.total.requests} of ${nodes} nodes connected`);
  return report.generator.shards[0]?.rssBytesMax ?? 0;
}

function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return ((sorted[Math.floor((sorted.length - 1) / 2)] ?? 0) + (sorted[Math.ceil((sorted.length - 1) / 2)] ?? 0)) / 2;
}

function whole(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}

async function main(): Promise<void> {
  const nginx = await Nginx.start(`location / { return 200 'ok'; }`, { cpu: SERVER_CPU, log: false });
  try {
    const clients = [nodeswarm, wrk, autocannon];
    const rates = new Map<Peer, number[]>(clients.map((client) => [client, []]));
    for (let round = 1; round <= ROUNDS; round++) {
      for (const client of clients) {
        const rate = client.measure(nginx.url, SECONDS, CLIENT_CPU);
        if (rate !== null) rates.get(client)?.push(rate);
        console.log(`round ${round}: ${client.name} ${rate === null ? 'cannot be had here' : `${whole(rate)} requests/s`}`);
      }
    }
    const ours = rates.get(nodeswarm) ?? [];
    console.log(
      `\nPOST of a small JSON body, ${CONNECTIONS} connections, one core for the client, nginx on the other; ${ROUNDS} rounds of ${SECONDS} s`,
    );
    for (const client of clients) {
      const figures = rates.get(client) ?? [];
      if (figures.length === 0) continue;
      // Paired by round: the ratio holds even when the machine's speed drifts.
      const ratio = median(figures.map((rate, round) => (ours[round] ?? 0) / rate));
      const spread = `${whole(Math.min(...figures))} to ${whole(Math.max(...figures))}`;
      console.log(
        `  ${client.name.padEnd(22)} median ${whole(median(figures)).padStart(8)} requests/s (${spread}); Nodeswarm is ${ratio.toFixed(2)} of it; ${client.remark}`,
      );
    }
    const empty = shardMemory(nginx.url, 10);
    const full = shardMemory(nginx.url, IDLE_NODES);
    console.log(
      `\nMemory: ${((full - empty) / IDLE_NODES / 1024).toFixed(2)} KB a connected idle node (${whole(IDLE_NODES)} nodes, largest RSS of the shard less that with 10 nodes)`,
    );
    const file = process.env.BENCH_JSON;
    if (file) {
      mkdirSync(dirname(file), { recursive: true });
      const result = {
        rates: Object.fromEntries([...rates].map(([client, figures]) => [client.name, figures])),
        bytesPerIdleNode: (full - empty) / IDLE_NODES,
      };
      writeFileSync(file, JSON.stringify(result, null, 2));
    }
  } finally {
    await nginx.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

await main();
