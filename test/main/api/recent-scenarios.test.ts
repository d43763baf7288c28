import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { AppMemory } from '../../../src/main/api/app-memory';
import {
  MAX_KEPT_TEXT,
  MAX_KEPT_TEXTS,
  MAX_RECENT,
  type RecentScenario,
  withRecentScenario,
} from '../../../src/main/api/recent-scenarios';
import { CREDENTIAL_NOT_KEPT } from '../../../src/shared/scenario/without-credentials';
import { tempFolder } from '../../support/temp-folder';
import { ApiHost } from './support/api-host';

function scenarioText(name: string, target: object = {}): string {
  return JSON.stringify({
    nodeswarm: 1,
    name,
    target: { baseUrl: 'http://127.0.0.1:8090', ...target },
    load: { nodes: 1, spawnRate: 1 },
    nodeTypes: [{ name: 'Node', tasks: [{ name: 'ask', steps: [{ request: { path: '/a' } }] }] }],
  });
}

const namesOf = (list: readonly RecentScenario[]) => list.map(({ name }) => name);

describe('the list of recent scenarios', () => {
  it('is newest first, has each name once, and ten at the most', () => {
    let list: readonly RecentScenario[] = [];
    for (let index = 0; index < MAX_RECENT + 2; index++) list = withRecentScenario(list, scenarioText(`S${index}`));
    expect(namesOf(list)).toEqual(['S11', 'S10', 'S9', 'S8', 'S7', 'S6', 'S5', 'S4', 'S3', 'S2']);
    list = withRecentScenario(list, scenarioText('S4', { baseUrl: 'http://127.0.0.1:1' }));
    expect(namesOf(list)).toEqual(['S4', 'S11', 'S10', 'S9', 'S8', 'S7', 'S6', 'S5', 'S3', 'S2']);
    expect(list[0]?.text).toContain('http://127.0.0.1:1"');
  });

  it('holds no more text than it may: the oldest make room, and what is too long is not kept', () => {
    const old = Array.from({ length: 4 }, (_, index) => ({ name: `S${index}`, text: 'x'.repeat(MAX_KEPT_TEXTS / 4 - 100) }));
    expect(namesOf(withRecentScenario(old, scenarioText('new')))).toEqual(['new', 'S0', 'S1', 'S2']);
    expect(withRecentScenario(old, scenarioText('long') + ' '.repeat(MAX_KEPT_TEXT))).toBe(old);
  });

  it('takes nothing that cannot run, since its credentials cannot be told', () => {
    for (const text of ['', '{', '[]', '{"name":"a"}', scenarioText('a').replace('"nodes":1', '"nodes":-1')]) {
      expect(withRecentScenario([], text)).toEqual([]);
    }
  });

  it('holds no credential that is written out', () => {
    const target = { auth: { kind: 'bearer', token: 'let-me-in' }, headers: { 'X-Api-Key': 'open-up', 'x-plain': 'plain' } };
    const [kept] = withRecentScenario([], scenarioText('a', target));
    expect(kept?.text).not.toMatch(/let-me-in|open-up/);
    expect(kept?.text.split(CREDENTIAL_NOT_KEPT)).toHaveLength(3);
    expect(kept?.text).toContain('"plain"');
  });
});

describe('recent scenarios', () => {
  it('are kept for the next start in a file of the user alone, and opened by their name', async () => {
    const host = new ApiHost();
    for (const name of ['A', 'B']) await host.call('scenarios.keepRecent', { text: scenarioText(name) });
    const file = join(host.folder, 'recent-scenarios.json');
    if (process.platform !== 'win32') expect(statSync(file).mode & 0o077).toBe(0);
    expect(namesOf(await new AppMemory(host.folder, () => {}).recentScenarios())).toEqual(['B', 'A']);
    const opened = await host.call('scenarios.openRecent', { name: 'A' });
    expect(opened.path).toBeNull();
    expect(JSON.parse(opened.text)).toMatchObject({ name: 'A', target: { baseUrl: 'http://127.0.0.1:8090' } });
  });

  it('are forgotten together with recent files', async () => {
    const host = new ApiHost();
    await host.call('scenarios.keepRecent', { text: scenarioText('A') });
    host.files.documents.set('/a.nodeswarm.json', 'A');
    await host.call('scenarios.open', { path: '/a.nodeswarm.json' });
    await host.call('scenarios.forgetRecent', {});
    expect((await host.call('app.info', {})).recent).toEqual([]);
    expect(host.files.recent).toEqual([]);
    for (const name of ['recent.json', 'recent-scenarios.json']) {
      expect(JSON.parse(readFileSync(join(host.folder, name), 'utf8'))).toEqual([]);
    }
    expect(await host.refusal('scenarios.openRecent', { name: 'A' })).toMatchObject({ code: 'not-found' });
  });

  it('begin anew where the file is broken', async () => {
    for (const broken of ['{', '[{"name":"A"}]', '{"A":1}']) {
      const folder = tempFolder();
      writeFileSync(join(folder, 'recent-scenarios.json'), broken);
      const memory = new AppMemory(folder, () => {});
      expect(await memory.recentScenarios()).toEqual([]);
      await memory.keepRecentScenario(scenarioText('A'));
      expect(namesOf(await memory.recentScenarios())).toEqual(['A']);
    }
  });

  it('hinder nothing where the file cannot be written, but who has them forgotten hears that it lasts no longer than the program', async () => {
    const host = new ApiHost();
    await host.call('scenarios.keepRecent', { text: scenarioText('A') });
    // A folder of that name: the file cannot take its place, whoever asks.
    const file = join(host.folder, 'recent-scenarios.json');
    rmSync(file);
    mkdirSync(join(file, 'in-the-way'), { recursive: true });
    await host.call('scenarios.keepRecent', { text: scenarioText('B') });
    expect(host.logged.at(-1)).toMatch(/recent-scenarios\.json cannot be written/);
    expect((await host.call('scenarios.openRecent', { name: 'B' })).text).toContain('"B"');
    expect(await host.refusal('scenarios.forgetRecent', {})).toMatchObject({
      code: 'refused',
      message: expect.stringMatching(
        /^They are forgotten only until Nodeswarm closes: .*cannot be written \(.*\); remove the file\.$/,
      ),
    });
    expect(await host.refusal('scenarios.openRecent', { name: 'B' })).toMatchObject({ code: 'not-found' });
  });
});
