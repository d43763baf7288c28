import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runFiles } from '../../../src/main/exports/export-files';
import { writeInProcess } from '../../../src/main/exports/export-process';
import type { RunExportJob } from '../../../src/main/exports/export-protocol';
import { builtEntries } from '../../../src/main/process/build-entries';
import { NodeProcessHost } from '../../../src/main/process/node-host';
import type { ChildEntry, ChildHandle, ForkOptions } from '../../../src/main/process/process-host';
import { REPORTS } from '../../../src/main/reports/reports';
import { ReportWriteError } from '../../../src/main/reports/write-file';
import { SqliteStore } from '../../../src/main/store/sqlite-store';
import { packRun } from '../../../src/main/store/store-protocol';
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

async function storedRun(folder: string, format: RunExportJob['format'] = 'csv'): Promise<RunExportJob> {
  const { data, seconds } = makeRun({ seed: 3, durationSeconds: 30 });
  const databaseFile = join(folder, 'runs.db');
  const store = SqliteStore.open(databaseFile);
  const id = await store.createRun({ ...data.run, owner: { hostname: 'elsewhere', pid: 1 } });
  for (const second of seconds) await store.appendSecond(id, second, []);
  const stored = await store.readRun(id);
  await store.close();
  if (!stored) throw new Error('the run is not there');
  return { kind: 'run', databaseFile, data: packRun(stored), format, fullHistory: true };
}

function pathsIn(folder: string, { data, format }: RunExportJob): string[] {
  return runFiles(data.run, format).map(({ name }) => join(folder, name));
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
    expect(readdirSync(folder).sort()).toEqual(
      runFiles(job.data.run, 'csv')
        .map(({ name }) => name)
        .sort(),
    );
    expect(readFileSync(pathsIn(folder, job)[1] ?? '', 'utf8').split('\r\n').length).toBeGreaterThan(30 * job.data.series.length);
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
    await expect(writeInProcess(host(), job, [path])).rejects.toBeInstanceOf(ReportWriteError);
    expect(existsSync(path)).toBe(false);
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

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
