import { readFileSync } from 'node:fs';
import { builtEntries } from '../../../src/main/process/build-entries';
import { NodeProcessHost } from '../../../src/main/process/node-host';
import { RunController } from '../../../src/main/runs/run-controller';
import { parseScenario } from '../../../src/shared/scenario/parse';
import { formatProblems } from '../../../src/shared/scenario/problem';
import { Histogram } from '../../../src/shared/stats/histogram';
import { buildReport } from '../../../src/shared/stats/report';
import { percentileMs } from '../../../src/shared/stats/summary';
import type { SwarmJob, SwarmOutcome, SwarmSecond } from './swarm-outcome';

/*
 * A program of the bench: carries out one run as the command line does (a process that merges, shards of the build in processes of their own) and
 * prints what came of it as JSON. It stands for the command line, which does not say what the bench asks for: lag of the steady phase, seconds.
 */

const job = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as SwarmJob;
const parsed = parseScenario(job.document);
if (!parsed.ok) throw new Error(`the scenario of the bench is wrong: ${formatProblems(parsed.problems, 5)}`);

const controller = new RunController({ host: new NodeProcessHost(builtEntries()), store: null });
const run = await controller.start({ scenario: parsed.scenario, folder: import.meta.dirname, shards: job.shards, seed: 1 });
const steadyLag = new Histogram();
const seconds: SwarmSecond[] = [];
run.on('second', ({ second, phase, lengthSeconds, series, health, shards, nodes }) => {
  if (phase === 'steady') steadyLag.add(health.scheduleLag);
  seconds.push({
    second,
    phase,
    lengthSeconds,
    nodes,
    requests: series.reduce((sum, { completed, failed }) => sum + completed + failed, 0),
    valid: health.valid,
    rssBytes: shards.reduce((sum, shard) => sum + shard.health.rssBytes, 0),
    cpuMs: shards.reduce((sum, shard) => sum + shard.health.cpuMs, 0),
    openSockets: shards.reduce((sum, shard) => sum + shard.health.openSockets, 0),
  });
});
const data = await run.done;
const report = buildReport(data);
const outcome: SwarmOutcome = {
  status: `${report.run.status}${report.run.statusReason === '' ? '' : `: ${report.run.statusReason}`}`,
  accounting: report.accounting,
  failures: report.failures.slice(0, 3).map(({ error, occurrences }) => `${occurrences} x ${error}`),
  steadyRequestsPerSecond: report.steady?.total.rps ?? 0,
  steadyLagMs: { p50: percentileMs(steadyLag, 50), p99: percentileMs(steadyLag, 99), max: percentileMs(steadyLag, 100) },
  steadyMissed: report.steady?.total.missed ?? 0,
  responseFromScheduleMaxMs: percentileMs(data.totals.select(null).responseFromSchedule, 100),
  utilizationMean: report.generator.eventLoopUtilization.mean,
  invalidSeconds: report.generator.invalidSeconds,
  shardRssBytesMax: report.generator.shards.map(({ rssBytesMax }) => rssBytesMax),
  seconds,
};
process.stdout.write(JSON.stringify(outcome));
