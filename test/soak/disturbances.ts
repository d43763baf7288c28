import { setTimeout as sleep } from 'node:timers/promises';
import type { RouteOutput } from '../../src/shared/api/routes';
import { type ExportFormat, RUN_EXPORTS } from '../../src/shared/api/run-exports';
import type { SecondView } from '../../src/shared/api/types';
import { heatColumns } from '../support/heat-columns';
import { Browser } from './browser';
import type { ProcessWatch } from './process-watch';
import { addComparison, type Comparison, type SecondWitness } from './second-witness';
import type { BackendFault, PathCounts } from './server/backend-fault';
import type { BackendProcess } from './server/backend-process';
import type { Happening } from './soak-plan';

export const EXPORT_FORMATS: readonly ExportFormat[] = RUN_EXPORTS.map(({ format }) => format);

/** Of a run that has lasted long only its newest seconds are compared while it is on. */
const COMPARED_SECONDS = 300;
/** A fault that met no request stays on up to this long, ms. */
const MOST_WAIT_MS = 20_000;

const COUNT_OF: Record<Exclude<BackendFault, 'refuse'>, keyof PathCounts> = {
  reset: 'reset',
  'error 503': 'answered503',
  slow: 'slow',
  malformed: 'malformed',
  never: 'never',
};

/** What is done to the app or its backend. */
export type Disturbance = Exclude<Happening, { kind: 'rest' }>;

/** What a soak works on. */
export interface SoakParts {
  link: string;
  browser: Browser;
  backend: BackendProcess;
  watch: ProcessWatch;
  witness: SecondWitness;
  runId: number;
  /** A run to compare with. */
  earlierRunId: number;
  nodes: number;
  spawnRate: number;
  seriesCount: number;
}

/** Fetches an export as a browser does. Rejects when there is nothing in it. */
export async function fetchExport(browser: Browser, link: string, runId: number, format: ExportFormat): Promise<void> {
  const files = await browser.call('runs.export', { id: runId, format });
  if (!files || files.downloads.length === 0) throw new Error(`the export as ${format} has no file`);
  for (const { name, url } of files.downloads) {
    const answer = await fetch(new URL(url, link), { headers: { authorization: browser.authorization } });
    if (answer.status !== 200 || (await answer.text()) === '') throw new Error(`${name} of the export as ${format} is empty`);
  }
}

/** Does to the app and its backend what the plan says. */
export class Disturbances {
  /** Charts, and what a second browser heard, held against the events, while the run was on. */
  readonly charts: Comparison = { compared: 0, different: [] };
  readonly heard: Comparison = { compared: 0, different: [] };
  storesKilled = 0;
  private exports = 0;

  constructor(private readonly parts: SoakParts) {}

  carryOut(happening: Disturbance): Promise<void> {
    switch (happening.kind) {
      case 'backend':
        return this.breakBackend(happening.fault, happening.share, happening.seconds);
      case 'kill-store':
        return this.killStore();
      case 'stop-shard':
        return this.stopShard(happening.shard, happening.seconds);
      case 'edit':
        return this.edit(happening.share, happening.seconds);
      case 'export':
        return this.export();
      case 'compare':
        return this.compare();
      case 'read-charts':
        return this.readCharts();
      case 'visit':
        return this.visit(happening.seconds, happening.politely);
    }
  }

  /** The charts of all series and the heat map, held against the events. */
  async readCharts(): Promise<void> {
    const { browser, witness, runId, seriesCount } = this.parts;
    for (let line = 0; line <= seriesCount; line++) {
      const course = await browser.call('runs.course', { id: runId, series: line === 0 ? null : line - 1 });
      addComparison(this.charts, witness.compareCourse(line, course));
    }
    const heat: RouteOutput<'runs.heat'> = await browser.call('runs.heat', { id: runId, series: null });
    addComparison(this.charts, witness.compareHeat(heatColumns(heat)));
  }

  private async breakBackend(fault: BackendFault, share: number, seconds: number): Promise<void> {
    const { backend } = this.parts;
    const before = await this.hits(fault);
    backend.setFault(fault, share);
    await sleep(seconds * 1000);
    const giveUpMs = performance.now() + MOST_WAIT_MS;
    // A machine that is busy may not have sent anything meanwhile.
    while (fault !== 'refuse' && (await this.hits(fault)) === before && performance.now() < giveUpMs) await sleep(50);
    backend.setFault(null);
  }

  private async hits(fault: BackendFault): Promise<number> {
    if (fault === 'refuse') return 0;
    const counts = await this.parts.backend.counts();
    return Object.values(counts).reduce((sum, path) => sum + path[COUNT_OF[fault]], 0);
  }

  private async killStore(): Promise<void> {
    const pid = this.parts.watch.processes().get('store');
    if (pid === undefined) throw new Error('the process of the history was not found');
    process.kill(pid, 'SIGKILL');
    this.storesKilled++;
  }

  private async stopShard(shard: number, seconds: number): Promise<void> {
    const pid = this.parts.watch.processes().get(`shard ${shard}`);
    if (pid === undefined) throw new Error(`shard ${shard} was not found`);
    process.kill(pid, 'SIGSTOP');
    await sleep(seconds * 1000);
    process.kill(pid, 'SIGCONT');
  }

  private async edit(share: number, seconds: number): Promise<void> {
    const { browser, nodes, spawnRate } = this.parts;
    await browser.call('runs.edit', { nodes: Math.max(1, Math.round(nodes * share)), spawnRate });
    await sleep(seconds * 1000);
    await browser.call('runs.edit', { nodes, spawnRate });
  }

  private async export(): Promise<void> {
    const format = EXPORT_FORMATS[this.exports++ % EXPORT_FORMATS.length] as ExportFormat;
    await fetchExport(this.parts.browser, this.parts.link, this.parts.runId, format);
  }

  private async compare(): Promise<void> {
    const { browser, earlierRunId, runId, witness } = this.parts;
    const to = Math.max(1, witness.seconds.length);
    const windowB = { from: Math.max(0, to - COMPARED_SECONDS), to };
    const { a, b } = await browser.call('runs.compare', { a: earlierRunId, b: runId, windowB });
    if (a.id !== earlierRunId || b.id !== runId) throw new Error('other runs were compared than those asked for');
  }

  private async visit(seconds: number, politely: boolean): Promise<void> {
    const { link, runId, witness } = this.parts;
    const visitor = new Browser(link);
    const heard: SecondView[] = [];
    visitor.on('run.second', ({ runId: of, second }) => {
      if (of === runId) heard.push(second);
    });
    try {
      await visitor.call('runs.current', {});
      await this.hearOne(heard, seconds / 2);
      // It comes back by itself.
      if (!politely) visitor.cut();
      await this.hearOne(heard, seconds / 2);
    } finally {
      if (!politely) visitor.cut();
      visitor.close();
    }
    // What it heard last may not have arrived at the other one yet.
    await this.hearOne(witness.seconds, 0);
    addComparison(this.heard, witness.compareHeard(heard));
  }

  /** Waits so long, and until one more has come, unless that takes too long. */
  private async hearOne(heard: ArrayLike<unknown>, seconds: number): Promise<void> {
    const before = heard.length;
    const giveUpMs = performance.now() + MOST_WAIT_MS;
    await sleep(seconds * 1000);
    while (heard.length === before && performance.now() < giveUpMs) await sleep(50);
  }
}
