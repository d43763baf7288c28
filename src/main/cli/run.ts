import { listSeries, seriesIdentity } from '../../shared/scenario/series';
import type { RunSecond } from '../../shared/stats/frame';
import { buildReport } from '../../shared/stats/report';
import type { RunData } from '../../shared/stats/run';
import { builtEntries } from '../process/build-entries';
import { NodeProcessHost } from '../process/node-host';
import { FilesNotAllowed } from '../runs/file-access';
import type { LiveRun, RunRequest } from '../runs/run';
import { RunController } from '../runs/run-controller';
import type { RunStore } from '../store/run-store';
import { StoreClient } from '../store/store-client';
import { storedSeconds } from '../store/stored-seconds';
import type { CommandIo, OutputStream } from './command-io';
import { printable } from './display-text';
import { EXIT, impossible, usageError } from './exit-code';
import { allowedFiles, notAllowed } from './file-options';
import { LiveView } from './live-view';
import { countOf, countText, durationText } from './number-text';
import { databaseFile } from './open-history';
import { outputWidth } from './output-width';
import { PlainView } from './plain-view';
import { type ReportTarget, reportTargets } from './report-targets';
import { checkRequirements, type Requirement, unmetRequirements } from './requirement';
import { type RunOptionValues, readRunOptions } from './run-options';
import type { RunView } from './run-view';
import { openScenario } from './scenario-file';
import { inOrder } from './seconds-in-order';
import { SilentView } from './silent-view';
import { styleFor } from './style';
import { summaryLines } from './summary-text';
import { consentOnTerminal } from './test-consent';
import { warningLines } from './validate';
import { type WrittenReports, writeReports } from './write-reports';

/** `nodeswarm run SCENARIO`: runs a scenario, shows it, keeps it, writes it down. Returns the exit code. */
export async function run(name: string, values: RunOptionValues, io: CommandIo): Promise<number> {
  const options = readRunOptions(values);
  const { scenario, folder, warnings } = await openScenario(name, io.folder);
  const { overrides } = options;
  if (scenario.load.stages && !overrides.stages && (overrides.nodes === undefined) !== (overrides.spawnRate === undefined)) {
    throw usageError('the scenario has stages: give both -u and -r to run it without them, or other --stages');
  }
  checkRequirements(options.requirements, listSeries(scenario).map(seriesIdentity));
  const targets = await reportTargets(values, io.folder);
  if (!options.quiet) for (const line of warningLines(warnings)) io.stderr.write(`${line}\n`);

  const target = overrides.host === undefined ? scenario.target : { ...scenario.target, baseUrl: overrides.host };
  const mayTest = await consentOnTerminal({ ...scenario, target }, options.mayTest, io);
  const host = new NodeProcessHost(builtEntries());
  const file = databaseFile(values.db, io);
  const screen = screenFor(targets, io);
  const view = viewFor(values, screen, io);
  const store = options.keep ? new StoreClient(host, file, (line) => view.note('warn', `history: ${printable(line)}`)) : null;
  try {
    // A database that cannot be used is found before the first request is sent.
    await store?.lastRunId();
    const request: RunRequest = {
      ...options.request,
      scenario,
      folder,
      allowedFiles: allowedFiles(folder, values, io),
      overrides,
      mayTest,
      secret: (secret) => io.env[secret],
    };
    const session = new RunSession({
      io,
      values,
      exitCodeOnFailure: options.exitCodeOnFailure,
      requirements: options.requirements,
      targets,
      store,
      file,
      screen,
      view,
    });
    return await session.conduct(new RunController({ host, store }), request);
  } finally {
    await store?.close();
  }
}

/** Where tables go: with the JSON on stdout, nothing else may be there. */
function screenFor(targets: readonly ReportTarget[], io: CommandIo): OutputStream {
  return targets.some(({ path }) => path === null) ? io.stderr : io.stdout;
}

function viewFor(values: RunOptionValues, screen: OutputStream, io: CommandIo): RunView {
  if (values.quiet || values.onlySummary) return new SilentView(io.stderr);
  const canRedraw = screen.isTTY && Boolean(screen.columns) && io.env.TERM !== 'dumb';
  if (canRedraw) return new LiveView(screen, io.stderr, styleFor(screen, io.env));
  return new PlainView(screen, io.stderr);
}

interface SessionSetup {
  io: CommandIo;
  values: RunOptionValues;
  exitCodeOnFailure: number;
  /** Where there are any, they say how many failures are too many. */
  requirements: readonly Requirement[];
  targets: readonly ReportTarget[];
  /** null when nothing is kept. */
  store: RunStore | null;
  /** The database. */
  file: string;
  screen: OutputStream;
  view: RunView;
}

/** One run from its start to its exit code. */
class RunSession {
  /** Seconds in memory, where a report needs them and no store keeps them. */
  private readonly seconds: RunSecond[] = [];
  private live: LiveRun | null = null;
  private interrupts = 0;
  private over = false;
  private giveUp: () => void = () => {};

  constructor(private readonly setup: SessionSetup) {}

  async conduct(controller: RunController, request: RunRequest): Promise<number> {
    const givenUp = new Promise<null>((resolve) => {
      this.giveUp = () => resolve(null);
    });
    const release = this.setup.io.onInterrupt(() => this.interrupt());
    try {
      const live = await Promise.race([this.start(controller, request), givenUp]);
      if (!live) return EXIT.interrupted;
      this.begin(live);
      const data = await live.done;
      this.over = true;
      this.setup.view.stop();
      const written = await this.writeDown(data);
      this.summarize(data, written);
      return this.exitCode(data, written);
    } finally {
      this.setup.view.stop();
      release();
    }
  }

  /** null: interrupted before it had begun. The interrupt may have ended a shard that was not yet prepared for it. */
  private async start(controller: RunController, request: RunRequest): Promise<LiveRun | null> {
    try {
      return await controller.start(request);
    } catch (error) {
      if (this.interrupts > 0) return null;
      throw error instanceof FilesNotAllowed ? notAllowed(error) : error;
    }
  }

  private begin(live: LiveRun): void {
    this.live = live;
    const { view, store, targets } = this.setup;
    live.on('log', ({ level, text }) => view.note(level, printable(text)));
    const needsSeconds = targets.some(({ format }) => format.id !== 'json');
    if (!store && needsSeconds) live.on('second', (second) => this.seconds.push(second));
    const { id, name, options } = live.record;
    const { nodes, spawnRate, durationSeconds, host, shards, seed } = options;
    const load = `${countOf(nodes, 'node')}${spawnRate === null ? '' : ` at ${spawnRate}/s`}`;
    const length = durationSeconds === null ? 'until stopped (Ctrl-C)' : `for ${durationText(durationSeconds)}`;
    const title = id > 0 ? `Run ${id}, ${printable(name)}` : printable(name);
    view.note('info', `${title}: ${load} ${length} against ${printable(host)}, ${countOf(shards, 'shard')}, seed ${seed}`);
    view.start(live);
    if (this.interrupts > 0) live.stop();
  }

  /** The first time gracefully, the second time at once; before the run has begun it is given up. */
  private interrupt(): void {
    if (this.over) return;
    this.interrupts++;
    if (!this.live) {
      if (this.interrupts > 1) this.giveUp();
      return;
    }
    this.live.stop();
  }

  private async writeDown(data: RunData): Promise<WrittenReports> {
    const { store, values, targets, io, view } = this.setup;
    const unstored = this.live?.unstoredSeconds ?? [];
    const seconds = () => (store ? inOrder(storedSeconds(store, data), unstored) : this.seconds);
    const written = await writeReports(targets, data, seconds, {
      fullHistory: values.csvFullHistory ?? false,
      stdout: io.stdout,
    });
    for (const problem of written.problems) view.note('error', problem);
    return written;
  }

  private summarize(data: RunData, { files }: WrittenReports): void {
    const { values, store, file, screen, io } = this.setup;
    if (values.quiet) return;
    const results: [string, string][] = [];
    if (store) {
      const db = values.db === undefined ? '' : ` --db ${quoted(values.db)}`;
      results.push(['History', `run ${data.run.id} in ${file} (nodeswarm show ${data.run.id}${db})`]);
    }
    for (const written of files) results.push([this.labelOf(written), written]);
    const lines = summaryLines(data, { width: outputWidth(screen), style: styleFor(screen, io.env), results });
    screen.write(`${lines.join('\n')}\n`);
  }

  private labelOf(file: string): string {
    return this.setup.targets.find(({ files }) => files.includes(file))?.format.id.toUpperCase() ?? 'File';
  }

  private exitCode(data: RunData, { problems }: WrittenReports): number {
    const { status, statusReason } = data.run;
    if (status === 'failed') throw impossible(`the run failed: ${printable(statusReason) || 'see above'}`);
    if (problems.length > 0) return EXIT.impossible;
    if (this.interrupts > 0) return EXIT.interrupted;
    const troubles = this.troubles(data);
    for (const trouble of troubles) this.setup.io.stderr.write(`nodeswarm: ${printable(trouble)}.\n`);
    return troubles.length > 0 ? this.setup.exitCodeOnFailure : EXIT.fine;
  }

  /** Why the run is not fine, each reason a sentence without its full stop. */
  private troubles(data: RunData): string[] {
    const { requirements } = this.setup;
    const { completed, failed } = data.totals.select(null);
    const exceptions = data.exceptions.reduce((sum, { count }) => sum + count, 0);
    return [
      ...(data.run.degraded ? ['a part of the load was lost'] : []),
      ...(exceptions > 0 ? [`${countOf(exceptions, 'exception')} occurred`] : []),
      ...(failed > 0 && requirements.length === 0
        ? [`${countText(failed)} of ${countOf(completed + failed, 'request')} failed`]
        : []),
      ...unmetRequirements(requirements, buildReport(data)),
    ];
  }
}

/** A file name as it is typed into a shell. */
function quoted(file: string): string {
  return /^[\w./\\:-]+$/.test(file) ? file : `"${file}"`;
}
