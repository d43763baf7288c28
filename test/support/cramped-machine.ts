import { rmSync, statfsSync, writeFileSync } from 'node:fs';
import { createConnection, type Socket } from 'node:net';
import { join } from 'node:path';
import { DemoBackend } from '../../src/main/demo/demo-backend';
import { builtEntries } from '../../src/main/process/build-entries';
import { NodeProcessHost } from '../../src/main/process/node-host';
import type { LiveRun } from '../../src/main/runs/run';
import { RunController } from '../../src/main/runs/run-controller';
import { StoreClient } from '../../src/main/store/store-client';
import type { RunSecond } from '../../src/shared/stats/frame';
import { buildReport } from '../../src/shared/stats/report';
import { errorMessage } from '../../src/shared/text/error-text';
import { scenarioOf, smallScenario } from './swarm-run';

/**
 * To be run by `onOwnMachine`, with few ports or a small disk: `cramped-machine DISK FOLDER` or `cramped-machine PORTS FOLDER RANGE [SOURCE]`.
 * Prints what became of its run as JSON.
 */
const [what = '', folder = '', ports = '0', localAddress] = process.argv.slice(2);
const demo = await DemoBackend.start();
const host = new NodeProcessHost(builtEntries());
const logs: string[] = [];

function scenarioWith(nodes: number, durationSeconds: number, target: object = {}) {
  return scenarioOf(
    smallScenario(demo.url, {
      target: { baseUrl: demo.url, ...target },
      load: { nodes, spawnRate: 100, durationSeconds },
      nodeTypes: [
        {
          name: 'node',
          wait: { kind: 'constant', seconds: 0.05 },
          tasks: [{ name: 'greet', steps: [{ request: { path: '/greet/1' } }] }],
        },
      ],
    }),
  );
}

async function finish(run: LiveRun, onSecond: (second: RunSecond) => void) {
  const seconds: RunSecond[] = [];
  run.on('log', ({ text }) => logs.push(text));
  run.on('second', (second) => {
    seconds.push(second);
    onSecond(second);
  });
  const data = await run.done;
  const { accounting } = buildReport(data);
  return {
    status: data.run.status,
    statusReason: data.run.statusReason,
    accounting,
    errors: data.failures.map(({ error, occurrences }) => ({ error, occurrences })),
    reasons: [...new Set(seconds.flatMap(({ health }) => health.reasons))],
    failuresBySecond: seconds.map(({ series }) => series.reduce((sum, { failed }) => sum + failed, 0)),
    seconds: seconds.length,
  };
}

/** Takes most of the local ports towards the backend, runs, and gives them back in mid-run. */
async function portsExhausted() {
  const port = Number(new URL(demo.url).port);
  const held: Socket[] = [];
  for (let free = Number(ports); free > 4; free--) {
    const socket = createConnection({ host: '127.0.0.1', port, localAddress });
    await new Promise((resolve, reject) => socket.once('connect', resolve).once('error', reject));
    held.push(socket);
  }
  const scenario = scenarioWith(8, 5, localAddress ? { localAddresses: [localAddress] } : {});
  const run = await new RunController({ host, store: null }).start({ scenario, folder, shards: 1, seed: 1 });
  return await finish(run, ({ second }) => {
    if (second === 1) for (const socket of held) socket.resetAndDestroy();
  });
}

async function diskFull() {
  const file = join(folder, 'runs.db');
  const filler = join(folder, 'filler');
  const store = new StoreClient(host, file);
  const run = await new RunController({ host, store }).start({ scenario: scenarioWith(8, 5), folder, shards: 1, seed: 1 });
  const result = await finish(run, ({ second }) => {
    if (second === 0) fillDisk(filler);
    if (second === 3) rmSync(filler);
  });
  const stored = await store.readSeconds(run.record.id);
  const storedRun = await store.readRun(run.record.id);
  await store.close();
  return { ...result, file, stored: stored.map(({ second }) => second), storedStatus: storedRun?.run.status, logs };
}

/** Leaves not a block free. */
function fillDisk(filler: string): void {
  const { bavail, bsize } = statfsSync(folder);
  for (let bytes = bavail * bsize; bytes >= 512; bytes = Math.floor(bytes / 2)) {
    try {
      writeFileSync(filler, Buffer.alloc(bytes), { flag: 'a' });
    } catch {
      // As much of it as there was room for.
    }
  }
}

async function refused(): Promise<string> {
  try {
    await new RunController({ host, store: null }).start({ scenario: scenarioWith(Number(ports) + 1, 1), folder, shards: 1 });
    return 'not refused';
  } catch (error) {
    return errorMessage(error);
  }
}

const result = what === 'DISK' ? await diskFull() : { refused: await refused(), ...(await portsExhausted()) };
process.stdout.write(JSON.stringify(result), () => process.exit(0));
