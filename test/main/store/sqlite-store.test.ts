import { renameSync, statSync, symlinkSync, unlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { StoreError } from '../../../src/main/store/run-store';
import { SqliteStore } from '../../../src/main/store/sqlite-store';
import { compareRuns } from '../../../src/shared/stats/comparison';
import type { ExceptionGroup, RunEvent, RunSecond } from '../../../src/shared/stats/frame';
import { heatRow } from '../../../src/shared/stats/heat';
import { bucketUpperEnd, Histogram } from '../../../src/shared/stats/histogram';
import { RunTotals } from '../../../src/shared/stats/totals';
import { heatColumns } from '../../support/heat-columns';
import { failureSample, histogramOf, newRun, RUN_END, recordedSecond, scenarioOf } from '../../support/recorded-run';
import { makeRun } from '../../support/run-data';
import { tempFolder } from '../../support/temp-folder';

const newFile = () => join(tempFolder(), 'history', 'runs.db');

const EXCEPTION: ExceptionGroup = {
  message: 'the answer has no token',
  nodeType: 'Sensor',
  task: 'onStart',
  step: 1,
  count: 3,
  firstMs: 12.5,
  lastMs: 700,
  nodes: [4, 2, 9],
};

const SPAWN_DONE: RunEvent = { atMs: 1999.5, kind: 'spawn-done', text: '100 nodes' };
const STOPPED: RunEvent = { atMs: 2500, kind: 'stop', text: 'Ctrl-C' };

/** Three seconds with something of everything in them; the last one is short. */
function variedSeconds(): RunSecond[] {
  const first = recordedSecond(0, { phase: 'ramp', valid: false, failuresPerSeries: 2 });
  const second: RunSecond = { ...recordedSecond(1, { failuresPerSeries: 1 }), exceptions: [EXCEPTION] };
  const quiet: RunSecond = { ...recordedSecond(2, { phase: 'cooldown' }), lengthSeconds: 0.25, series: [], tasks: [], nodes: 0 };
  // The second in which the phase of requests changes holds a series twice.
  const [delta] = second.series;
  if (delta) second.series.push({ ...delta, phase: 'ramp', latency: histogramOf([100, 1_000_000]) });
  second.series.sort((a, b) => a.series - b.series || (a.phase < b.phase ? -1 : 1));
  return [first, second, quiet];
}

async function storeVaried(store: SqliteStore): Promise<number> {
  const id = await store.createRun(newRun());
  const [first, second, third] = variedSeconds() as [RunSecond, RunSecond, RunSecond];
  await store.appendSecond(id, first, []);
  await store.appendSecond(id, second, [SPAWN_DONE]);
  await store.appendSecond(id, third, []);
  await store.finishRun(id, RUN_END, [STOPPED]);
  return id;
}

function totalsOf(seconds: RunSecond[]): RunTotals {
  const totals = new RunTotals();
  for (const second of seconds) totals.addSecond(second);
  return totals;
}

describe('SqliteStore', () => {
  it('gives back everything that it was given, from a file opened anew', async () => {
    const file = newFile();
    const writer = SqliteStore.open(file);
    const id = await storeVaried(writer);
    await writer.close();

    const store = SqliteStore.open(file);
    const seconds = variedSeconds();
    expect(await store.readSeconds(id)).toEqual(seconds);
    expect(await store.readSeconds(id, { from: 1, to: 2 })).toEqual([seconds[1]]);
    expect(await store.readSeconds(id, { from: 3 })).toEqual([]);

    const data = await store.readRun(id);
    const { owner: _, ...run } = newRun();
    expect(data?.run).toEqual({ ...run, id, note: '', baseline: false, ...RUN_END });
    expect(data?.series).toEqual([
      { method: 'POST', name: '/data/0' },
      { method: 'POST', name: '/data/1' },
    ]);
    expect(data?.tasks).toEqual([
      { nodeType: 'Sensor', task: 'send', weight: 3 },
      { nodeType: 'Sensor', task: 'idle', weight: 1 },
    ]);
    expect(data?.totals.toData()).toEqual(totalsOf(seconds).toData());
    expect(data?.exceptions).toEqual([EXCEPTION]);
    expect(data?.events).toEqual([SPAWN_DONE, STOPPED]);
    expect(data?.failures).toEqual(
      [0, 1].map((series) => expect.objectContaining({ series, error: 'HTTP 503', occurrences: 3 })),
    );
    expect(data?.failures[0]).toMatchObject({ firstMs: 1.5, lastMs: 1900 });
    expect(data?.failures[0]?.samples).toEqual([
      failureSample(0, 'first'),
      failureSample(0, 'second'),
      failureSample(1, 'first'),
      failureSample(1, 'second'),
    ]);
    await store.close();
  });

  it('keeps the first five samples of a failure and no more', async () => {
    const store = SqliteStore.open(':memory:');
    const id = await store.createRun(newRun());
    for (let second = 0; second < 6; second++) await store.appendSecond(id, recordedSecond(second, { failuresPerSeries: 1 }), []);
    const stored = (await store.readSeconds(id)).map(({ failures }) => failures[1]?.samples.length);
    expect(stored).toEqual([2, 2, 1, 0, 0, 0]);
    expect((await store.readRun(id))?.failures[1]).toMatchObject({ occurrences: 6, samples: { length: 5 } });
  });

  it('replaces a second that comes again, before and after the end of the run', async () => {
    const store = SqliteStore.open(newFile());
    const id = await store.createRun(newRun());
    const [first, second, third] = variedSeconds() as [RunSecond, RunSecond, RunSecond];
    await store.appendSecond(id, first, []);
    await store.appendSecond(id, recordedSecond(1, { requestsPerSeries: 500 }), [STOPPED]);
    await store.appendSecond(id, second, [SPAWN_DONE]);
    await store.appendSecond(id, third, []);
    await store.finishRun(id, RUN_END, [STOPPED]);
    await store.appendSecond(id, third, []);
    await store.finishRun(id, RUN_END, [STOPPED]);

    const data = await store.readRun(id);
    expect(await store.readSeconds(id)).toEqual([first, second, third]);
    expect(data?.totals.toData()).toEqual(totalsOf([first, second, third]).toData());
    expect(data?.events).toEqual([SPAWN_DONE, STOPPED]);
    expect(data?.run.status).toBe('finished');
    const fresh = SqliteStore.open(':memory:');
    await storeVaried(fresh);
    expect(await store.listRuns()).toEqual(await fresh.listRuns());
    await store.close();
  });

  it('goes on with a run that another process of the store began', async () => {
    const file = newFile();
    const seconds = Array.from({ length: 5 }, (_, second) => recordedSecond(second));
    const first = SqliteStore.open(file);
    const id = await first.createRun(newRun());
    for (const second of seconds.slice(0, 3)) await first.appendSecond(id, second, []);
    await first.close();
    const next = SqliteStore.open(file);
    for (const second of seconds.slice(3)) await next.appendSecond(id, second, []);
    expect((await next.listRuns())[0]).toMatchObject({ requests: 200, durationSeconds: 5, status: 'running' });
    await next.finishRun(id, RUN_END, []);
    expect((await next.readRun(id))?.totals.toData()).toEqual(totalsOf(seconds).toData());
    await next.close();
  });

  it('lists runs newest first: counts of the whole run, rate and p95 of the steady phase', async () => {
    const store = SqliteStore.open(':memory:');
    const rampOnly = await store.createRun(newRun({ name: 'Ramp only' }));
    await store.appendSecond(rampOnly, recordedSecond(0, { phase: 'ramp' }), []);
    const id = await store.createRun(newRun({ name: 'Whole' }));
    const empty = await store.createRun(newRun({ name: 'Empty' }));
    const steady = [recordedSecond(1, { failuresPerSeries: 1 }), recordedSecond(2, { valid: false })];
    await store.appendSecond(id, recordedSecond(0, { phase: 'ramp', failuresPerSeries: 20 }), []);
    for (const second of steady) await store.appendSecond(id, second, []);
    await store.finishRun(id, { ...RUN_END, degraded: true, status: 'stopped', statusReason: 'A shard was lost.' }, []);

    const [last, whole, ramp] = await store.listRuns();
    expect(last).toMatchObject({ id: empty, requests: 0, requestsPerSecond: 0, p95Ms: null, durationSeconds: 0, endedAt: null });
    const latency = new Histogram();
    for (const second of steady) for (const delta of second.series) latency.add(delta.latency);
    expect(whole).toEqual({
      id,
      name: 'Whole',
      note: '',
      status: 'stopped',
      degraded: true,
      baseline: false,
      scenarioName: 'recorded',
      scenarioHash: '0123456789abcdef',
      host: 'http://127.0.0.1:8090',
      startedAt: 1_800_000_000_000,
      endedAt: RUN_END.endedAt,
      durationSeconds: 3,
      nodes: 100,
      requests: 120,
      failures: 42,
      requestsPerSecond: 40,
      p95Ms: latency.percentile(95) / 1000,
      invalidSeconds: 1,
    });
    expect(ramp).toMatchObject({ id: rampOnly, requests: 40, requestsPerSecond: 40 });
    expect(await store.lastRunId()).toBe(empty);
  });

  it('reads charts: all series together and each alone', async () => {
    const store = SqliteStore.open(':memory:');
    const id = await storeVaried(store);
    const [first, second] = variedSeconds() as [RunSecond, RunSecond];

    const together = await store.readChart(id, null);
    expect([...together.second]).toEqual([0, 1, 2]);
    expect([...together.nodes]).toEqual([100, 100, 0]);
    expect([...together.valid]).toEqual([0, 1, 1]);
    expect(first.health.reasons.length).toBeGreaterThan(0);
    expect(together.reasons).toEqual([[0, first.health.reasons]]);
    expect([...together.requests]).toEqual([40, 60, 0]);
    expect([...together.failures]).toEqual([4, 3, 0]);
    const merged = new Histogram();
    for (const delta of first.series) merged.add(delta.latency);
    const percentiles = [50, 90, 95, 99].map((p) => merged.percentile(p) / 1000);
    expect([together.p50[0], together.p90[0], together.p95[0], together.p99[0]]).toEqual(percentiles);
    expect(together.max[0]).toBe(merged.max / 1000);
    expect(together.p99[2]).toBeNaN();

    const alone = await store.readChart(id, 0);
    expect([...alone.second]).toEqual([0, 1, 2]);
    expect(alone.reasons).toEqual([]);
    expect([...alone.requests]).toEqual([20, 40, 0]);
    const bothPhases = new Histogram();
    for (const delta of second.series) if (delta.series === 0) bothPhases.add(delta.latency);
    expect(alone.p50[1]).toBe(bothPhases.percentile(50) / 1000);
    expect(alone.max[1]).toBe(1000);
    expect(alone.p50[2]).toBeNaN();
    const lag = new Histogram();
    lag.add(first.health.scheduleLag);
    expect(together.phase).toEqual(variedSeconds().map(({ phase }) => phase));
    expect([...together.plannedNodes]).toEqual(variedSeconds().map(({ plannedNodes }) => plannedNodes));
    expect(together.scheduleLagP99[0]).toBe(lag.percentile(99) / 1000);
    await expect(store.readChart(id, 99)).rejects.toThrow(/^There is no series 99 in run 1, which has 2/);
    await expect(store.readChart(12345, null)).rejects.toMatchObject({ name: 'StoreError', notFound: true });
  });

  it('reads heat maps: all series together and each alone', async () => {
    const store = SqliteStore.open(':memory:');
    const id = await storeVaried(store);
    const columnsOf = (series: number | null) =>
      variedSeconds().map((second) => {
        const rows = new Map<number, number>();
        for (const delta of second.series) {
          if (series !== null && delta.series !== series) continue;
          delta.latency.indexes.forEach((index, i) => {
            const row = heatRow(bucketUpperEnd(index));
            rows.set(row, (rows.get(row) ?? 0) + (delta.latency.counts[i] ?? 0));
          });
        }
        return [...rows].sort(([a], [b]) => a - b);
      });
    expect(heatColumns(await store.readHeat(id, null))).toEqual(columnsOf(null));
    expect(heatColumns(await store.readHeat(id, 1))).toEqual(columnsOf(1));
    await expect(store.readHeat(id, 2)).rejects.toMatchObject({ notFound: true });
  });

  it('adds up any range of seconds', async () => {
    const store = SqliteStore.open(':memory:');
    const id = await storeVaried(store);
    const expected = (seconds: RunSecond[]) => {
      const totals = new RunTotals();
      for (const second of seconds) totals.addSecond(second);
      return totals.toData();
    };
    const seconds = await store.readSeconds(id);
    expect((await store.readTotals(id, {})).toData()).toEqual(expected(seconds));
    expect((await store.readTotals(id, { from: 1, to: 2 })).toData()).toEqual(expected(seconds.slice(1, 2)));
    expect((await store.readTotals(id, { from: 7 })).seconds()).toBe(0);
  });

  it('sums up a stretch of a run that is on as it grows, whatever is asked for or comes in between', async () => {
    const file = newFile();
    const store = SqliteStore.open(file);
    // Has seen none of the seconds come, and reads them all each time.
    const other = SqliteStore.open(file);
    const id = await store.createRun(newRun());
    const agree = async (from: number, to: number) => {
      const stretch = await store.readStretch(id, { from, to });
      expect(stretch).toEqual(await other.readStretch(id, { from, to }));
      return stretch.total.requests;
    };
    const append = (second: number) =>
      store.appendSecond(id, { ...recordedSecond(second, { failuresPerSeries: 1 }), exceptions: [EXCEPTION] }, []);
    for (const second of [0, 1, 2, 4]) await append(second);
    expect(await agree(1, 8)).toBe(120);
    await append(5);
    expect(await agree(1, 8)).toBe(160);
    // One that was held comes late, one comes again as another.
    await append(3);
    expect(await agree(1, 8)).toBe(200);
    await store.appendSecond(id, recordedSecond(2, { requestsPerSeries: 1 }), []);
    expect(await agree(1, 8)).toBe(162);
    await append(6);
    expect(await agree(0, 3)).toBe(82);
    expect(await agree(0, 2)).toBe(80);
    await append(7);
    await append(8);
    expect(await agree(1, 8)).toBe(242);
    await store.finishRun(id, RUN_END, []);
    expect(await agree(1, 8)).toBe(242);
    await expect(store.readStretch(99, {})).rejects.toMatchObject({ notFound: true });
  });

  it('draws spark lines of at most 60 stretches', async () => {
    const store = SqliteStore.open(':memory:');
    const id = await store.createRun(newRun());
    for (let second = 0; second < 120; second++) await store.appendSecond(id, recordedSecond(second), []);
    const empty = await store.createRun(newRun());
    const [lines, none] = await store.readSparkLines([id, empty, 99]);
    const chart = await store.readChart(id, null);
    expect(lines?.requestsPerSecond).toHaveLength(60);
    expect(lines?.requestsPerSecond[3]).toBe(((chart.requests[6] ?? 0) + (chart.requests[7] ?? 0)) / 2);
    expect(lines?.p95[3]).toBe(Math.max(chart.p95[6] ?? 0, chart.p95[7] ?? 0));
    expect(none).toEqual({ runId: empty, requestsPerSecond: [], p95: [] });

    await store.appendSecond(empty, recordedSecond(0), []);
    await store.appendSecond(empty, { ...recordedSecond(1), lengthSeconds: 0.003 }, []);
    expect([...(await store.readChart(empty, null)).lengthSeconds]).toEqual([1, 0.003]);
    expect([...(await store.readChart(empty, 0)).lengthSeconds]).toEqual([1, 0.003]);
    // 40 requests in 3 ms are no rate of 13,333 a second.
    expect((await store.readSparkLines([empty]))[0]?.requestsPerSecond).toEqual([40, null]);
  });

  it('compares runs, and parts of them, as their seconds compare', async () => {
    const store = SqliteStore.open(':memory:');
    const ids: number[] = [];
    for (const seed of [1, 2]) {
      const { data, seconds } = makeRun({ seed, durationSeconds: 120, spawnRate: 50 });
      const id = await store.createRun({ ...data.run, owner: { hostname: 'here', pid: process.pid } });
      for (const second of seconds) await store.appendSecond(id, second, []);
      ids.push(id);
    }
    const [a = 0, b = 0] = ids;
    const side = async (id: number, range = {}) => {
      const data = await store.readRun(id);
      if (!data) throw new Error('the run is not there');
      return { run: data.run, series: data.series, seconds: await store.readSeconds(id, range) };
    };
    expect(await store.compareRuns({ runId: a }, { runId: b })).toEqual(compareRuns(await side(a), await side(b)));
    const range = { from: 10, to: 70 };
    const part = await store.compareRuns({ runId: a, range }, { runId: b });
    expect(part).toEqual(compareRuns(await side(a, range), await side(b)));
    expect(part.a.seconds).toBeLessThan(part.b.seconds);
    await expect(store.compareRuns({ runId: a }, { runId: 99 })).rejects.toMatchObject({ notFound: true });
  });

  it('changes name and note, and has one baseline for each scenario', async () => {
    const store = SqliteStore.open(':memory:');
    const [a, b] = [await store.createRun(newRun()), await store.createRun(newRun())];
    const other = await store.createRun(newRun({ scenario: scenarioOf(1, 'another') }));
    await store.updateRun(a, { name: 'Before the fix', note: 'on staging', baseline: true });
    await store.updateRun(other, { baseline: true });
    await store.updateRun(b, { baseline: true });
    const listed = (await store.listRuns()).map(({ id, name, note, baseline }) => ({ id, name, note, baseline }));
    expect(listed).toEqual([
      { id: other, name: 'Recorded run', note: '', baseline: true },
      { id: b, name: 'Recorded run', note: '', baseline: true },
      { id: a, name: 'Before the fix', note: 'on staging', baseline: false },
    ]);
    await store.updateRun(b, { baseline: false });
    expect((await store.readRun(b))?.run.baseline).toBe(false);
  });

  it('deletes a run, gives its space back and never uses its id again', async () => {
    const file = newFile();
    const store = SqliteStore.open(file);
    const kept = await storeVaried(store);
    const id = await store.createRun(newRun({ seriesCount: 20 }));
    const template = recordedSecond(0, { seriesCount: 20, requestsPerSeries: 500, failuresPerSeries: 1 });
    for (let second = 0; second < 40; second++) await store.appendSecond(id, { ...template, second }, []);
    await expect(store.deleteRun(id)).rejects.toThrow(`Run ${id} is still running; stop it before you delete it.`);
    await store.finishRun(id, RUN_END, []);
    const before = await sizeAfterClosing(file, store);
    const again = SqliteStore.open(file);
    expect(await again.deleteRun(id)).toBe(true);
    expect(await again.deleteRun(id)).toBe(false);
    expect(await again.readRun(id)).toBeNull();
    expect(await again.readSeconds(id)).toEqual([]);
    expect(await again.readSeconds(kept)).toHaveLength(3);
    expect(await again.createRun(newRun())).toBeGreaterThan(id);
    expect(await sizeAfterClosing(file, again)).toBeLessThan(before / 2);
  });

  it('says so when a run is not there', async () => {
    const store = SqliteStore.open(':memory:');
    const sentence = 'There is no run 7 in the history :memory:; it may have been deleted.';
    await expect(store.appendSecond(7, recordedSecond(0), [])).rejects.toThrow(sentence);
    await expect(store.finishRun(7, RUN_END, [])).rejects.toThrow(sentence);
    await expect(store.updateRun(7, { note: 'x' })).rejects.toThrow(sentence);
    expect(await store.readRun(7)).toBeNull();
    expect(await store.lastRunId()).toBeNull();
  });

  it('says when its file cannot be looked at any more, and stores again once it can', async () => {
    const file = newFile();
    const store = SqliteStore.open(file);
    const id = await store.createRun(newRun());
    renameSync(dirname(file), `${dirname(file)} aside`);
    symlinkSync(dirname(file), dirname(file));
    const refused = store.appendSecond(id, recordedSecond(0), []);
    await expect(refused).rejects.toThrow(StoreError);
    await expect(refused).rejects.toThrow(`The history ${file} cannot be used: ELOOP`);
    unlinkSync(dirname(file));
    renameSync(`${dirname(file)} aside`, dirname(file));
    await store.appendSecond(id, recordedSecond(0), []);
    expect(await store.readSeconds(id)).toHaveLength(1);
    await store.close();
  });

  it('stays small: 20 series of 1000 lognormal requests a second are below 60 MB an hour', async () => {
    const file = newFile();
    const store = SqliteStore.open(file);
    const options = { seriesCount: 20, requestsPerSeries: 1000, sigma: 1 };
    const templates = Array.from({ length: 4 }, (_, second) => recordedSecond(second + 1, options));
    const id = await store.createRun(newRun({ seriesCount: 20 }));
    const empty = await sizeAfterClosing(file, store);
    const writer = SqliteStore.open(file);
    const seconds = 60;
    for (let second = 0; second < seconds; second++) {
      const template = templates[second % templates.length] as RunSecond;
      await writer.appendSecond(id, { ...template, second }, []);
    }
    const bytesAnHour = ((await sizeAfterClosing(file, writer)) - empty) * (3600 / seconds);
    expect(bytesAnHour).toBeLessThan(60_000_000);
  });
});

async function sizeAfterClosing(file: string, store: SqliteStore): Promise<number> {
  await store.close();
  return statSync(file).size;
}
