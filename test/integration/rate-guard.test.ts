import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { RunController } from '../../src/main/runs/run-controller';
import { shardMain } from '../../src/main/swarm/shard-main';
import type { ScenarioDocument } from '../../src/shared/scenario/schema';
import type { RunSecond } from '../../src/shared/stats/frame';
import type { RunReport } from '../../src/shared/stats/report';
import type { RunData } from '../../src/shared/stats/run';
import { runCli } from '../main/cli/support/spawned-cli';
import { HttpLogServer } from '../support/http-log-server';
import { InMemoryProcessHost } from '../support/in-memory-host';
import { scenarioOf } from '../support/swarm-run';
import { tempFolder } from '../support/temp-folder';

// The rate guard in whole runs against a real server, which counts what reaches it.

const servers: HttpLogServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.stop()));
});

async function run(
  document: ScenarioDocument,
  maxRequestsPerSecond: number | undefined,
): Promise<{ data: RunData; seconds: RunSecond[] }> {
  const controller = new RunController({ host: new InMemoryProcessHost({ shard: shardMain }), store: null });
  const live = await controller.start({
    scenario: scenarioOf(document),
    folder: import.meta.dirname,
    shards: 2,
    seed: 1,
    maxRequestsPerSecond,
  });
  const seconds: RunSecond[] = [];
  live.on('second', (second) => seconds.push(second));
  const data = await live.done;
  const { started, completed, failed, aborted } = data.totals.select(null);
  expect(started).toBe(completed + failed + aborted);
  return { data, seconds };
}

/** What 40 requests a second come to at the most in 3 s, with the burst that a window may begin with. */
const MOST_OF_40_A_SECOND = 160;

/** Twenty nodes that send ten requests a second each, for 3 s. */
function eager(baseUrl: string, request: { path: string; followRedirects?: boolean } = { path: '/' }): ScenarioDocument {
  const wait = { kind: 'pacing' as const, seconds: 0.1 };
  return {
    nodeswarm: 1,
    name: 'eager',
    target: { baseUrl },
    load: { nodes: 20, spawnRate: 1000, durationSeconds: 3, stopTimeoutSeconds: 1 },
    nodeTypes: [{ name: 'node', wait, tasks: [{ name: 'get', steps: [{ request }] }] }],
  };
}

const HELD = /^the rate guard held back \d+ requests? of shard [01]$/;

describe('the rate guard', () => {
  it('holds a run at its rate, marks the seconds in which it held, and counts the slots that were missed', async () => {
    const server = await HttpLogServer.start();
    servers.push(server);
    const { data, seconds } = await run(eager(server.url), 40);
    expect(server.requests.length).toBeGreaterThan(60);
    expect(server.requests.length).toBeLessThanOrEqual(MOST_OF_40_A_SECOND);
    expect(data.totals.select(null).missed).toBeGreaterThan(100);
    for (const { health } of seconds.slice(0, 3)) {
      expect(health.valid).toBe(false);
      expect(health.reasons.filter((reason) => HELD.test(reason))).toHaveLength(2);
    }
    expect(data.run.options.maxRequestsPerSecond).toBe(40);
    expect(data.events[0]).toMatchObject({
      kind: 'note',
      atMs: 0,
      text: expect.stringContaining('at most 40 requests a second'),
    });
  });

  it('says nothing where it has nothing to hold, and where there is none', async () => {
    const server = await HttpLogServer.start();
    servers.push(server);
    for (const guard of [100_000, undefined]) {
      const { data, seconds } = await run(eager(server.url), guard);
      expect(seconds.flatMap(({ health }) => health.reasons).filter((reason) => reason.includes('rate guard'))).toEqual([]);
      expect('maxRequestsPerSecond' in data.run.options).toBe(guard !== undefined);
    }
  });

  it('counts redirects that are followed', async () => {
    const server = await HttpLogServer.start(({ url }, response) => {
      if (url === '/there') response.end('ok');
      else response.writeHead(302, { location: '/there' }).end();
    });
    servers.push(server);
    await run(eager(server.url, { path: '/here', followRedirects: true }), 40);
    expect(server.requests.filter(({ url }) => url === '/there').length).toBeGreaterThan(20);
    expect(server.requests.length).toBeLessThanOrEqual(190);
  });

  it('is given on the command line: no more reaches the server, and the report says that it was held', async () => {
    const server = await HttpLogServer.start();
    servers.push(server);
    const folder = tempFolder();
    writeFileSync(join(folder, 'eager.nodeswarm.json'), JSON.stringify(eager(server.url)));
    const args = ['run', 'eager.nodeswarm.json', '--max-rate', '40', '--shards', '2', '--json', '-', '--no-history'];
    const { code, stdout, stderr } = await runCli(args, { folder });
    expect(code, stderr).toBe(0);
    expect(stderr).toContain('rate guard: at most 40 requests a second, the rest are held back');
    expect(server.requests.length).toBeGreaterThan(60);
    expect(server.requests.length).toBeLessThanOrEqual(MOST_OF_40_A_SECOND);
    const { accounting, generator } = JSON.parse(stdout) as RunReport;
    expect(accounting.started).toBe(server.requests.length);
    expect(accounting.missed).toBeGreaterThan(100);
    expect(generator.invalidSeconds).toBeGreaterThanOrEqual(3);
  });
});
