import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DemoBackend } from '../../src/main/demo/demo-backend';
import type { ScenarioDocument } from '../../src/shared/scenario/schema';
import { HttpLogServer } from '../support/http-log-server';
import { type FinishedRun, finishedRun } from '../support/swarm-run';

const tutorial = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../resources/scenarios/iot-backend.nodeswarm.json'), 'utf8'),
) as ScenarioDocument;

/** The tutorial, with each node saying who it is. */
function withNodeHeader(baseUrl: string): ScenarioDocument {
  return { ...tutorial, target: { ...tutorial.target, baseUrl, headers: { 'x-node': '{{node.index}}' } } };
}

/** What each node sent, in its order, as one text a node. */
function sentByNode(server: HttpLogServer): Map<string, string> {
  const lines = new Map<string, string[]>();
  for (const { method, url, body, headers } of server.requests) {
    const node = String(headers['x-node']);
    lines.set(node, [...(lines.get(node) ?? []), `${method} ${url} ${body}`]);
  }
  return new Map([...lines].map(([node, sent]) => [node, sent.join('\n')]));
}

describe('the tutorial: 100 nodes, spawn rate 5, 60 s', () => {
  let demo: DemoBackend;
  let oneShardServer: HttpLogServer;
  let threeShardServer: HttpLogServer;
  let onDemo: FinishedRun;
  let oneShard: FinishedRun;
  let threeShards: FinishedRun;

  beforeAll(async () => {
    [demo, oneShardServer, threeShardServer] = await Promise.all([
      DemoBackend.start({}),
      HttpLogServer.start(),
      HttpLogServer.start(),
    ]);
    [onDemo, oneShard, threeShards] = await Promise.all([
      finishedRun(tutorial, { overrides: { host: demo.url } }),
      finishedRun(withNodeHeader(oneShardServer.url), { seed: 42, shards: 1 }),
      finishedRun(withNodeHeader(threeShardServer.url), { seed: 42, shards: 3 }),
    ]);
  }, 120_000);

  afterAll(async () => {
    await Promise.all([demo.stop(), oneShardServer.stop(), threeShardServer.stop()]);
  });

  it('greets exactly once for each node', () => {
    const greet = onDemo.report.series.find(({ name }) => name === '/greet');
    expect(greet?.requests).toBe(100);
  });

  it('sends 20 requests a second in the steady phase, within 2 %', () => {
    expect(onDemo.report.phases.steady).toBe(40);
    expect(onDemo.report.steady?.total.rps).toBeGreaterThan(19.6);
    expect(onDemo.report.steady?.total.rps).toBeLessThan(20.4);
  });

  it('has the four series of the tutorial and no more', () => {
    expect(onDemo.report.series.map(({ method, name }) => `${method} ${name}`)).toEqual([
      'GET /greet',
      'POST /data',
      'POST /health',
      'GET /ota',
    ]);
  });

  it('draws tasks 10 : 1 : 1 within 4 sigma', () => {
    const { tasks } = onDemo.report;
    const total = tasks.reduce((sum, { executed }) => sum + executed, 0);
    expect(tasks.map(({ task }) => task)).toEqual(['send_data', 'send_health', 'check_for_ota']);
    for (const { executed, expectedRatio } of tasks) {
      const sigma = Math.sqrt(total * expectedRatio * (1 - expectedRatio));
      expect(Math.abs(executed - total * expectedRatio)).toBeLessThan(4 * sigma);
    }
  });

  it('has no failure and no exception, and its accounting closes', () => {
    expect(onDemo.report.failures).toEqual([]);
    expect(onDemo.report.exceptions).toEqual([]);
    const { started, completed, failed, aborted } = onDemo.report.accounting;
    expect(started).toBe(completed + failed + aborted);
    expect(onDemo.data.run.status).toBe('finished');
  });

  it('counts what the backend counted', async () => {
    const stats = (await (await fetch(`${demo.url}/stats`)).json()) as { routes: Record<string, { requests: number }> };
    const atServer = ['GET /greet/{id}', 'POST /data', 'POST /health', 'GET /ota/{id}'].map(
      (route) => stats.routes[route]?.requests,
    );
    expect(onDemo.report.series.map(({ requests }) => requests)).toEqual(atServer);
  });

  it('behaves the same with three shards: every node sends the same values in the same order', () => {
    const expected = sentByNode(oneShardServer);
    expect(expected.size).toBe(100);
    expect(sentByNode(threeShardServer)).toEqual(expected);
    expect(threeShards.report.accounting).toEqual(oneShard.report.accounting);
    expect(threeShards.report.tasks).toEqual(oneShard.report.tasks);
  });
});
