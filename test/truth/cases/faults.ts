import { setTimeout as sleep } from 'node:timers/promises';
import type { ScenarioDocument } from '../../../src/shared/scenario/schema';
import { bounded, type Check, exactly, type TruthCase } from '../checks';
import { finished, type Laboratory, type MeasuredRun, type TruthServerHandle, type WatchedRun } from '../laboratory';
import type { Behaviour, Deed } from '../server/behaviour';
import type { LoggedRequest } from '../server/request-log';

const RATE = 200;
const NODES = 20;
const SECONDS = 10;

interface Fault {
  name: string;
  behaviour: Behaviour;
  shards?: number;
  stopTimeoutSeconds?: number;
  /** What is done while the run is on. */
  during?: (watched: WatchedRun, server: TruthServerHandle) => Promise<void>;
  judge: (run: MeasuredRun, log: LoggedRequest[]) => Check[];
}

const prompt: Behaviour = { kind: 'delay', distribution: { kind: 'constant', ms: 5 } };

const FAULTS: Fault[] = [
  {
    name: 'mixed',
    behaviour: {
      kind: 'faults',
      deeds: ['answer', 'error 503', 'answer', 'reset', 'answer', 'close', 'garbage', 'never'],
      ms: 2,
    },
    judge: (run, log) => {
      const did = (deed: Deed) => log.filter((request) => request.deed === deed).length;
      const failed = failuresOf(run);
      const { started, completed } = run.report.accounting;
      const { resent } = run.data.totals.select(null);
      return [
        exactly('mixed: seen by the server = started + resent', log.length, started + resent),
        exactly('mixed: answered = completed', did('answer'), completed),
        exactly('mixed: 503', did('error 503'), failed('HTTP 503')),
        exactly('mixed: garbage', did('garbage'), failed('MalformedResponse')),
        exactly('mixed: never answered', did('never'), failed('ResponseTimeout')),
        exactly('mixed: reset and closed = failed + resent', did('reset') + did('close'), failed('ConnectionReset') + resent),
      ];
    },
  },
  {
    name: 'refused',
    behaviour: prompt,
    during: async (_watched, server) => {
      await sleep(3000);
      server.refuse(true);
      await sleep(3000);
      server.refuse(false);
    },
    judge: (run, log) => {
      const failed = failuresOf(run);
      return [
        bounded('refused: failed with ConnectionRefused', failed('ConnectionRefused'), 'at least', RATE * 2, 0),
        bounded('refused: completed, of those answered', run.report.accounting.completed, 'at most', log.length, 0),
        exactly('refused: completed + failed', run.report.accounting.started, run.report.total.requests),
      ];
    },
  },
  {
    name: 'stalled at the stop',
    behaviour: { kind: 'faults', deeds: ['answer', 'answer', 'answer', 'never'], ms: 2 },
    stopTimeoutSeconds: 1,
    judge: (run, log) => [
      exactly('stalled: aborted', log.filter(({ deed }) => deed === 'never').length, run.report.accounting.aborted),
      exactly('stalled: completed', log.filter(({ deed }) => deed === 'answer').length, run.report.accounting.completed),
    ],
  },
  {
    name: 'a shard killed',
    behaviour: prompt,
    shards: 3,
    during: async ({ shards }) => {
      await sleep(4000);
      process.kill(shards[1] ?? 0, 'SIGKILL');
    },
    judge: (run, log) => [
      exactly('killed: the run is degraded', 'true', String(run.data.run.degraded)),
      // A shard reports every 250 ms, and not all of its nodes' last requests were answered.
      bounded(
        'killed: seen by the server beyond those started',
        log.length - run.report.accounting.started,
        'at most',
        (RATE / 3) * 0.5,
        0,
      ),
      bounded('killed: seen by the server beyond those started', log.length - run.report.accounting.started, 'at least', 0, 0),
    ],
  },
  {
    name: 'a shard stopped for 7 s',
    behaviour: prompt,
    shards: 3,
    during: async ({ shards }) => {
      await sleep(1500);
      process.kill(shards[1] ?? 0, 'SIGSTOP');
      await sleep(7000);
      process.kill(shards[1] ?? 0, 'SIGCONT');
    },
    judge: (run, log) => [
      exactly('stopped: seen by the server', log.length, run.report.accounting.started),
      exactly('stopped: completed', log.length, run.report.accounting.completed),
      // 7 s of a third of the fleet, less the ends of a slot.
      bounded('stopped: missed sends', run.report.accounting.missed, 'at least', (RATE / 3) * 6.5, 0),
    ],
  },
];

/** Faults of the server and of the engine's own processes: every request begun is accounted for, and agrees with the server's log. */
export function faultsCase(laboratory: Laboratory): TruthCase {
  return {
    name: 'faults',
    title: 'Accounting under faults',
    run: async () => {
      const checks: Check[] = [];
      // One after the other: five servers that spin on one processor would keep each other waiting until requests time out.
      for (const fault of FAULTS) checks.push(...(await suffer(laboratory, fault)));
      return { checks };
    },
  };
}

async function suffer(laboratory: Laboratory, fault: Fault): Promise<Check[]> {
  const server = await laboratory.serve({ work: fault.behaviour });
  try {
    const { name, shards, stopTimeoutSeconds } = fault;
    const watched = await laboratory.start(documentOf(server.url, name), { shards, stopTimeoutSeconds });
    await fault.during?.(watched, server);
    const run = await finished(watched);
    const { started, completed, failed, aborted } = run.report.accounting;
    return [
      exactly(`${name}: started = completed + failed + aborted`, started, completed + failed + aborted),
      ...fault.judge(run, await server.log()),
    ];
  } finally {
    server.stop();
  }
}

function documentOf(baseUrl: string, name: string): ScenarioDocument {
  return {
    nodeswarm: 1,
    name,
    target: { baseUrl, timeoutMs: name.startsWith('stalled') ? 60_000 : 500 },
    load: { nodes: NODES, spawnRate: NODES, durationSeconds: SECONDS },
    nodeTypes: [
      {
        name: 'node',
        wait: { kind: 'throughput', perSecond: RATE / NODES },
        tasks: [{ name: 'ask', steps: [{ request: { path: '/work/{{node.index}}', name: 'work' } }] }],
      },
    ],
  };
}

/** Failures of a run by the beginning of their name. */
function failuresOf(run: MeasuredRun): (name: string) => number {
  return (name) =>
    run.report.failures.filter(({ error }) => error.startsWith(name)).reduce((sum, { occurrences }) => sum + occurrences, 0);
}
