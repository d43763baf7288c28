import { ApiError } from '../../shared/api/reply';
import type { HistoryRow, Spectrum } from '../../shared/api/types';
import type { Phase } from '../../shared/stats/frame';
import type { Histogram } from '../../shared/stats/histogram';
import type { RunData, RunListItem } from '../../shared/stats/run';
import { percentileMs } from '../../shared/stats/summary';
import { comparisonFile, runFiles } from '../exports/export-files';
import { writeInProcess } from '../exports/export-process';
import type { ExportJob } from '../exports/export-protocol';
import type { ProcessHost } from '../process/process-host';
import type { RunStore, SparkLines } from '../store/run-store';
import type { AppMemory } from './app-memory';
import type { ConfirmedHosts } from './confirmed-hosts';
import type { CurrentRun } from './current-run';
import type { DocumentAccess } from './document-access';
import type { Emit, Handlers } from './handlers';
import type { HostFiles } from './host-files';
import type { RunDeletions } from './run-deletions';
import { storedSnapshot } from './run-snapshot';
import { readScenario } from './scenario-source';
import { courseOf } from './second-view';
import { consentFor } from './test-consent';

type RunRoute = Extract<keyof Handlers, `runs.${string}`>;

export interface RunServices {
  store: RunStore;
  /** Of the store. */
  databaseFile: string;
  processHost: ProcessHost;
  current: CurrentRun;
  deletions: RunDeletions;
  files: HostFiles;
  memory: AppMemory;
  hosts: ConfirmedHosts;
  emit: Emit;
  access: DocumentAccess;
  secret: (name: string) => string | undefined;
}

/** Routes about runs: the one that is on, and those that are kept. */
export function runHandlers(services: RunServices): Handlers<RunRoute> {
  return { ...currentRunHandlers(services), ...storedRunHandlers(services), ...comparisonHandlers(services) };
}

type CurrentRoute = 'runs.start' | 'runs.current' | 'runs.stop' | 'runs.edit' | 'runs.resetStatistics';
type ComparisonRoute = 'runs.compare' | 'runs.exportComparison';

function currentRunHandlers({ current, memory, hosts, access, secret }: RunServices): Handlers<CurrentRoute> {
  return {
    'runs.start': async ({ text, path, host, mayTest, name, nodes, spawnRate, durationSeconds, shards, seed, allowFiles }) => {
      const scenario = readScenario(text, host);
      const { folder, allowed } = access.of(path, allowFiles);
      return await current.start({
        scenario,
        mayTest: await consentFor(scenario, mayTest, hosts),
        folder,
        allowedFiles: allowed,
        overrides: { nodes, spawnRate, durationSeconds },
        shards,
        seed,
        name,
        secret,
        maxRequestsPerSecond: (await memory.settings()).maxRequestsPerSecond ?? undefined,
      });
    },
    'runs.current': () => current.state(),
    'runs.stop': () => {
      current.stop();
      return null;
    },
    'runs.edit': (change) => {
      current.edit(change);
      return null;
    },
    'runs.resetStatistics': () => {
      current.resetStatistics();
      return null;
    },
  };
}

function storedRunHandlers(services: RunServices): Handlers<Exclude<RunRoute, CurrentRoute | ComparisonRoute>> {
  const { store, databaseFile, processHost, current, deletions, files, emit } = services;
  return {
    'runs.list': async () => {
      const runs = (await store.listRuns()).filter(({ id }) => !deletions.isHidden(id));
      const sparks = await store.readSparkLines(runs.map(({ id }) => id));
      const byRun = new Map(sparks.map((lines) => [lines.runId, lines]));
      return runs.map((run) => historyRow(run, byRun.get(run.id)));
    },
    'runs.read': async ({ id }) => current.snapshotOf(id) ?? storedSnapshot(await readRun(services, id)),
    'runs.course': async ({ id, series }) => {
      deletions.requireVisible([id]);
      return courseOf(await store.readChart(id, series));
    },
    'runs.heat': async ({ id, series }) => {
      deletions.requireVisible([id]);
      return await store.readHeat(id, series);
    },
    'runs.window': async ({ id, window }) => {
      deletions.requireVisible([id]);
      return { ...(await store.readStretch(id, window)), window };
    },
    'runs.spectrum': async ({ id, series, window }) => {
      const data = await readRun(services, id);
      if (series !== null && series >= data.series.length) throw new ApiError('not-found', `Run ${id} has no series ${series}.`);
      if (window) return spectrumOf((await store.readTotals(id, window)).select(series).latency);
      const phases: readonly Phase[] | undefined = data.totals.seconds(['steady']) > 0 ? ['steady'] : undefined;
      return spectrumOf(data.totals.select(series, phases).latency);
    },
    'runs.update': async ({ id, ...change }) => {
      deletions.requireVisible([id]);
      await store.updateRun(id, change);
      emit('history.changed', {});
      return null;
    },
    'runs.delete': async ({ ids }) => {
      for (const { id, status } of await findRuns(services, ids)) {
        if (status === 'running') throw new ApiError('conflict', `Run ${id} is still running; stop it before you delete it.`);
      }
      deletions.hide(ids);
      emit('history.changed', {});
      return null;
    },
    'runs.restore': ({ ids }) => {
      deletions.restore(ids);
      emit('history.changed', {});
      return null;
    },
    'runs.export': async ({ id, format, fullHistory = false }) => {
      const [run] = (await findRuns(services, [id])) as [RunListItem];
      const job: ExportJob = { kind: 'run', databaseFile, runId: id, format, fullHistory, soFar: current.troubleOf(id) };
      return await files.export({
        files: runFiles(run, format),
        write: (paths) => writeInProcess(processHost, job, paths),
      });
    },
  };
}

function comparisonHandlers(services: RunServices): Handlers<ComparisonRoute> {
  const { store, databaseFile, processHost, deletions, files } = services;
  return {
    'runs.compare': async ({ a, b, windowA, windowB }) => {
      deletions.requireVisible([a, b]);
      return await store.compareRuns({ runId: a, range: windowA }, { runId: b, range: windowB });
    },
    'runs.exportComparison': async ({ a, b, windowA, windowB, format }) => {
      await findRuns(services, [a, b]);
      const windows = { a: windowA ?? null, b: windowB ?? null };
      const job: ExportJob = { kind: 'comparison', databaseFile, runs: { a, b }, windows, format };
      return await files.export({
        files: [comparisonFile(a, b, format)],
        write: (paths) => writeInProcess(processHost, job, paths),
      });
    },
  };
}

/** All data of a run in sight. Of one that is on it is what the run itself goes on counting in: to be read before anything else is waited for. */
async function readRun({ store, current, deletions }: RunServices, id: number): Promise<RunData> {
  deletions.requireVisible([id]);
  const data = current.dataOf(id) ?? (await store.readRun(id));
  if (!data) throw noSuchRun(id);
  return data;
}

/** Runs in sight as the history lists them: little, however much there is of each run. */
async function findRuns({ store, deletions }: RunServices, ids: readonly number[]): Promise<RunListItem[]> {
  deletions.requireVisible(ids);
  const listed = new Map((await store.listRuns()).map((run) => [run.id, run]));
  return ids.map((id) => {
    const run = listed.get(id);
    if (!run) throw noSuchRun(id);
    return run;
  });
}

function noSuchRun(id: number): ApiError {
  return new ApiError('not-found', `There is no run ${id} in the history; it may have been deleted.`);
}

function historyRow(run: RunListItem, sparks: SparkLines | undefined): HistoryRow {
  return { ...run, sparkRequests: sparks?.requestsPerSecond ?? [], sparkP95: sparks?.p95 ?? [] };
}

/** Steps of a spectrum for each power of ten of 1 - p. */
const STEPS_PER_DECADE = 20;

/**
 * Percentiles at even steps of log(1 - p), from the minimum's 0 to where a single value decides, and the maximum. Empty without values.
 */
function spectrumOf(latency: Histogram): Spectrum {
  const decades = Math.log10(Math.max(1, latency.count));
  const steps = Math.floor(decades * STEPS_PER_DECADE);
  const percentiles = Array.from({ length: steps + 1 }, (_, step) => 100 * (1 - 10 ** (-step / STEPS_PER_DECADE)));
  return [...percentiles, 100].flatMap((percentile) => {
    const ms = percentileMs(latency, percentile);
    return ms === null ? [] : [{ percentile, ms }];
  });
}
