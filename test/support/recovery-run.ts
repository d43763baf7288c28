import type { LiveRun } from '../../src/main/runs/run';
import { RunController } from '../../src/main/runs/run-controller';
import type { RunStore } from '../../src/main/store/run-store';
import { shardMain } from '../../src/main/swarm/shard-main';
import type { ScenarioDocument } from '../../src/shared/scenario/schema';
import type { RunEvent } from '../../src/shared/stats/frame';
import { InMemoryProcessHost } from './in-memory-host';
import { scenarioOf } from './swarm-run';

/** Starts ten nodes that send four times a second each, until they are stopped. */
export function startRecoveryRun(target: ScenarioDocument['target'], store: RunStore | null = null): Promise<LiveRun> {
  const controller = new RunController({ host: new InMemoryProcessHost({ shard: shardMain }), store });
  return controller.start({
    scenario: scenarioOf({
      nodeswarm: 1,
      name: 'recovery',
      target,
      load: { nodes: 10, spawnRate: 100 },
      nodeTypes: [
        {
          name: 'node',
          wait: { kind: 'pacing', seconds: 0.25 },
          tasks: [{ name: 'send', steps: [{ request: { method: 'POST', path: '/data', body: { kind: 'text', text: 'x' } } }] }],
        },
      ],
    }),
    folder: import.meta.dirname,
    shards: 1,
    seed: 1,
  });
}

/** Resolves when so many more seconds of the run are over. */
export function secondsOver(run: LiveRun, count: number): Promise<void> {
  return new Promise((resolve) => {
    let left = count;
    run.on('second', () => {
      if (--left === 0) resolve();
    });
  });
}

/** Resolves with the event that says that the backend answers again. */
export function recovered(run: LiveRun): Promise<RunEvent> {
  return new Promise((resolve) => {
    run.on('event', (event) => {
      if (event.kind === 'recovered') resolve(event);
    });
  });
}
