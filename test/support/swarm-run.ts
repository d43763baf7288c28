import { builtEntries } from '../../src/main/process/build-entries';
import { NodeProcessHost } from '../../src/main/process/node-host';
import type { LiveRun, RunRequest } from '../../src/main/runs/run';
import { RunController } from '../../src/main/runs/run-controller';
import type { RunStore } from '../../src/main/store/run-store';
import { parseScenario } from '../../src/shared/scenario/parse';
import type { Scenario, ScenarioDocument } from '../../src/shared/scenario/schema';
import type { RunSecond } from '../../src/shared/stats/frame';
import { buildReport, type RunReport } from '../../src/shared/stats/report';
import type { RunData } from '../../src/shared/stats/run';

/** A finished run, with every second it had. */
export interface FinishedRun {
  data: RunData;
  report: RunReport;
  seconds: RunSecond[];
}

/** The scenario of a document that must be right. */
export function scenarioOf(document: ScenarioDocument): Scenario {
  const result = parseScenario(document);
  if (!result.ok) throw new Error(result.problems.map(({ path, message }) => `${path}: ${message}`).join('\n'));
  return result.scenario;
}

/** Starts a run with shards in child processes of their own, as the command line does. */
export async function startRun(
  document: ScenarioDocument,
  request: Partial<RunRequest> = {},
  store: RunStore | null = null,
): Promise<{ run: LiveRun; seconds: RunSecond[] }> {
  const controller = new RunController({ host: new NodeProcessHost(builtEntries()), store });
  const run = await controller.start({
    scenario: scenarioOf(document),
    folder: import.meta.dirname,
    shards: 1,
    seed: 1,
    ...request,
  });
  const seconds: RunSecond[] = [];
  run.on('second', (second) => seconds.push(second));
  return { run, seconds };
}

/** Carries out a run to its end. */
export async function finishedRun(
  document: ScenarioDocument,
  request: Partial<RunRequest> = {},
  store: RunStore | null = null,
): Promise<FinishedRun> {
  const { run, seconds } = await startRun(document, request, store);
  const data = await run.done;
  return { data, report: buildReport(data), seconds };
}

/** A small scenario: one node type that sends the given steps as its only task. */
export function smallScenario(
  baseUrl: string,
  rest: Partial<ScenarioDocument> & Pick<ScenarioDocument, 'nodeTypes'>,
): ScenarioDocument {
  return {
    nodeswarm: 1,
    name: 'test',
    target: { baseUrl },
    load: { nodes: 10, spawnRate: 10, durationSeconds: 3 },
    ...rest,
  };
}
