import { randomInt } from 'node:crypto';
import { availableParallelism, hostname } from 'node:os';
import { peakNodes, planLoad } from '../../shared/scenario/load';
import { parseScenario } from '../../shared/scenario/parse';
import { formatProblems } from '../../shared/scenario/problem';
import type { Scenario } from '../../shared/scenario/schema';
import { serializeScenario } from '../../shared/scenario/serialize';
import { withoutCredentials } from '../../shared/scenario/without-credentials';
import type { RunRecord } from '../../shared/stats/run';
import type { ProcessHost } from '../process/process-host';
import type { RunStore } from '../store/run-store';
import type { ShardPlan } from '../swarm/messages';
import { ConductedRun } from './conducted-run';
import { describeMachine, describeVersions, hashScenario } from './machine';
import { checkLimits, readMachineLimits } from './machine-limits';
import { type ResolveHost, requirePermission } from './permission';
import { gatherMaterials } from './preparation';
import { type LiveRun, type LoadOverrides, RunRefused, type RunRequest, RunRequestWrong } from './run';
import { ShardGroup } from './shard-group';

/** Starts runs, for every host alike: the desktop app, the browser host and the command line. */
export class RunController {
  constructor(private readonly options: { host: ProcessHost; store: RunStore | null; resolveHost?: ResolveHost }) {}

  /**
   * Starts a run: resolves once every shard has its plan and the clock runs. Rejects with `RunRefused` when it cannot be
   * carried out as asked, `ConfirmationRequired` among others; nothing was sent and nothing is stored then. Rejects with `StoreError` when it cannot be kept.
   */
  async start(request: RunRequest): Promise<LiveRun> {
    const scenario = checked(applyOverrides(request.scenario, request.overrides ?? {}));
    const mayTest = [...(request.mayTest ?? [])];
    await requirePermission(scenario, mayTest, this.options.resolveHost);
    const load = planLoad(scenario.load);
    const nodes = peakNodes(load.segments);
    const shards = shardCount(request.shards, nodes);
    const seed = request.seed ?? randomInt(2 ** 31);
    const stopTimeoutSeconds = request.stopTimeoutSeconds ?? scenario.load.stopTimeoutSeconds;
    const { connection, poolSize, localAddresses } = scenario.target;
    const sockets = connection === 'shared' ? Math.max(poolSize, shards) : nodes;
    const shortage = checkLimits(sockets, shards, localAddresses.length, await readMachineLimits());
    if (shortage) throw new RunRefused(shortage);
    const access = { folder: request.folder, allowed: request.allowedFiles ?? [request.folder] };
    const materials = await gatherMaterials(scenario, access, request.secret ?? ((name) => process.env[name]));
    const plan: Omit<ShardPlan, 'shard'> = {
      scenario,
      seed,
      shardCount: shards,
      load: load.segments,
      durationSeconds: load.durationSeconds,
      stopTimeoutSeconds,
      maxRequestsPerSecond: request.maxRequestsPerSecond ?? null,
      mayTest,
      ...materials,
    };
    const group = await ShardGroup.start(this.options.host, plan);
    // What is kept of the run, and shown: the shards have the whole.
    const keptScenario = withoutCredentials(scenario);
    const record: RunRecord = {
      id: 0,
      name: request.name ?? scenario.name,
      note: '',
      status: 'running',
      degraded: false,
      statusReason: '',
      baseline: false,
      startedAt: Date.now(),
      endedAt: null,
      scenario: keptScenario,
      scenarioHash: hashScenario(keptScenario),
      options: {
        nodes,
        spawnRate: scenario.load.stages ? null : (scenario.load.spawnRate ?? null),
        durationSeconds: load.durationSeconds,
        host: scenario.target.baseUrl,
        shards,
        seed,
        stopTimeoutSeconds,
        ...(request.maxRequestsPerSecond === undefined ? {} : { maxRequestsPerSecond: request.maxRequestsPerSecond }),
      },
      versions: describeVersions(),
      machine: describeMachine(),
    };
    try {
      if (this.options.store) {
        record.id = await this.options.store.createRun({ ...record, owner: { hostname: hostname(), pid: process.pid } });
      }
    } catch (error) {
      group.kill();
      throw error;
    }
    const run = new ConductedRun(record, load, group, this.options.store);
    run.begin();
    return run;
  }
}

/** The rules hold for the scenario as it will be run, too: what a user sets for one run may break them. */
function checked(scenario: Scenario): Scenario {
  const result = parseScenario(serializeScenario(scenario));
  if (!result.ok)
    throw new RunRequestWrong(`the run cannot be carried out with these settings: ${formatProblems(result.problems, 3)}`);
  return result.scenario;
}

/** The scenario as it will be run, and kept: with what the user set for this run. */
function applyOverrides(scenario: Scenario, overrides: LoadOverrides): Scenario {
  const { nodes, spawnRate, durationSeconds, stages, host } = overrides;
  const target = host === undefined ? scenario.target : { ...scenario.target, baseUrl: host };
  if (stages) {
    if (nodes !== undefined || spawnRate !== undefined || durationSeconds !== undefined) {
      throw new RunRequestWrong('stages say how many nodes there are and for how long: leave out nodes, spawn rate and duration');
    }
    return { ...scenario, target, load: { stages, stopTimeoutSeconds: scenario.load.stopTimeoutSeconds } };
  }
  if (nodes === undefined && spawnRate === undefined && durationSeconds === undefined) return { ...scenario, target };
  const { load } = scenario;
  if (load.stages && (nodes === undefined || spawnRate === undefined)) {
    throw new RunRequestWrong('the scenario has stages: give both nodes and spawn rate to run it without them');
  }
  return {
    ...scenario,
    target,
    load: {
      nodes: nodes ?? load.nodes,
      spawnRate: spawnRate ?? load.spawnRate,
      durationSeconds: durationSeconds === undefined ? load.durationSeconds : (durationSeconds ?? undefined),
      stopTimeoutSeconds: load.stopTimeoutSeconds,
    },
  };
}

function shardCount(asked: number | undefined, nodes: number): number {
  if (asked !== undefined && (!Number.isInteger(asked) || asked < 1 || asked > 256)) {
    throw new RunRequestWrong(`the number of shards must be a whole number from 1 to 256, not ${asked}`);
  }
  return Math.max(1, Math.min(asked ?? availableParallelism() - 1, nodes));
}
