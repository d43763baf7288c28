import { expect, it } from 'vitest';
import { soakOptions } from '../soak/soak-options';
import { conductSoak } from '../soak/soak-run';

/** What a busy machine cannot disturb: all but growth, which takes hours to tell. */
const SECONDS = 14;

it('every fault in a few seconds: all is accounted for, charts are what was told, nothing is left open', async () => {
  const said: string[] = [];
  const options = soakOptions(SECONDS / 60, {
    ...{ nodes: 40, pacingSeconds: 0.5, spawnRate: 40, roundSeconds: 8, lookSeconds: 1, warmUpSeconds: 2, earlierSeconds: 1.5 },
  });
  const { lines, happened, backend } = await conductSoak(options, { say: (line) => said.push(line) });
  const judged = lines.filter(({ what }) => !/^memory|^database: (growth|bytes)/.test(what));
  expect(
    judged.filter(({ verdict }) => verdict !== 'ok'),
    said.join('\n'),
  ).toEqual([]);
  expect(happened).toEqual({
    ...{ refuse: 1, reset: 1, 'error 503': 1, slow: 1, malformed: 1, never: 1 },
    ...{ 'kill-store': 1, 'stop-shard': 1, edit: 1, export: 1, compare: 1, 'read-charts': 1, visit: 1 },
  });
  for (const fault of ['reset', 'answered503', 'slow', 'malformed', 'never'] as const) {
    expect(
      Object.values(backend).reduce((sum, counts) => sum + counts[fault], 0),
      fault,
    ).toBeGreaterThan(0);
  }
}, 180_000);
