import { describe, expect, it } from 'vitest';
import { ROUTE_NAMES } from '../../../src/shared/api/route-names';
import { ROUTES, type RouteInput, type RouteName } from '../../../src/shared/api/routes';
import { seededRandom } from '../../support/recorded-run';
import { ApiHost } from './support/api-host';

const TEXT = '{"nodeswarm":1}';
const PLACE = { nodeType: 0, task: 0 };

/** An input of each route that its schema takes, with every field that there is. */
const INPUTS: { [Name in RouteName]: RouteInput<Name> } = {
  'app.info': {},
  'settings.set': { theme: 'dark', density: 'compact' },
  'document.state': { name: 'x', path: null, dirty: true },
  'scenarios.open': { path: '/tmp/x.nodeswarm.json' },
  'scenarios.openSample': { id: 'iot-backend' },
  'scenarios.save': { path: '/tmp/x.nodeswarm.json', suggestedName: 'x', text: TEXT },
  'scenarios.autosave': { path: null, text: TEXT },
  'scenarios.preview': { text: TEXT, path: null, place: PLACE, step: 0, nodes: [0], seed: 1 },
  'scenarios.previewGenerator': {
    generator: { kind: 'randomInteger', min: 1, max: 2 },
    path: null,
    node: 0,
    count: 5,
    stepSeconds: 1,
    seed: 1,
  },
  'scenarios.sendOnce': { text: TEXT, path: null, place: PLACE, host: 'http://127.0.0.1:1' },
  'runs.start': {
    text: TEXT,
    path: null,
    name: 'x',
    nodes: 1,
    spawnRate: 1,
    durationSeconds: 1,
    host: 'http://a',
    shards: 1,
    seed: 1,
  },
  'runs.current': {},
  'runs.stop': {},
  'runs.edit': { nodes: 1, spawnRate: 1 },
  'runs.resetStatistics': {},
  'runs.list': {},
  'runs.read': { id: 1 },
  'runs.course': { id: 1, series: null },
  'runs.heat': { id: 1, series: null },
  'runs.window': { id: 1, window: { from: 0, to: 1 } },
  'runs.spectrum': { id: 1, series: null, window: { from: 0, to: 1 } },
  'runs.update': { id: 1, name: 'x', note: 'y', baseline: true },
  'runs.delete': { ids: [1] },
  'runs.restore': { ids: [1] },
  'runs.export': { id: 1, format: 'csv', fullHistory: true },
  'runs.compare': { a: 1, b: 1, windowA: { from: 0, to: 1 }, windowB: { from: 0, to: 1 } },
  'runs.exportComparison': { a: 1, b: 1, windowA: { from: 0, to: 1 }, windowB: { from: 0, to: 1 }, format: 'csv' },
  'demo.start': { latency: '5', errorPercent: 1, capacityPerSecond: 10 },
  'demo.stop': {},
};

const WRONG: readonly unknown[] = [
  undefined,
  null,
  -1,
  0.5,
  1e300,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  true,
  '',
  'x'.repeat(5000),
  [],
  [1, 'a', null],
  {},
  { __proto__: null, constructor: 1 },
  () => 1,
  Symbol('s'),
  10n,
];

/** Puts something wrong at a random place of an input, or adds or takes away a field. */
function spoil(input: unknown, random: () => number): unknown {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  if (typeof input !== 'object' || input === null || random() < 0.15) return pick(WRONG);
  if (Array.isArray(input)) return [...input.slice(1), spoil(input[0], random)];
  const keys = Object.keys(input);
  const key = pick(keys);
  if (key === undefined || random() < 0.15) return { ...input, [random() < 0.5 ? 'extra' : '__proto__x']: 1 };
  if (random() < 0.2) return Object.fromEntries(Object.entries(input).filter(([name]) => name !== key));
  return { ...input, [key]: spoil((input as Record<string, unknown>)[key], random) };
}

describe('inputs of the API', () => {
  it('has a name and an example for every route', () => {
    expect([...ROUTE_NAMES].sort()).toEqual(Object.keys(ROUTES).sort());
    for (const name of ROUTE_NAMES) expect(ROUTES[name].input.safeParse(INPUTS[name]).success, name).toBe(true);
  });

  it('refuses whatever breaks the schema of a route, says which field, and does nothing', async () => {
    const host = new ApiHost();
    await host.storeRun({ durationSeconds: 3 });
    const before = { list: await host.call('runs.list', {}), info: await host.call('app.info', {}) };
    const random = seededRandom(20_260_726);
    let refused = 0;
    for (const name of ROUTE_NAMES) {
      for (let round = 0; round < 150; round++) {
        const input = spoil(INPUTS[name], random);
        if (ROUTES[name].input.safeParse(input).success) continue;
        const error = await host.refusal(name, input);
        expect(error.code, name).toBe('invalid-input');
        expect(error.message).toMatch(/^[a-z]+\.[a-zA-Z]+ was called with a wrong input: .+\.$/s);
        expect(error.details?.length).toBeGreaterThan(0);
        refused++;
      }
    }
    expect(refused).toBeGreaterThan(2000);
    expect({ list: await host.call('runs.list', {}), info: await host.call('app.info', {}) }).toEqual(before);
    expect(host.events).toEqual([]);
    expect(host.logged).toEqual([]);
    expect([host.files.states, host.files.recent, host.files.exports, [...host.files.documents]]).toEqual([[], [], [], []]);
  });

  it('names the field that is wrong', async () => {
    const host = new ApiHost();
    const error = await host.refusal('runs.window', { id: 1, window: { from: 0, to: 'late' } });
    expect(error.message).toContain('window.to: ');
    expect(error.details).toMatchObject([{ path: 'window.to' }]);
  });

  it.each(['runs.nothing', '__proto__', 'constructor', 'toString', ''])('has no route %j', async (name) => {
    expect(await new ApiHost().refusal(name, {})).toMatchObject({ code: 'not-found' });
  });

  it('refuses every call once it is closed', async () => {
    const host = new ApiHost();
    await host.api.close();
    expect(await host.refusal('app.info', {})).toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining('closing'),
    });
  });

  it('tells an unexpected error as a sentence and logs where it came from', async () => {
    const host = new ApiHost();
    host.store.listRuns = () => Promise.reject(new RangeError('secret detail'));
    const error = await host.refusal('runs.list', {});
    expect(error.code).toBe('internal');
    expect(error.message).not.toContain('secret detail');
    expect(host.logged.join('\n')).toMatch(/runs\.list failed: RangeError: secret detail\n\s+at /);
  });

  it('goes on when a listener fails', async () => {
    const host = new ApiHost();
    host.api.on('settings.changed', () => {
      throw new Error('listener broke');
    });
    await host.call('settings.set', { theme: 'dark' });
    expect(host.eventsOf('settings.changed')).toHaveLength(1);
    expect(host.logged.join()).toContain('listener broke');
  });
});
