import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import { LATEST_VERSION } from '../../../src/main/store/migrations';
import { openDatabase } from '../../../src/main/store/open-database';
import { StoreError } from '../../../src/main/store/run-store';
import { SqliteStore } from '../../../src/main/store/sqlite-store';
import { bundleEntry } from '../../support/bundle-entry';
import { newRun, recordedSecond } from '../../support/recorded-run';
import { tempFolder } from '../../support/temp-folder';

/** What opening says; the file must be the same afterwards. */
function refusal(file: string): string {
  const before = existsSync(file) && statSync(file).isFile() ? readFileSync(file) : null;
  let said = '';
  try {
    void SqliteStore.open(file, { busyTimeoutMs: 50 }).close();
  } catch (error) {
    expect(error).toBeInstanceOf(StoreError);
    said = (error as StoreError).message;
  }
  if (before) expect(readFileSync(file).equals(before)).toBe(true);
  return said;
}

async function historyWithARun(seconds = 20): Promise<string> {
  const file = join(tempFolder(), 'runs.db');
  const store = SqliteStore.open(file);
  const id = await store.createRun(newRun());
  for (let second = 0; second < seconds; second++) await store.appendSecond(id, recordedSecond(second), []);
  await store.close();
  return file;
}

describe('opening a history', () => {
  it('makes the folder, and opens what it made', async () => {
    const file = join(tempFolder(), 'a', 'b', 'runs.db');
    await SqliteStore.open(file).close();
    await SqliteStore.open(file).close();
    const db = new Sqlite(file);
    onTestFinished(() => void db.close());
    expect(db.pragma('journal_mode', { simple: true })).toBe('wal');
    expect(db.pragma('auto_vacuum', { simple: true })).toBe(2);
  });

  it('keeps few pages of it in memory, however large it is', () => {
    const db = openDatabase(join(tempFolder(), 'runs.db'));
    onTestFinished(() => void db.close());
    // KiB, by the minus.
    expect(db.pragma('cache_size', { simple: true })).toBe(-2048);
  });

  it('makes it for this user only, its log too, and leaves the permissions of one that is there', async () => {
    const file = join(tempFolder(), 'runs.db');
    const modeOf = (name: string) => (statSync(name).mode & 0o777).toString(8);
    const store = SqliteStore.open(file);
    await store.createRun(newRun());
    expect([file, `${file}-wal`, `${file}-shm`].map(modeOf)).toEqual(['600', '600', '600']);
    await store.close();
    chmodSync(file, 0o640);
    await SqliteStore.open(file).close();
    expect(modeOf(file)).toBe('640');
  });

  it('takes an empty file for a new one', async () => {
    const file = join(tempFolder(), 'runs.db');
    writeFileSync(file, '');
    const store = SqliteStore.open(file);
    expect(await store.listRuns()).toEqual([]);
    await store.close();
  });

  it('refuses a file that is no database', () => {
    const file = join(tempFolder(), 'runs.db');
    writeFileSync(file, 'Method,Name,Error\n'.repeat(100));
    expect(refusal(file)).toBe(`${file} is not a Nodeswarm history; choose another file (--db FILE).`);
  });

  it('refuses the database of another program', () => {
    const file = join(tempFolder(), 'bookmarks.db');
    const db = new Sqlite(file);
    db.exec('CREATE TABLE bookmarks (url TEXT)');
    db.close();
    expect(refusal(file)).toBe(
      `${file} is a database of another program, not a Nodeswarm history; choose another file (--db FILE).`,
    );
  });

  it('refuses what a newer version wrote', async () => {
    const file = await historyWithARun(1);
    const db = new Sqlite(file);
    db.pragma(`user_version = ${LATEST_VERSION + 1}`);
    db.close();
    expect(refusal(file)).toMatch(/was written by a newer Nodeswarm \(layout \d+, this one knows \d+\); update Nodeswarm, or/);
  });

  it('refuses a damaged file, and says so too when the damage shows later', async () => {
    const file = await historyWithARun(100);
    const bytes = readFileSync(file);
    const pageBytes = bytes.readUInt16BE(16);
    const badStart = join(dirname(file), 'start.db');
    writeFileSync(
      badStart,
      Buffer.concat([bytes.subarray(0, 100), Buffer.alloc(pageBytes - 100, 0xa5), bytes.subarray(pageBytes)]),
    );
    expect(refusal(badStart)).toBe(
      `The history ${badStart} is damaged; replace it with a backup, or start a new one (--db FILE).`,
    );
    const badRest = join(dirname(file), 'rest.db');
    const lastPages = bytes.length - 20 * pageBytes;
    writeFileSync(badRest, Buffer.concat([bytes.subarray(0, lastPages), Buffer.alloc(bytes.length - lastPages, 0xa5)]));
    const store = SqliteStore.open(badRest);
    await expect(store.readSeconds(1)).rejects.toThrow(`The history ${badRest} is damaged; replace it with a backup`);
    await store.close();
  });

  it('refuses a folder that cannot be made, and a folder in the place of the file', () => {
    const folder = tempFolder();
    writeFileSync(join(folder, 'notes.txt'), 'x');
    expect(refusal(join(folder, 'notes.txt', 'runs.db'))).toMatch(
      /^The folder .*notes\.txt for the history cannot be created \(.*\); use another file/,
    );
    mkdirSync(join(folder, 'runs.db'));
    expect(refusal(join(folder, 'runs.db'))).toMatch(
      /^The history .*runs\.db cannot be opened; check that its folder can be written to/,
    );
  });

  it('gives up on a locked file after a while, and opens it once it is free', async () => {
    const file = await historyWithARun(2);
    const other = new Sqlite(file);
    other.pragma('locking_mode = EXCLUSIVE');
    other.exec('BEGIN EXCLUSIVE');
    expect(refusalWithoutReading(file)).toBe(
      `The history ${file} is locked by another program; close that program and try again, or use another file (--db FILE).`,
    );
    other.exec('ROLLBACK');
    other.close();
    const store = SqliteStore.open(file);
    expect(await store.readSeconds(1)).toHaveLength(2);
    await store.close();
  });

  it('says when the disk is full, and has lost nothing that was stored', async () => {
    const file = join(tempFolder(), 'runs.db');
    const store = SqliteStore.open(file, { maxBytes: 400_000 });
    const id = await store.createRun(newRun({ seriesCount: 20 }));
    const template = recordedSecond(0, { seriesCount: 20, requestsPerSeries: 500 });
    let stored = 0;
    const fill = async () => {
      for (; stored < 1000; stored++) await store.appendSecond(id, { ...template, second: stored }, []);
    };
    await expect(fill()).rejects.toThrow(
      `The disk that holds the history ${file} is full; free some space, or delete runs that are no longer needed.`,
    );
    expect(stored).toBeGreaterThan(5);
    expect(await store.readSeconds(id)).toHaveLength(stored);
    expect((await store.listRuns())[0]?.durationSeconds).toBe(stored);
    await store.close();

    const roomy = SqliteStore.open(file);
    await roomy.appendSecond(id, { ...template, second: stored }, []);
    const totals = (await roomy.readRun(id))?.totals;
    expect(totals?.select(null).started).toBe((stored + 1) * 20 * 500);
    await roomy.close();
  });

  it('says when the file or its folder may not be written to', async () => {
    const opener = await bundleEntry('test/support/unprivileged-opener.ts');
    onTestFinished(opener.remove);
    const source = await historyWithARun(1);
    const folder = tempFolder();
    const file = join(folder, 'runs.db');
    copyFileSync(source, file);
    chmodSync(file, 0o444);
    chmodSync(folder, 0o555);
    const said = (path: string) => spawnSync(process.execPath, [opener.file, path], { encoding: 'utf8' }).stdout;
    expect(said(file)).toMatch(
      /^StoreError: The history .*runs\.db (cannot be written to; give this user|cannot be opened; check that)/,
    );
    expect(said(join(folder, 'new.db'))).toMatch(/^StoreError: The history .*new\.db cannot be opened; check that its folder/);
    expect(said(join(folder, 'deeper', 'new.db'))).toMatch(/^StoreError: The folder .*deeper for the history cannot be created/);
    chmodSync(folder, 0o755);
  });
});

/** As `refusal`, for a file that cannot even be read at the moment. */
function refusalWithoutReading(file: string): string {
  try {
    void SqliteStore.open(file, { busyTimeoutMs: 50 }).close();
    return '';
  } catch (error) {
    return (error as StoreError).message;
  }
}
