import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { beforeAll, describe, expect, it } from 'vitest';
import { MinuteTable } from '../../../src/main/store/minute-table';
import { openDatabase } from '../../../src/main/store/open-database';
import { SecondTables } from '../../../src/main/store/second-tables';
import { SqliteStore } from '../../../src/main/store/sqlite-store';
import { StepReader } from '../../../src/main/store/step-reader';
import { COMPARED_BY_SECOND, MINUTE_SECONDS } from '../../../src/shared/stats/compared-step';
import { type ComparedRun, compareRuns } from '../../../src/shared/stats/comparison';
import type { RunSecond } from '../../../src/shared/stats/frame';
import { sampleRun } from '../../../src/shared/stats/run-sample';
import { newRun, RUN_END, recordedSecond } from '../../support/recorded-run';
import { tempFolder } from '../../support/temp-folder';

/** Not a whole number of minutes. */
const SECONDS = COMPARED_BY_SECOND + 10 * MINUTE_SECONDS + 25;
const WHOLE_MINUTES = Math.floor(SECONDS / MINUTE_SECONDS);
/** The process that stores run 2 is another one from here on. */
const HANDED_OVER = 100.5 * MINUTE_SECONDS;
const SERIES = 2;

const recorded = [0, 1, 2].map((place) =>
  Array.from({ length: 40 }, (_, at) => recordedSecond(at, { seriesCount: SERIES, requestsPerSeries: 2 + ((at + place) % 5) })),
);

/** A ramp, a minute without a valid second, others with some, and a last second that is a part of one. */
function secondOf(run: number, second: number): RunSecond {
  const templates = recorded[run] as RunSecond[];
  // In no order that comes again: what does has a long memory.
  const template = templates[(Math.imul(second, 0x9e3779b1) >>> 8) % templates.length] as RunSecond;
  const isValid = Math.floor(second / MINUTE_SECONDS) !== 50 && second % 97 !== run;
  return {
    ...template,
    second,
    lengthSeconds: second === SECONDS - 1 ? 0.4 : 1,
    phase: second < 30 ? 'ramp' : 'steady',
    // What was intended in the ramp and answered after it.
    series: second === 30 ? template.series.map((delta) => ({ ...delta, phase: 'ramp' })) : template.series,
    health: { ...template.health, valid: isValid, reasons: isValid ? [] : ['schedule lag'] },
  };
}

let original: string;

/** Two long runs: the first stored by one process, the second by two, and never ended. */
beforeAll(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'nodeswarm-test-'));
  original = join(folder, 'runs.db');
  let store = SqliteStore.open(original);
  const a = await store.createRun(newRun({ seriesCount: SERIES }));
  for (let second = 0; second < SECONDS; second++) await store.appendSecond(a, secondOf(a, second), []);
  await store.finishRun(a, RUN_END, []);
  const b = await store.createRun(newRun({ seriesCount: SERIES, owner: { hostname: 'elsewhere', pid: 1 } }));
  for (let second = 0; second < HANDED_OVER; second++) await store.appendSecond(b, secondOf(b, second), []);
  await store.close();
  store = SqliteStore.open(original);
  for (let second = HANDED_OVER; second < SECONDS; second++) await store.appendSecond(b, secondOf(b, second), []);
  await store.close();
  // Long ago, so that nobody is taken to be writing it.
  change(original, 'UPDATE runs SET heartbeat_at = 1 WHERE id = 2');
  return () => rmSync(folder, { recursive: true, force: true });
}, 300_000);

function copy(): string {
  const file = join(tempFolder(), 'runs.db');
  copyFileSync(original, file);
  return file;
}

function change(file: string, sql: string): void {
  const db = new Sqlite(file);
  db.exec(sql);
  db.pragma('wal_checkpoint(TRUNCATE)');
  db.close();
}

function countMinutes(file: string, runId: number): number {
  const db = new Sqlite(file, { readonly: true });
  const count = db.prepare('SELECT count(*) FROM run_minutes WHERE run_id = ?').pluck().get(runId) as number;
  db.close();
  return count;
}

async function read(store: SqliteStore, runId: number, range = { from: 0, to: SECONDS }): Promise<ComparedRun> {
  const data = await store.readRun(runId);
  if (!data) throw new Error('the run is not there');
  return { run: data.run, series: data.series, seconds: await store.readSeconds(runId, range) };
}

describe('a comparison of long runs', { timeout: 120_000 }, () => {
  it('is by minutes, and what their seconds come to', async () => {
    const file = copy();
    const store = SqliteStore.open(file);
    const comparison = await store.compareRuns({ runId: 1 }, { runId: 2 });
    const [a, b] = [await read(store, 1), await read(store, 2)];
    expect(comparison).toEqual(compareRuns(a, b));
    const counted = a.seconds.filter(({ phase, lengthSeconds }) => phase === 'steady' && lengthSeconds === 1);
    const invalid = counted.filter(({ health }) => !health.valid).length;
    expect(comparison.a).toMatchObject({ seconds: counted.length - invalid, invalidSeconds: invalid });
    expect(invalid).toBeGreaterThan(MINUTE_SECONDS);
    for (const { requests, blockSeconds, measures } of comparison.rows) {
      expect(blockSeconds.a % MINUTE_SECONDS).toBe(0);
      expect(measures.some(({ verdict }) => verdict !== 'not enough data')).toBe(true);
      expect(requests.a).toBeGreaterThan(2 * counted.length);
    }
    await store.close();
  });

  it('reads no second of a run that ended, and of another what its last minute and those of its change of hands lack', async () => {
    const file = copy();
    const lacking = `second < ${Math.floor(HANDED_OVER / MINUTE_SECONDS) * MINUTE_SECONDS} OR second BETWEEN 6060 AND ${WHOLE_MINUTES * MINUTE_SECONDS - 1}`;
    const store = SqliteStore.open(file);
    const expected = compareRuns(await read(store, 1), await read(store, 2));
    change(file, `DELETE FROM second_histograms WHERE run_id = 1 OR ${lacking}`);
    expect(await store.compareRuns({ runId: 1 }, { runId: 2 })).toEqual(expected);
    await store.close();
  });

  it.each([
    { from: 41, to: SECONDS - 70, what: 'a window of more than two hours, its ends within minutes' },
    { from: 120, to: SECONDS + 500, what: 'a window that ends behind the run' },
    { from: 2953, to: 4703, what: 'a window that is compared second by second' },
  ])('is the same of parts: $what', async ({ from, to }) => {
    const file = copy();
    const store = SqliteStore.open(file);
    const range = { from, to };
    const expected = compareRuns(await read(store, 1, range), await read(store, 2, range));
    expect(await store.compareRuns({ runId: 1, range }, { runId: 2, range })).toEqual(expected);
    expect(expected.rows[0]?.requests.a).toBeGreaterThan(1000);
    await store.close();
  });

  it('is the same of runs that an earlier version stored; their minutes are kept then', async () => {
    const file = copy();
    change(file, 'DELETE FROM run_minutes; DELETE FROM run_samples');
    const store = SqliteStore.open(file);
    const range = { from: 41, to: SECONDS };
    const expected = compareRuns(await read(store, 1, range), await read(store, 2, range));
    expect(await store.compareRuns({ runId: 1, range }, { runId: 2, range })).toEqual(expected);
    expect([countMinutes(file, 1), countMinutes(file, 2)]).toEqual([WHOLE_MINUTES - 1, WHOLE_MINUTES - 1]);
    change(file, `DELETE FROM second_histograms WHERE second BETWEEN 60 AND ${WHOLE_MINUTES * MINUTE_SECONDS - 1}`);
    expect(await store.compareRuns({ runId: 1, range }, { runId: 2, range })).toEqual(expected);
    await store.close();
  });

  it('takes in a second that came again', async () => {
    const file = copy();
    const store = SqliteStore.open(file);
    const before = await store.compareRuns({ runId: 1 }, { runId: 2 });
    await store.appendSecond(1, { ...secondOf(2, 5), second: 3000 + 70 * MINUTE_SECONDS }, []);
    const expected = compareRuns(await read(store, 1), await read(store, 2));
    expect(await store.compareRuns({ runId: 1 }, { runId: 2 })).toEqual(expected);
    expect(expected.rows).not.toEqual(before.rows);
    await store.close();
  });

  it('is the same whether all series are read at once or one after the other', () => {
    const db = openDatabase(copy());
    const series = Array.from({ length: SERIES }, (_, index) => ({ method: 'POST', name: `/data/${index}` }));
    const sampled = (to: number, groupBytes: number) => {
      const reader = new StepReader(new SecondTables(db), new MinuteTable(db), groupBytes);
      const steps = reader.read({ runId: 2, from: 0, to }, series);
      const groups = [...steps.groups];
      return { groups: groups.length, sample: sampleRun({ ...steps, groups }, ['a', 'b'], { resamples: 50 }) };
    };
    for (const to of [SECONDS, 600]) {
      const [together, apart] = [sampled(to, 1e9), sampled(to, 1)];
      expect([together.groups, apart.groups]).toEqual([1, SERIES]);
      expect(apart.sample).toEqual(together.sample);
    }
    db.close();
  });
});

describe('the minutes of a run', () => {
  it('go with it', async () => {
    const file = copy();
    expect(countMinutes(file, 1)).toBe(WHOLE_MINUTES);
    // The one in which the process changed was not known from its beginning.
    expect(countMinutes(file, 2)).toBe(WHOLE_MINUTES - 1);
    const store = SqliteStore.open(file);
    await store.deleteRun(1);
    await store.close();
    expect(countMinutes(file, 1)).toBe(0);
  });
});
