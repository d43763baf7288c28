import { renameSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { describe, expect, it, vi } from 'vitest';
import { ExceptionLedger, FailureLedger } from '../../../src/shared/stats/failures';
import { stretchReport } from '../../../src/shared/stats/report';
import { RunTotals } from '../../../src/shared/stats/totals';
import { heatColumns } from '../../support/heat-columns';
import { ApiHost } from './support/api-host';

describe('runs that are kept', () => {
  it('are listed with small lines, and changed', async () => {
    const host = new ApiHost();
    const a = await host.storeRun({ seed: 1, durationSeconds: 90, run: { name: 'first' } });
    const b = await host.storeRun({ seed: 2, durationSeconds: 20, run: { name: 'second' } });
    const rows = await host.call('runs.list', {});
    expect(rows.map(({ id }) => id)).toEqual([b, a]);
    expect(rows.map(({ sparkRequests }) => sparkRequests.length)).toEqual([21, 60]);
    expect(rows[0]?.sparkP95.some((value) => value !== null)).toBe(true);

    await host.call('runs.update', { id: a, name: 'renamed', note: 'a note', baseline: true });
    await host.call('runs.update', { id: b, baseline: true });
    expect(await host.call('runs.list', {})).toMatchObject([
      { id: b, baseline: true },
      { id: a, name: 'renamed', note: 'a note', baseline: false },
    ]);
    expect(host.eventsOf('history.changed')).toHaveLength(2);
  });

  it('are read as a report, a course, a heat map, a window and a spectrum', async () => {
    const host = new ApiHost();
    const id = await host.storeRun({ durationSeconds: 40, invalidSeconds: [30], failureRate: 0.2 });
    const data = await host.store.readRun(id);
    if (!data) throw new Error('the run is not there');
    const snapshot = await host.call('runs.read', { id });
    expect(snapshot).toMatchObject({ current: null, stopping: false, plannedSeconds: 40, elapsedSeconds: data.totals.seconds() });
    expect(snapshot.report.total.requests).toBe(data.totals.select(null).requests);

    const course = await host.call('runs.course', { id, series: 1 });
    expect(course.second).toHaveLength(41);
    expect(course.valid[30]).toBe(false);
    expect(course.requests.reduce((sum, count) => sum + count, 0)).toBe(data.totals.select(1).requests);
    expect(course.p50[40]).toBeNull();
    const heat = heatColumns(await host.call('runs.heat', { id, series: 1 }));
    expect(heat.map((column) => column.reduce((sum, [, count]) => sum + count, 0))).toEqual(course.requests);

    const window = { from: 12, to: 20 };
    const totals = new RunTotals();
    const [failures, exceptions] = [new FailureLedger(), new ExceptionLedger()];
    for (const second of await host.store.readSeconds(id, window)) {
      totals.addSecond(second);
      failures.add(second.failures);
      exceptions.add(second.exceptions);
    }
    const failed = failures.list();
    expect(failed.length).toBeGreaterThan(0);
    // The samples are the run's first ones, wherever the window lies.
    for (const group of failed) {
      group.samples = data.failures.find(({ series, error }) => series === group.series && error === group.error)?.samples ?? [];
      expect(group.samples.length).toBeGreaterThan(0);
    }
    const within = { ...data, totals, failures: failed, exceptions: exceptions.list() };
    expect(await host.call('runs.window', { id, window })).toEqual({ ...stretchReport(within), window });

    const spectrum = await host.call('runs.spectrum', { id, series: null });
    const { latency } = data.totals.select(null, ['steady']);
    expect(spectrum[0]).toEqual({ percentile: 0, ms: latency.percentile(0) / 1000 });
    expect(spectrum.at(-1)).toEqual({ percentile: 100, ms: latency.max / 1000 });
    for (const { percentile, ms } of spectrum) expect(ms).toBe(latency.percentile(percentile) / 1000);
    expect(spectrum.map(({ ms }) => ms)).toEqual(spectrum.map(({ ms }) => ms).sort((x, y) => x - y));
    expect(await host.call('runs.spectrum', { id, series: 0, window: { from: 35, to: 36 } })).toEqual([]);
    const short = await host.storeRun({ durationSeconds: 5 });
    const onlyRamp = (await host.store.readRun(short))?.totals.select(null).latency;
    expect((await host.call('runs.spectrum', { id: short, series: null })).at(-1)?.ms).toBe((onlyRamp?.max ?? 0) / 1000);
  });

  it('say so when they are not there, whatever is asked', async () => {
    const host = new ApiHost();
    const id = await host.storeRun({ durationSeconds: 3 });
    const window = { from: 0, to: 1 };
    const asked: [string, object][] = [
      ['runs.read', {}],
      ['runs.course', { series: null }],
      ['runs.heat', { series: null }],
      ['runs.window', { window }],
      ['runs.spectrum', { series: null }],
      ['runs.update', { name: 'x' }],
      ['runs.export', { format: 'json' }],
    ];
    for (const [route, input] of asked) {
      expect(await host.refusal(route, { id: 99, ...input }), route).toMatchObject({ code: 'not-found' });
    }
    for (const route of ['runs.course', 'runs.heat', 'runs.spectrum']) {
      expect(await host.refusal(route, { id, series: 99 }), route).toMatchObject({ code: 'not-found' });
    }
    for (const input of [
      { a: id, b: 99 },
      { a: 99, b: id },
    ]) {
      expect(await host.refusal('runs.compare', input)).toMatchObject({ code: 'not-found' });
      expect(await host.refusal('runs.exportComparison', { ...input, format: 'csv' })).toMatchObject({ code: 'not-found' });
    }
    expect(host.files.exports).toEqual([]);
    expect(host.logged).toEqual([]);
  });

  it('go out of sight when deleted, come back when restored, and are gone for good after 30 s', async () => {
    const host = new ApiHost();
    const [a, b, c] = [
      await host.storeRun({ durationSeconds: 2 }),
      await host.storeRun({ durationSeconds: 2 }),
      await host.storeRun({ durationSeconds: 2 }),
    ];
    const listed = async () => (await host.call('runs.list', {})).map(({ id }) => id);
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      expect(await host.refusal('runs.delete', { ids: [a, 99] })).toMatchObject({ code: 'not-found' });
      expect(await listed()).toEqual([c, b, a]);
      await host.call('runs.delete', { ids: [a, b] });
      expect(await listed()).toEqual([c]);
      expect(await host.refusal('runs.read', { id: a })).toMatchObject({
        code: 'not-found',
        message: expect.stringContaining('deleted'),
      });
      expect(await host.refusal('runs.delete', { ids: [a] })).toMatchObject({ code: 'not-found' });

      expect(await host.refusal('runs.restore', { ids: [a, c] })).toMatchObject({ code: 'not-found' });
      expect(await listed()).toEqual([c]);
      await host.call('runs.restore', { ids: [a] });
      expect(await listed()).toEqual([c, a]);
      vi.advanceTimersByTime(29_000);
      expect(await host.store.readRun(b)).not.toBeNull();
      vi.advanceTimersByTime(1_001);
    } finally {
      vi.useRealTimers();
    }
    await vi.waitFor(async () => expect(await host.store.readRun(b)).toBeNull());
    expect(await host.refusal('runs.restore', { ids: [b] })).toMatchObject({ code: 'not-found' });
    expect(await host.store.readRun(a)).not.toBeNull();

    await host.call('runs.delete', { ids: [a] });
    const gone = vi.spyOn(host.store, 'deleteRun');
    await host.api.close();
    expect(gone.mock.calls).toEqual([[a]]);
    expect((await host.store.listRuns()).map(({ id }) => id)).toEqual([c]);
  });

  it('are in the history again when they cannot be deleted', async () => {
    const host = new ApiHost();
    const id = await host.storeRun({ durationSeconds: 2 });
    const file = join(host.folder, 'runs.db');
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      await host.call('runs.delete', { ids: [id] });
      expect(await host.call('runs.list', {})).toEqual([]);
      expect(host.eventsOf('history.changed')).toHaveLength(1);
      renameSync(file, `${file}.away`);
      vi.advanceTimersByTime(30_001);
    } finally {
      vi.useRealTimers();
      renameSync(`${file}.away`, file);
    }
    await expect.poll(() => host.eventsOf('history.changed')).toHaveLength(2);
    expect(host.logged).toEqual([
      expect.stringMatching(/^run 1 could not be deleted: The history .* was removed, moved or replaced/),
    ]);
    expect((await host.call('runs.list', {})).map((run) => run.id)).toEqual([id]);
  });

  it('are written down in every format', async () => {
    const host = new ApiHost();
    const id = await host.storeRun({ durationSeconds: 25, run: { name: 'a/b: "c"… 測試' } });
    const exported = async (format: Parameters<typeof host.call<'runs.export'>>[1]['format'], fullHistory = false) => {
      await host.call('runs.export', { id, format, fullHistory });
      return host.files.exports.at(-1) ?? [];
    };
    // Cut within a character of two halves.
    const long = await host.storeRun({ durationSeconds: 1, run: { name: `a${'𠮷'.repeat(50)}` } });
    await host.call('runs.export', { id: long, format: 'html', fullHistory: false });
    expect(host.files.exports.at(-1)?.[0]?.name).toBe(`a${'𠮷'.repeat(29)}-run-${long}.html`);
    const base = `a-b-c-測試-run-${id}`;
    const all = await exported('csv');
    expect(all.map(({ name }) => name)).toEqual(
      ['_stats.csv', '_stats_history.csv', '_failures.csv', '_exceptions.csv'].map((suffix) => base + suffix),
    );
    const single = [
      await exported('csv-stats'),
      await exported('csv-history'),
      await exported('csv-failures'),
      await exported('csv-exceptions'),
    ];
    expect(single).toEqual(all.map((file) => [file]));
    const stats = parse(all[0]?.text ?? '', { columns: true }) as Record<string, string>[];
    const snapshot = await host.call('runs.read', { id });
    expect(stats.at(-1)).toMatchObject({ Name: 'Aggregated', 'Request Count': String(snapshot.report.total.requests) });
    const rows = async (full: boolean) => parse((await exported('csv-history', full))[0]?.text ?? '', { columns: true }).length;
    expect(await rows(false)).toBe(26);
    expect(await rows(true)).toBe(26 * (1 + snapshot.series.length));
    const [json] = await exported('json');
    expect(json?.name).toBe(`${base}.json`);
    expect(JSON.parse(json?.text ?? '')).toEqual(snapshot.report);
    expect((await exported('html'))[0]?.text).toMatch(/^<!doctype html>.*<\/html>\s*$/s);
    expect((await exported('hlog'))[0]?.text).toContain('HIST');
  });

  it('are compared, whole and by windows, and the comparison is written down', async () => {
    const host = new ApiHost();
    const a = await host.storeRun({ seed: 1, durationSeconds: 200, spawnRate: 100 });
    const b = await host.storeRun({ seed: 2, durationSeconds: 200, spawnRate: 100 });
    const comparison = await host.call('runs.compare', { a, b });
    expect(comparison.rows.at(-1)?.name).toBe('Aggregated');
    expect(comparison).toEqual(JSON.parse(JSON.stringify(await host.store.compareRuns({ runId: a }, { runId: b }))));
    const part = await host.call('runs.compare', { a, b, windowA: { from: 50, to: 150 } });
    expect(part.a.seconds).toBe(100);
    expect(part.b.seconds).toBe(comparison.b.seconds);

    await host.call('runs.exportComparison', { a, b, format: 'csv', windowA: { from: 50, to: 150 } });
    await host.call('runs.exportComparison', { a, b, format: 'html' });
    const [[csv] = [], [html] = []] = host.files.exports;
    expect(csv?.name).toBe(`comparison-run-${a}-and-${b}.csv`);
    expect(parse(csv?.text ?? '', { columns: true })).toHaveLength(part.rows.length * 4);
    expect(html?.text).toContain(comparison.headline.slice(0, 10));
  });
});
