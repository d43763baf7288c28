import { describe, expect, it } from 'vitest';
import type { RunCourse, SecondView } from '../../../src/shared/api/types';
import { heatColumns } from '../../support/heat-columns';
import { ApiHost } from './support/api-host';

/** Nodes that greet once and then send ten times a second. */
const scenarioText = (baseUrl: string, durationSeconds?: number) =>
  JSON.stringify({
    nodeswarm: 1,
    name: 'live',
    target: { baseUrl },
    load: { nodes: 4, spawnRate: 20, ...(durationSeconds ? { durationSeconds } : {}), stopTimeoutSeconds: 2 },
    nodeTypes: [
      {
        name: 'Sensor',
        wait: { kind: 'pacing', seconds: 0.1 },
        onStart: [{ request: { path: '/greet/1', name: '/greet' } }],
        tasks: [{ name: 'ask', steps: [{ request: { path: '/ota/{{node.index}}', name: '/ota' } }] }],
      },
    ],
  });

describe('the run that is on', () => {
  it('keeps to the rate guard of the settings', async () => {
    const host = new ApiHost();
    const { url } = await host.call('demo.start', {});
    await host.call('settings.set', { maxRequestsPerSecond: 5 });
    const { record } = await host.call('runs.start', { text: scenarioText(url, 2), path: null, shards: 1 });
    expect(record.options.maxRequestsPerSecond).toBe(5);
    const { second } = await host.next('run.second', (event) => event.second.second === 1);
    expect(second.reasons).toContainEqual(expect.stringMatching(/^the rate guard held back \d+ requests?$/));
    expect(await host.refusal('settings.set', { maxRequestsPerSecond: 0 })).toMatchObject({ code: 'invalid-input' });
  });

  it('goes on until it is stopped when that is asked for, whatever its scenario says', async () => {
    const host = new ApiHost();
    const { url } = await host.call('demo.start', {});
    const text = scenarioText(url, 2);
    const { record } = await host.call('runs.start', { text, path: null, shards: 1, durationSeconds: null });
    expect(record.options.durationSeconds).toBeNull();
    await host.next('run.second', ({ second }) => second.second === 3);
    await host.call('runs.stop', {});
    await host.next('run.status', ({ snapshot }) => snapshot.record.status === 'stopped');
  });

  it('is told second by second, and can be loaded by who comes late', async () => {
    const host = new ApiHost();
    const { url } = await host.call('demo.start', {});
    expect(await host.call('runs.current', {})).toBeNull();
    for (const route of ['runs.stop', 'runs.resetStatistics']) {
      expect(await host.refusal(route, {})).toMatchObject({
        code: 'refused',
        message: expect.stringContaining('No run is in progress'),
      });
    }
    const started = await host.call('runs.start', { text: scenarioText(url, 4), path: null, shards: 2, seed: 7, name: 'a run' });
    const { id } = started.record;
    expect(started.record).toMatchObject({ status: 'running', name: 'a run', options: { seed: 7, shards: 2 } });
    expect(started.series).toEqual([
      { method: 'GET', name: '/greet' },
      { method: 'GET', name: '/ota' },
    ]);
    expect(host.api.running).toBe(true);
    expect(await host.refusal('runs.start', { text: scenarioText(url), path: null })).toMatchObject({ code: 'conflict' });
    expect(await host.refusal('runs.delete', { ids: [id] })).toMatchObject({ code: 'conflict' });

    const { snapshot } = await host.next('run.second', ({ second }) => second.second === 1);
    expect(snapshot.current?.total.requestsPerSecond).toBeGreaterThan(0);
    expect(snapshot).toMatchObject({ plannedSeconds: 4, stopping: false });
    // All seconds so far are within the last ten.
    const { median, p95, p99 } = snapshot.report.total;
    expect(snapshot.current?.times).toEqual({ median, p95, p99 });
    expect(p99).not.toBeNull();

    // Who comes late has what those have who listened from the beginning.
    const [current, course, heat] = await Promise.all([
      host.call('runs.current', {}),
      host.call('runs.course', { id, series: null }),
      host.call('runs.heat', { id, series: null }),
    ]);
    const seen = host.eventsOf('run.second').map(({ second }) => second);
    expect(current).toMatchObject({ running: true, snapshot: { record: { id } } });
    expect(course.second.slice(0, seen.length)).toEqual(seen.map(({ second }) => second));
    expect(course.p95.slice(0, seen.length)).toEqual(seen.map(({ total }) => total.p95));
    expect(heatColumns(heat).slice(0, seen.length)).toEqual(seen.map((second) => second.heat));
    expect((await host.call('runs.read', { id })).record.status).toBe('running');

    const ended = await host.next('run.status', (event) => event.snapshot.record.status !== 'running');
    expect(ended.snapshot).toMatchObject({ current: null, stopping: false, record: { status: 'finished' } });
    expect(host.api.running).toBe(false);
    const views = host.eventsOf('run.second').map(({ second }) => second);
    expectSame(views, await host.call('runs.course', { id, series: null }));
    const last = await host.call('runs.current', {});
    expect(last).toMatchObject({ running: false, snapshot: { record: { status: 'finished' } } });
    const stored = await host.call('runs.read', { id });
    expect(stored.report).toEqual(last?.snapshot.report);
    // The run ends within a second, which is as long as it was.
    const { lengthSeconds } = await host.call('runs.course', { id, series: null });
    const whole = lengthSeconds.slice(0, -1);
    expect(whole).toEqual(whole.map(() => 1));
    expect(lengthSeconds.at(-1)).toBeGreaterThan(0);
    expect(lengthSeconds.at(-1)).toBeLessThanOrEqual(1);
    const { ramp, steady, cooldown } = stored.report.phases;
    expect(lengthSeconds.reduce((sum, length) => sum + length, 0)).toBeCloseTo(ramp + steady + cooldown, 6);
    const { started: begun, completed, failed, aborted } = stored.report.accounting;
    expect(begun).toBe(completed + failed + aborted);
    expect(stored.report.total.requests).toBe(views.reduce((sum, { total }) => sum + total.requests, 0));
    expect(stored.report.series[0]?.requests).toBe(4);
    expect(host.eventsOf('run.log').map(({ entry }) => entry.text)).toEqual(last?.log.map(({ text }) => text));
    expect(last?.log.map(({ text }) => text)).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/started with seed 7 in 2 processes\.$/),
        expect.stringMatching(/is over: finished\.$/),
      ]),
    );
    expect(host.eventsOf('history.changed').length).toBeGreaterThanOrEqual(2);
    expect(host.logged).toEqual([]);
  });

  it('can be edited, begun anew in its statistics, and stopped; what is stored stays whole', async () => {
    const host = new ApiHost();
    const { url } = await host.call('demo.start', {});
    const { record } = await host.call('runs.start', { text: scenarioText(url), path: null, shards: 1 });
    const { id } = record;
    await host.next('run.second', ({ second }) => second.second === 0);
    expect(await host.refusal('runs.edit', { nodes: 0, spawnRate: 1 })).toMatchObject({ code: 'invalid-input' });
    await host.call('runs.edit', { nodes: 8, spawnRate: 100 });
    const grown = await host.next('run.second', ({ second }) => second.nodes === 8);
    expect(grown.snapshot.events.map(({ kind }) => kind)).toContain('edit');

    const before = (await host.call('runs.current', {}))?.snapshot.report.total.requests ?? 0;
    await host.call('runs.resetStatistics', {});
    const anew = await host.call('runs.current', {});
    expect(anew?.snapshot.report.total.requests).toBe(0);
    expect(anew?.snapshot.events.at(-1)?.kind).toBe('statistics-reset');
    expect(host.eventsOf('run.event').map(({ event }) => event.kind)).toContain('statistics-reset');
    const after = await host.next('run.second');
    expect(after.snapshot.report.total.requests).toBe(after.second.total.requests);

    const stopping = host.next('run.status', ({ snapshot }) => snapshot.stopping);
    await host.call('runs.stop', {});
    expect((await stopping).snapshot.record.status).toBe('running');
    expect(await host.refusal('runs.edit', { nodes: 2, spawnRate: 1 })).toMatchObject({ code: 'refused' });
    await host.next('run.status', ({ snapshot }) => snapshot.record.status === 'stopped');
    const whole = await host.call('runs.read', { id });
    expect(whole.report.total.requests).toBeGreaterThan(before);
    expect((await host.call('runs.current', {}))?.snapshot.report.total.requests).toBe(whole.report.total.requests);
    expect((await host.call('runs.list', {}))[0]).toMatchObject({ id, status: 'stopped', nodes: 8 });
  });

  it('is stopped and stored when the API is closed', async () => {
    const host = new ApiHost();
    const { url } = await host.call('demo.start', {});
    const { record } = await host.call('runs.start', { text: scenarioText(url), path: null, shards: 1 });
    await host.next('run.second');
    await host.api.close();
    expect(await host.store.readRun(record.id)).toMatchObject({ run: { status: 'stopped' } });
    await expect(fetch(url)).rejects.toThrow();
  });

  it('is not begun with a scenario or numbers that make no sense, and leaves nothing behind', async () => {
    const host = new ApiHost();
    const text = scenarioText('http://127.0.0.1:9');
    const broken = await host.refusal('runs.start', { text: text.replace('"path":"/greet/1"', '"path":"greet"'), path: null });
    expect(broken).toMatchObject({ code: 'refused', message: expect.stringMatching(/^The scenario has a problem: .*path/) });
    expect(broken.details?.[0]?.path).toBe('nodeTypes[0].onStart[0].request.path');
    expect(await host.refusal('runs.start', { text: '{', path: null })).toMatchObject({ code: 'refused' });
    expect(await host.refusal('runs.start', { text, path: null, host: 'not a url' })).toMatchObject({
      code: 'refused',
      details: [{ path: 'target.baseUrl' }],
    });
    const secret = text.replace('/greet/1', '/greet/{{secret.NOBODY_SET_THIS}}');
    expect(await host.refusal('runs.start', { text: secret, path: null })).toMatchObject({
      code: 'refused',
      message: expect.stringMatching(/^The scenario uses .*NOBODY_SET_THIS\.$/),
    });
    expect(await host.call('runs.list', {})).toEqual([]);
    expect(await host.call('runs.current', {})).toBeNull();
    expect(host.events).toEqual([]);
  });
});

function expectSame(views: SecondView[], course: RunCourse): void {
  expect(course).toEqual({
    second: views.map(({ second }) => second),
    lengthSeconds: views.map(({ lengthSeconds }) => lengthSeconds),
    phase: views.map(({ phase }) => phase),
    nodes: views.map(({ nodes }) => nodes),
    plannedNodes: views.map(({ plannedNodes }) => plannedNodes),
    valid: views.map(({ valid }) => valid),
    reasons: views.filter(({ reasons }) => reasons.length > 0).map(({ second, reasons }) => [second, reasons]),
    scheduleLagP99Ms: views.map(({ scheduleLagP99Ms }) => scheduleLagP99Ms),
    requests: views.map(({ total }) => total.requests),
    failures: views.map(({ total }) => total.failures),
    p50: views.map(({ total }) => total.p50),
    p90: views.map(({ total }) => total.p90),
    p95: views.map(({ total }) => total.p95),
    p99: views.map(({ total }) => total.p99),
    max: views.map(({ total }) => total.max),
  });
}
