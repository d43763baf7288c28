import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { soakOptions } from '../soak/soak-options';
import { conductSoak, type SoakSetting } from '../soak/soak-run';

/** Everything happens once, as fast as it can. */
async function shortSoak(setting: Partial<SoakSetting> = {}) {
  const said: string[] = [];
  const options = soakOptions(16 / 60, {
    ...{ nodes: 40, pacingSeconds: 0.5, spawnRate: 40, roundSeconds: 10, lookSeconds: 1, warmUpSeconds: 2, earlierSeconds: 1.5 },
    idleWithinSeconds: setting.alsoLoads ? 10 : 30,
  });
  const result = await conductSoak(options, { say: (line) => said.push(line), ...setting });
  // What a busy machine cannot disturb: all but growth, which takes hours to tell.
  const judged = result.lines.filter(({ what }) => !/^memory|^database: (growth|bytes)/.test(what));
  return { ...result, wrong: judged.filter(({ verdict }) => verdict !== 'ok'), said: said.join('\n') };
}

describe.concurrent('a soak of a few seconds', { timeout: 300_000 }, () => {
  it('with every fault: all is accounted for, charts are what was told, nothing is left open', async () => {
    const { wrong, happened, backend, said } = await shortSoak();
    expect(wrong, said).toEqual([]);
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
  });

  it('finds descriptors and listeners that host and shards leave behind, and nothing else', async () => {
    const { wrong } = await shortSoak({ alsoLoads: join(import.meta.dirname, '../support/planted-leaks.mjs') });
    expect(wrong.map(({ what }) => what)).toEqual([
      'descriptors of the idle host after the run',
      'descriptors of shard 0 but for sockets',
      'descriptors of shard 1 but for sockets',
      'warnings of Node (listener leaks)',
    ]);
    expect(wrong.at(-1)?.figure).toMatch(/^[3-9] MaxListenersExceededWarning$/);
  });
});
