import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { LiveRun } from '../../src/main/runs/run';
import { SqliteStore } from '../../src/main/store/sqlite-store';
import type { ScenarioDocument } from '../../src/shared/scenario/schema';
import type { RunEvent } from '../../src/shared/stats/frame';
import { buildReport } from '../../src/shared/stats/report';
import { bundleEntry } from '../support/bundle-entry';
import type { LoopbackServer, Place } from '../support/loopback-server';
import { onOwnMachine } from '../support/own-machine';
import { okResponse, RawServer } from '../support/raw-server';
import { recovered, secondsOver, startRecoveryRun } from '../support/recovery-run';
import { tempFolder } from '../support/temp-folder';

/** Runs against a name that moves, with a name server of their own: as JSON. They mostly wait, so they go on beside the other test. */
let moving: Promise<string>;
beforeAll(async () => {
  const driver = await bundleEntry('test/support/moving-backend.ts');
  const folder = mkdtempSync(join(tmpdir(), 'nodeswarm-names-'));
  writeFileSync(join(folder, 'resolv.conf'), 'nameserver 127.0.0.1\noptions timeout:1 attempts:1\n');
  writeFileSync(join(folder, 'nsswitch.conf'), 'hosts: files dns\n');
  const script = `
    for file in resolv.conf nsswitch.conf; do mount --bind "$3/$file" /etc/$file; done
    exec "$1" "$2"`;
  moving = onOwnMachine(script, [process.execPath, driver.file, folder]);
  return async () => {
    await Promise.allSettled([moving]);
    driver.remove();
    rmSync(folder, { recursive: true, force: true });
  };
});

const servers: LoopbackServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

async function serve(place: Place = {}): Promise<RawServer> {
  const server = await RawServer.listen((_request, socket) => socket.write(okResponse()), place);
  servers.push(server);
  return server;
}

async function stopServing(): Promise<void> {
  for (const server of servers.splice(0)) await server.close();
}

/** Ends the run; what has to hold of every one that the backend came back to. */
async function judge(run: LiveRun, event: RunEvent) {
  run.stop();
  const data = await run.done;
  const report = buildReport(data);
  const { started, completed, failed, aborted } = report.accounting;
  expect(started).toBe(completed + failed + aborted);
  expect(report.run).toMatchObject({ status: 'stopped', statusReason: '', degraded: false });
  expect(data.events.filter(({ kind }) => kind === 'recovered')).toEqual([event]);
  const [, seconds] = /^POST \/data answers again after (\d+\.\d) s of failures$/.exec(event.text) ?? [];
  const failures = report.failures.map(({ error }) => error);
  return { data, failures, seconds: Number(seconds), report };
}

/** The ways to a backend, which is its own proxy where one is needed. */
const WAYS = (url: string): ScenarioDocument['target'][] => [
  { baseUrl: url },
  { baseUrl: url, connection: 'shared', poolSize: 4 },
  { baseUrl: 'http://127.0.0.1', proxy: url },
];

describe('A backend that restarts in mid-run', () => {
  it('is found again by every node, and the time line says when, over each way to it', async () => {
    const { port } = await serve();
    const store = SqliteStore.open(join(tempFolder(), 'runs.db'));
    const runs = await Promise.all(WAYS(`http://127.0.0.1:${port}`).map((target) => startRecoveryRun(target, store)));
    const back = runs.map(recovered);
    await Promise.all(runs.map((run) => secondsOver(run, 1)));
    await stopServing();
    await Promise.all(runs.map((run) => secondsOver(run, 3)));
    await serve({ port });
    for (const [index, run] of runs.entries()) {
      const event = (await back[index]) as RunEvent;
      // Two more rounds of all ten nodes.
      const answered = run.totals.select(null).completed;
      await expect.poll(() => run.totals.select(null).completed, { timeout: 20_000 }).toBeGreaterThan(answered + 20);
      const { data, failures, seconds } = await judge(run, event);
      expect(failures).toContain('ConnectionRefused');
      expect(failures.filter((error) => !['ConnectionRefused', 'ConnectionReset'].includes(error))).toEqual([]);
      // More than a whole second was without an answer; how long exactly is the machine's affair.
      expect(seconds).toBeGreaterThanOrEqual(1);
      expect(seconds * 1000).toBeLessThan(event.atMs);
      expect((await store.readRun(data.run.id))?.events).toContainEqual(event);
    }
    await store.close();
  });
});

describe('A backend whose name changes in mid-run', () => {
  it('is found at its new address by each client, after the name was unknown for a while', { timeout: 60_000 }, async () => {
    const { moved, paths, answeredOverHttp2, asked } = JSON.parse(await moving);
    expect(moved).toHaveLength(3);
    for (const { record, accounting, failures, recoveries } of moved) {
      expect(record).toEqual({ status: 'stopped', statusReason: '', degraded: false });
      expect(accounting.started).toBe(accounting.completed + accounting.failed + accounting.aborted);
      expect(failures).toEqual(expect.arrayContaining(['ConnectionRefused', 'DnsError']));
      expect(failures.filter((error: string) => !['ConnectionRefused', 'ConnectionReset', 'DnsError'].includes(error))).toEqual(
        [],
      );
      expect(recoveries).toEqual([expect.stringMatching(/^POST \/data answers again after \d+\.\d s of failures$/)]);
    }
    expect(paths).toEqual(['/data', 'http://127.0.0.1/data']);
    expect(answeredOverHttp2).toBeGreaterThan(0);
    expect(asked).toContain('backend.test');
  });

  it('keeps its nodes while they are connected: a new address matters to new connections only', { timeout: 60_000 }, async () => {
    const { stayed } = JSON.parse(await moving);
    expect(stayed.accounting).toMatchObject({ failed: 0, aborted: 0 });
    expect(stayed.accounting.completed).toBeGreaterThan(0);
    expect(stayed.connections).toBe(10);
  });
});
