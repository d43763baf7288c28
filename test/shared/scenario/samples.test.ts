import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse as parseCsv } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { parseScenario } from '../../../src/shared/scenario/parse';
import { listFiles, listSecrets } from '../../../src/shared/scenario/references';
import type { Scenario } from '../../../src/shared/scenario/schema';
import { listSeries, listTasks } from '../../../src/shared/scenario/series';

const folder = 'resources/scenarios';
const samples = ['iot-backend', 'fleet-telemetry', 'login-and-publish'] as const;

async function open(sample: (typeof samples)[number]): Promise<Scenario> {
  const parsed = parseScenario(await readFile(join(folder, `${sample}.nodeswarm.json`), 'utf8'));
  expect(parsed).toMatchObject({ ok: true, warnings: [] });
  if (!parsed.ok) throw new Error('unreachable');
  return parsed.scenario;
}

describe('the sample scenarios', () => {
  it.each(samples)('%s is valid, without a warning, for the demo backend on this machine', async (sample) => {
    expect((await open(sample)).target.baseUrl).toBe('http://127.0.0.1:8090');
  });

  it('the tutorial is what the tutorial says', async () => {
    const scenario = await open('iot-backend');
    expect(scenario.load).toMatchObject({ nodes: 100, spawnRate: 5, durationSeconds: 60 });
    expect(scenario.nodeTypes[0]?.wait).toEqual({
      kind: 'pacing',
      seconds: 5,
      onOverrun: 'skip',
      jitterSeconds: 0,
      align: 'spawn',
    });
    expect(listSeries(scenario)).toEqual([
      { method: 'GET', name: '/greet' },
      { method: 'POST', name: '/data' },
      { method: 'POST', name: '/health' },
      { method: 'GET', name: '/ota' },
    ]);
    expect(listTasks(scenario).map(({ task, weight }) => [task, weight])).toEqual([
      ['send_data', 10],
      ['send_health', 1],
      ['check_for_ota', 1],
    ]);
  });

  it('name only files that are beside them, with the columns that they draw from', async () => {
    for (const sample of samples) {
      const scenario = await open(sample);
      expect(listSecrets(scenario)).toEqual([]);
      for (const file of listFiles(scenario).csv.keys()) {
        const [columns = []] = parseCsv(await readFile(join(folder, file), 'utf8')) as string[][];
        for (const { variables } of scenario.nodeTypes) {
          for (const { generator } of variables) {
            if (generator.kind === 'csvColumn') expect(columns).toContain(generator.column);
          }
        }
      }
    }
    expect(listFiles(await open('fleet-telemetry'))).toEqual({
      csv: new Map([['devices.csv', new Set(['device', 'site'])]]),
      pem: [],
    });
  });

  it('use the generators that they are samples of', async () => {
    const kinds = (await open('fleet-telemetry')).nodeTypes.flatMap(({ variables }) =>
      variables.map(({ generator }) => generator.kind),
    );
    expect(kinds).toEqual(expect.arrayContaining(['randomWalk', 'sine', 'battery', 'csvColumn']));
    const [login] = (await open('login-and-publish')).nodeTypes[0]?.onStart ?? [];
    expect(login?.request?.extract).toEqual([{ variable: 'token', jsonPath: '$.token', group: 1 }]);
  });
});
