import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { builtEntries } from '../../src/main/process/build-entries';
import { errorMessage } from '../../src/shared/text/error-text';
import { AppServer } from '../e2e/app-server';
import { isAlive } from '../support/is-alive';
import { backendLines, countsSince } from './backend-agreement';
import { Browser } from './browser';
import { databaseBytes } from './database-size';
import { type Disturbance, Disturbances, EXPORT_FORMATS, fetchExport, type SoakParts } from './disturbances';
import type { Point } from './linear-trend';
import { memoryCsv } from './memory-csv';
import { type Descriptors, descriptorsOf } from './process-files';
import {
  databaseGrowthLine,
  hasMore,
  idleLine,
  kindsText,
  memoryLines,
  shardDescriptorLine,
  socketLine,
  warningLine,
} from './process-lines';
import { ProcessWatch, probeUrl, type TimeSpan } from './process-watch';
import { type Comparison, SecondWitness } from './second-witness';
import type { BackendCounts } from './server/backend-fault';
import { BackendProcess } from './server/backend-process';
import type { SoakOptions } from './soak-options';
import { planSoak } from './soak-plan';
import { soakScenario } from './soak-scenario';
import { readStored } from './stored-run';
import { lineOf, type SoakLine } from './verdict';

/** The end of a run in which nothing happens any more, s. */
const CALM_END_SECONDS = 4;
/** Of a rest: until connections that were lost are there again, what is late has ended, and what that took and nothing needs any more is let go of. */
const SETTLING_SHARE = 0.6;

/** What a soak found. */
export interface SoakResult {
  lines: SoakLine[];
  /** What happened, by kind. */
  happened: Record<string, number>;
  backend: BackendCounts;
  /** Bytes of the database by table. */
  tableBytes: Record<string, number>;
}

export interface SoakSetting {
  say(line: string): void;
  /** Where memory over time is written to. */
  csv?: string | undefined;
  /** The folder with the database is kept. */
  keep?: boolean;
  /** A module that every process of the app loads, too. */
  alsoLoads?: string;
}

/** Runs the app in a browser's place for a long time, does to it what the plan says, and judges what it shows and what it takes. */
export async function conductSoak(options: SoakOptions, setting: SoakSetting): Promise<SoakResult> {
  const folder = mkdtempSync(join(tmpdir(), 'nodeswarm-soak-'));
  const backend = await BackendProcess.start(options.seed);
  const loaded = [probeUrl(folder, options.probeSeconds), ...(setting.alsoLoads ? [pathToFileURL(setting.alsoLoads).href] : [])];
  const app = new AppServer(folder, {
    root: copyBuild(folder),
    env: { NODE_OPTIONS: [...loaded.map((url) => `--import=${url}`), '--heapsnapshot-signal=SIGUSR2'].join(' ') },
    onError: (line) => setting.say(`  ${line}`),
  });
  try {
    await app.start();
    return await new Soak(options, setting, app, backend).conduct();
  } finally {
    await app.stop();
    backend.stop();
    if (setting.keep) setting.say(`The database is in ${folder}.`);
    else rmSync(folder, { recursive: true, force: true });
  }
}

/** The build stays as it is while sources change. Packages are found through a link. */
function copyBuild(folder: string): string {
  const out = dirname(dirname(builtEntries().shard));
  const root = join(folder, 'app');
  mkdirSync(root);
  cpSync(out, join(root, 'out'), { recursive: true });
  cpSync(join(dirname(out), 'resources'), join(root, 'resources'), { recursive: true });
  cpSync(join(dirname(out), 'package.json'), join(root, 'package.json'));
  symlinkSync(join(dirname(out), 'node_modules'), join(root, 'node_modules'), 'junction');
  return root;
}

class Soak {
  private readonly watch: ProcessWatch;
  private readonly happened: Record<string, number> = {};
  private readonly troubles: string[] = [];
  private readonly sizes: Point[] = [];
  private readonly nodes: { at: number; nodes: number }[] = [];
  /** When nothing happened, and nothing that had happened before was still felt. */
  private readonly rests: TimeSpan[] = [];

  constructor(
    private readonly options: SoakOptions,
    private readonly setting: SoakSetting,
    private readonly app: AppServer,
    private readonly backend: BackendProcess,
  ) {
    this.watch = new ProcessWatch(app.pid, backend.pid, app.folder);
  }

  async conduct(): Promise<SoakResult> {
    const { options, setting, app, backend, watch } = this;
    const earlier = await this.makeEarlierRuns();
    const idleBefore = await this.idleDescriptors(null);
    const countsBefore = await backend.counts();

    setting.say(`${options.nodes} nodes for ${(options.seconds / 60).toFixed(1)} minutes, seed ${options.seed}.`);
    const browser = new Browser(app.link);
    const text = JSON.stringify(soakScenario(backend.url, { ...options, name: 'Soak' }));
    const { record, series } = await browser.call('runs.start', { text, path: null, shards: options.shards, seed: 1 });
    const witness = new SecondWitness(record.id);
    const began = Date.now();
    browser.on('run.second', (event) => {
      witness.hear(event);
      this.nodes.push({ at: Date.now(), nodes: event.second.nodes });
    });
    browser.on('run.log', ({ entry: { level, text: said } }) => {
      if (level !== 'info') setting.say(`  ${said}`);
    });
    const { nodes, spawnRate } = options;
    const parts: SoakParts = {
      ...{ link: app.link, browser, backend, watch, witness, runId: record.id, earlierRunId: earlier },
      ...{ nodes, spawnRate, seriesCount: series.length },
    };
    const disturbances = new Disturbances(parts);
    const stopLooking = this.keepLooking(began);
    await this.followPlan(disturbances, began);
    await sleep(Math.max(0, began + options.seconds * 1000 - Date.now()));
    // Not by itself: on a busy machine the plan may take longer.
    await browser.call('runs.stop', {});
    await runEnd(browser);
    stopLooking();

    await disturbances.readCharts();
    const { report, record: ended } = await browser.call('runs.read', { id: record.id });
    const chartsEnd = disturbances.charts;
    browser.close();
    const idleAfter = await this.idleDescriptors(idleBefore);
    const counts = countsSince(await backend.counts(), countsBefore);
    const pids = [...watch.processes()].filter(([part]) => part !== 'backend').map(([, pid]) => pid);
    await app.stop();
    const left = pids.filter(isAlive);
    if (setting.csv) writeFileSync(setting.csv, memoryCsv(watch, began));
    const stored = await readStored(app.databaseFile, record.id, report);

    const { started, completed, failed, aborted } = report.accounting;
    const witnessed = witness.requestsOf(0) === completed + failed && witness.failuresOf(0) === failed;
    const warmUpMs = options.warmUpSeconds * 1000;
    const lines = [
      lineOf('happenings carried out', kindsText(this.happened), 'no trouble', this.troubles.length === 0),
      ...this.troubles.map((trouble) => lineOf('trouble', trouble, 'none', false)),
      lineOf(
        'the run ended',
        `${ended.status} ${ended.statusReason}`.trim(),
        'stopped',
        ended.status === 'stopped' && ended.statusReason === '',
      ),
      lineOf(
        'accounting: started = completed + failed + aborted',
        `${started} = ${completed} + ${failed} + ${aborted}`,
        'equal',
        started === completed + failed + aborted && started > 0,
      ),
      lineOf('whole-run requests = sum of the seconds told live', witness.requestsOf(0), String(completed + failed), witnessed),
      comparisonLine('statistics told live, against the seconds so far', witness.live),
      comparisonLine('charts and heat map, against the seconds told live', chartsEnd),
      comparisonLine('what a second browser heard, against the first', disturbances.heard),
      ...stored.lines,
      lineOf(
        'seconds told live',
        witness.seconds.length,
        `${report.phases.ramp + report.phases.steady + report.phases.cooldown} rounded up`,
        witness.seconds.length === Math.ceil(report.phases.ramp + report.phases.steady + report.phases.cooldown - 1e-6),
      ),
      ...backendLines(report, stored.totals, counts),
      databaseGrowthLine(this.sizes, stored.documented),
      ...['host', 'store'].map((part) => idleLine(part, idleBefore.get(part) ?? {}, idleAfter.get(part) ?? {})),
      ...Array.from({ length: options.shards }, (_, shard) => shardDescriptorLine(watch, shard, began + warmUpMs)),
      socketLine(watch, options.shards, (at) => this.mostNodesAbout(at)),
      warningLine(watch),
      lineOf('processes left behind', left.length, '0', left.length === 0),
      ...memoryLines(watch, began, warmUpMs, options.shards, this.rests),
    ];
    return { lines, happened: this.happened, backend: counts, tableBytes: stored.tableBytes };
  }

  /** Two small runs: something to compare with, and everything is used once before what is idle is looked at. Resolves to the id of the second. */
  private async makeEarlierRuns(): Promise<number> {
    const { options, app, backend } = this;
    const browser = new Browser(app.link);
    const ids: number[] = [];
    for (const name of ['Before', 'Before, again']) {
      const load = { name, nodes: 50, spawnRate: 50, durationSeconds: options.earlierSeconds, pacingSeconds: 1 };
      const text = JSON.stringify(soakScenario(backend.url, load));
      const { record } = await browser.call('runs.start', { text, path: null, shards: options.shards, seed: 1 });
      await runEnd(browser);
      ids.push(record.id);
    }
    const [first = 0, second = 0] = ids;
    for (const format of EXPORT_FORMATS) await fetchExport(browser, app.link, second, format);
    await browser.call('runs.compare', { a: first, b: second });
    await browser.call('runs.list', {});
    browser.close();
    return second;
  }

  private async followPlan(disturbances: Disturbances, began: number): Promise<void> {
    const { seconds, nodes, spawnRate, seed, shards, roundSeconds } = this.options;
    const fromSeconds = nodes / spawnRate + 1;
    const plan = planSoak({ seed, fromSeconds, toSeconds: seconds - CALM_END_SECONDS, shards, roundSeconds });
    for (const { atSeconds, happening } of plan) {
      // A store that begins anew takes a while until its memory says something: most of the run is one life of it.
      if (happening.kind === 'kill-store' && atSeconds > seconds * 0.2 && this.happened['kill-store']) continue;
      const waitMs = began + atSeconds * 1000 - Date.now();
      if (waitMs > 0) await sleep(waitMs);
      if (happening.kind === 'rest') await this.rest(happening.seconds * 1000);
      else await this.carryOut(disturbances, happening, (Date.now() - began) / 1000);
    }
  }

  private async rest(ms: number): Promise<void> {
    await sleep(ms * SETTLING_SHARE);
    const from = Date.now();
    await sleep(ms * (1 - SETTLING_SHARE));
    this.rests.push({ from, to: Date.now() });
  }

  private async carryOut(disturbances: Disturbances, happening: Disturbance, atSeconds: number): Promise<void> {
    const { kind, ...details } = happening;
    const name = kind === 'backend' ? happening.fault : kind;
    this.setting.say(`${atSeconds.toFixed(0).padStart(6)} s  ${kind} ${Object.values(details).map(short).join(' ')}`);
    try {
      await disturbances.carryOut(happening);
      this.happened[name] = (this.happened[name] ?? 0) + 1;
    } catch (error) {
      this.troubles.push(`${name} at ${atSeconds.toFixed(0)} s: ${errorMessage(error)}`);
    }
  }

  private keepLooking(began: number): () => void {
    const look = () => {
      this.watch.look();
      const bytes = databaseBytes(this.app.databaseFile);
      if (bytes !== null) this.sizes.push({ x: (Date.now() - began) / 1000, y: bytes });
    };
    const timer = setInterval(look, this.options.lookSeconds * 1000);
    return () => clearInterval(timer);
  }

  /** The most nodes that were reported around a moment: the reports of a second come after it. */
  private mostNodesAbout(at: number): number {
    return this.nodes.reduce((most, report) => (Math.abs(report.at - at) < 30_000 ? Math.max(most, report.nodes) : most), 0);
  }

  /** Descriptors of host and store with no run on and no browser there, once they are what is expected, or do not change any more. */
  private async idleDescriptors(expected: Map<string, Descriptors> | null): Promise<Map<string, Descriptors>> {
    const read = () => {
      const processes = this.watch.processes();
      return new Map(['host', 'store'].map((part) => [part, descriptorsOf(processes.get(part) ?? 0)]));
    };
    const text = (of: Map<string, Descriptors>) => [...of.values()].map(kindsText).join();
    const giveUpMs = performance.now() + this.options.idleWithinSeconds * 1000;
    let same = 0;
    let found = read();
    while (performance.now() < giveUpMs) {
      await sleep(500);
      const now = read();
      same = text(now) === text(found) ? same + 1 : 0;
      found = now;
      // The server lets go of an idle connection after 5 s.
      if (expected ? isBack(found, expected) : same >= 12) break;
    }
    return found;
  }
}

/** Nothing is open that was not before. */
function isBack(found: Map<string, Descriptors>, before: Map<string, Descriptors>): boolean {
  return [...found].every(([part, descriptors]) => !hasMore(before.get(part) ?? {}, descriptors));
}

/** Resolves when no run is on any more. */
async function runEnd(browser: Browser): Promise<void> {
  while ((await browser.call('runs.current', {}))?.running) await sleep(250);
}

function comparisonLine(what: string, { compared, different }: Comparison): SoakLine {
  const figure =
    different.length === 0 ? `${compared} equal` : `${different.length} or more differ: ${different.slice(0, 3).join('; ')}`;
  return lineOf(what, figure, 'all equal', different.length === 0 && compared > 0);
}

function short(value: unknown): string {
  return typeof value === 'number' ? String(Number(value.toFixed(2))) : String(value);
}
