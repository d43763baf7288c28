import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { runFiles } from '../../../src/main/exports/export-files';
import { writeInProcess } from '../../../src/main/exports/export-process';
import type { ExportReport, ExportRequest, RunExportJob } from '../../../src/main/exports/export-protocol';
import { builtEntries } from '../../../src/main/process/build-entries';
import { NodeProcessHost } from '../../../src/main/process/node-host';
import type { ChildEntry, ChildHandle, ChildMain, ForkOptions } from '../../../src/main/process/process-host';
import { REPORTS } from '../../../src/main/reports/reports';
import { ReportWriteError } from '../../../src/main/reports/write-file';
import { SqliteStore } from '../../../src/main/store/sqlite-store';
import { InMemoryProcessHost } from '../../support/in-memory-host';
import { isAlive } from '../../support/is-alive';
import { makeRun } from '../../support/run-data';
import { tempFolder } from '../../support/temp-folder';

/** Real processes, of which one knows the ids. */
class WatchedHost extends NodeProcessHost {
  readonly pids: number[] = [];
  onFork: (pid: number) => void = () => {};

  override fork<In, Out>(entry: ChildEntry, options: ForkOptions): ChildHandle<In, Out> {
    const child = super.fork<In, Out>(entry, options);
    this.pids.push(child.pid ?? 0);
    this.onFork(child.pid ?? 0);
    return child;
  }
}

const host = () => new WatchedHost(builtEntries());

const RUN = makeRun({ seed: 3, durationSeconds: 30 });

async function storedRun(folder: string, format: RunExportJob['format'] = 'csv'): Promise<RunExportJob> {
  const { data, seconds } = RUN;
  const databaseFile = join(folder, 'runs.db');
  const store = SqliteStore.open(databaseFile);
  const id = await store.createRun({ ...data.run, owner: { hostname: 'elsewhere', pid: 1 } });
  for (const second of seconds) await store.appendSecond(id, second, []);
  await store.close();
  return { kind: 'run', databaseFile, runId: id, format, fullHistory: true };
}

function pathsIn(folder: string, { runId, format }: RunExportJob): string[] {
  return runFiles({ id: runId, name: RUN.data.run.name }, format).map(({ name }) => join(folder, name));
}

describe('an export', () => {
  it('is written by a process of its own, which ends with it', async () => {
    const processes = host();
    const job = await storedRun(tempFolder());
    const folder = tempFolder();
    await writeInProcess(processes, job, pathsIn(folder, job));
    expect(processes.pids).toHaveLength(1);
    const [pid = 0] = processes.pids;
    expect(pid).not.toBe(process.pid);
    expect(readdirSync(folder).map((name) => join(folder, name))).toEqual(pathsIn(folder, job).sort());
    expect(readFileSync(pathsIn(folder, job)[1] ?? '', 'utf8').split('\r\n').length).toBeGreaterThan(30 * RUN.data.series.length);
    await expect.poll(() => isAlive(pid)).toBe(false);
  });

  it('that cannot be written says so in a sentence and leaves nothing', async () => {
    const job = await storedRun(tempFolder(), 'html');
    const missing = join(tempFolder(), 'missing', 'report.html');
    await expect(writeInProcess(host(), job, [missing])).rejects.toThrow(/^Cannot write ".*report\.html": the folder/);
    await expect(writeInProcess(host(), job, [missing])).rejects.toBeInstanceOf(ReportWriteError);
  });

  it('of a database that cannot be read says so', async () => {
    const databaseFile = join(tempFolder(), 'runs.db');
    writeFileSync(databaseFile, 'no database, but longer than the sixteen bytes that every one of them begins with'.repeat(100));
    const job = { ...(await storedRun(tempFolder(), 'csv-history')), databaseFile };
    const path = join(tempFolder(), 'history.csv');
    await expect(writeInProcess(host(), job, [path])).rejects.toThrow(/runs\.db is not a Nodeswarm history; choose another file/);
    await expect(writeInProcess(host(), job, [path])).rejects.toBeInstanceOf(ReportWriteError);
    expect(existsSync(path)).toBe(false);
  });

  it('of a run that is gone says so', async () => {
    const job = { ...(await storedRun(tempFolder(), 'json')), runId: 99 };
    await expect(writeInProcess(host(), job, [join(tempFolder(), 'run.json')])).rejects.toThrow(
      'There is no run 99 in the history; it may have been deleted.',
    );
  });

  it('of a run that is on is of one moment, with what is wrong with it so far', async () => {
    const folder = tempFolder();
    const { data, seconds } = RUN;
    const databaseFile = join(folder, 'runs.db');
    const store = SqliteStore.open(databaseFile);
    const id = await store.createRun({ ...data.run, owner: { hostname: hostname(), pid: process.pid } });
    for (const second of seconds.slice(0, 5)) await store.appendSecond(id, second, []);
    const soFar = { degraded: true, statusReason: 'shard 0 was lost' };
    const job: RunExportJob = { kind: 'run', databaseFile, runId: id, format: 'csv', fullHistory: false, soFar };
    let over = false;
    const exported = (async () => {
      const written = [];
      for (let round = 0; round < 3; round++) {
        const paths = pathsIn(tempFolder(), job);
        await writeInProcess(host(), job, paths);
        written.push(paths.map((path) => rowsOf(path)));
      }
      over = true;
      return written;
    })();
    // The run goes on all the while.
    for (let at = 5; !over; at++) {
      const second = seconds[at % 25];
      if (second) await store.appendSecond(id, { ...second, second: at }, []);
      await sleep(2);
    }
    for (const [statistics = [], history = []] of await exported) {
      expect(history.length).toBeGreaterThan(4);
      expect(history.at(-1)?.['Total Request Count']).toBe(statistics.at(-1)?.['Request Count']);
    }
    const page = join(folder, 'report.html');
    await writeInProcess(host(), { ...job, format: 'html' }, [page]);
    expect(readFileSync(page, 'utf8')).toContain('shard 0 was lost');
    await store.close();
  });

  it('whose process is killed is not there, and the next one is', async () => {
    const processes = host();
    const job = await storedRun(tempFolder());
    const paths = pathsIn(tempFolder(), job);
    processes.onFork = (pid) => process.kill(pid, 'SIGKILL');
    await expect(writeInProcess(processes, job, paths)).rejects.toThrow(
      /ended before they were complete \(signal SIGKILL\); try again\.$/,
    );
    expect(paths.filter((path) => existsSync(path))).toEqual([]);
    processes.onFork = () => {};
    await writeInProcess(processes, job, paths);
    expect(paths.filter((path) => existsSync(path))).toEqual(paths);
  });

  it('whose process stands still is given up after a while, with a sentence', async () => {
    const processes = host();
    const job = await storedRun(tempFolder());
    const paths = pathsIn(tempFolder(), job);
    processes.onFork = (pid) => process.kill(pid, 'SIGSTOP');
    await expect(writeInProcess(processes, job, paths, { patienceMs: 500 })).rejects.toThrow(
      new ReportWriteError(
        'The process that writes the files ended before they were complete (it made no progress for 0.5 s); try again.',
      ),
    );
    await expect.poll(() => isAlive(processes.pids[0] ?? 0)).toBe(false);
    expect(paths.filter((path) => existsSync(path))).toEqual([]);
  });

  it('tells that it gets on, and is waited for as long as it does', async () => {
    const job = await storedRun(tempFolder(), 'html');
    const request = { job, paths: pathsIn(tempFolder(), job) };
    const child = host().fork<ExportRequest, ExportReport>('export', { name: 'told' });
    const told: string[] = [];
    child.onMessage(({ kind }) => told.push(kind));
    child.post(request);
    await new Promise<void>((resolve) => child.onExit(() => resolve()));
    expect([told[0], told.at(-1)]).toEqual(['progress', 'written']);

    const slow: ChildMain<ExportRequest, ExportReport> = (port) =>
      port.onMessage(async () => {
        for (let step = 0; step < 15; step++) {
          await sleep(50);
          port.post({ kind: 'progress' });
        }
        port.post({ kind: 'written' });
        port.exit(0);
      });
    await writeInProcess(new InMemoryProcessHost({ export: slow }), job, request.paths, { patienceMs: 500 });
  });

  it('has the names that its report gives its files', () => {
    const { data } = makeRun({ durationSeconds: 2 });
    for (const report of REPORTS) {
      const names = runFiles(data.run, report.id as RunExportJob['format']).map(({ name }) => name);
      expect(names.map((name) => name.slice(names[0]?.lastIndexOf(`-run-${data.run.id}`)))).toEqual(
        report.suffixes.map((suffix) => `-run-${data.run.id}${suffix}${report.extension}`),
      );
    }
  });
});

function rowsOf(path: string): Record<string, string>[] {
  return parse(readFileSync(path, 'utf8'), { columns: true, bom: true });
}
