import { describe, expect, it } from 'vitest';
import { ConfirmationRequired, type ResolveHost, requirePermission } from '../../../src/main/runs/permission';
import { RunController } from '../../../src/main/runs/run-controller';
import { shardMain } from '../../../src/main/swarm/shard-main';
import type { ScenarioDocument } from '../../../src/shared/scenario/schema';
import { InMemoryProcessHost } from '../../support/in-memory-host';
import { scenarioOf, smallScenario } from '../../support/swarm-run';

/** A resolver that knows some names and notes what it was asked. */
function resolver(names: Record<string, string[]>): { resolve: ResolveHost; asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    resolve: async (hostname) => {
      asked.push(hostname);
      return names[hostname] ?? [];
    },
  };
}

const NAMES = {
  localhost: ['::1', '127.0.0.1'],
  'lab.test': ['192.168.7.1', 'fd00::7'],
  'public.test': ['203.0.113.7'],
  'half.test': ['10.0.0.1', '2001:db8::1'],
  'proxy.test': ['198.51.100.1'],
  '127.0.0.1': ['127.0.0.1'],
  '203.0.113.7': ['203.0.113.7'],
};

const NODE_TYPES = [{ name: 'node', tasks: [{ name: 'get', steps: [{ request: { path: '/' } }] }] }];
const scenario = (baseUrl: string, target: Partial<ScenarioDocument['target']> = {}) =>
  scenarioOf(smallScenario(baseUrl, { target: { baseUrl, ...target }, nodeTypes: NODE_TYPES }));

/** The host that has to be confirmed; null when none has to be. */
async function asksAbout(baseUrl: string, confirmed: string[] = [], target: Partial<ScenarioDocument['target']> = {}) {
  try {
    await requirePermission(scenario(baseUrl, target), confirmed, resolver(NAMES).resolve);
    return null;
  } catch (error) {
    if (error instanceof ConfirmationRequired) return error.host;
    throw error;
  }
}

describe('requirePermission', () => {
  it.each([
    'http://127.0.0.1:8080',
    'http://localhost',
    'http://LOCALHOST.:80',
    'http://2130706433',
    'https://lab.test/api',
    'http://unknown.test',
  ])('%s needs no confirmation', async (baseUrl) => {
    expect(await asksAbout(baseUrl)).toBeNull();
  });

  it.each([
    ['http://203.0.113.7:8080', '203.0.113.7'],
    ['http://0313.0.113.7', '203.0.113.7'],
    ['https://public.test/api', 'public.test'],
    ['http://PUBLIC.test.', 'public.test'],
    ['http://half.test', 'half.test'],
  ])('%s needs one, and goes on with it', async (baseUrl, host) => {
    expect(await asksAbout(baseUrl)).toBe(host);
    expect(await asksAbout(baseUrl, ['other.test', host])).toBeNull();
  });

  it('says which secrets and credentials would be sent there, and none of their values', async () => {
    const document = scenarioOf({
      ...smallScenario('http://public.test', {
        nodeTypes: [
          {
            name: 'node',
            tasks: [
              {
                name: 'get',
                steps: [{ request: { path: '/?key={{secret.API_KEY}}', headers: { 'X-Api-Key': 'written-out' } } }],
              },
            ],
          },
        ],
      }),
      target: { baseUrl: 'http://public.test', auth: { kind: 'bearer', token: '{{secret.TOKEN}}' } },
    });
    const error = await requirePermission(document, [], resolver(NAMES).resolve).catch((refused: Error) => refused);
    expect((error as Error).message).toMatch(
      /^public\.test \(203\.0\.113\.7\) .* private network, and the scenario sends [^:]*: load-test/,
    );
    const [, sent = ''] = /sends ([^:]*):/.exec((error as Error).message) ?? [];
    expect(sent.split(', ').sort()).toEqual([
      'secret.API_KEY',
      'secret.TOKEN',
      'the header authorization',
      'the header x-api-key',
    ]);
  });

  it('asks about a proxy too, and about a name that only the proxy knows', async () => {
    const behind = (proxy: string) => ({ proxy });
    expect(await asksAbout('http://localhost', [], behind('http://proxy.test:3128'))).toBe('proxy.test');
    expect(await asksAbout('http://localhost', ['proxy.test'], behind('http://proxy.test:3128'))).toBeNull();
    expect(await asksAbout('http://unknown.test', [], behind('http://127.0.0.1:3128'))).toBe('unknown.test');
    expect(await asksAbout('http://unknown.test', ['unknown.test'], behind('http://127.0.0.1:3128'))).toBeNull();
  });

  it('says in a sentence where a name leads', async () => {
    const { resolve } = resolver(NAMES);
    await expect(requirePermission(scenario('http://public.test'), [], resolve)).rejects.toThrow(
      'public.test (203.0.113.7) is neither this machine nor in a private network: load-test it only if you are allowed to, and confirm that you are',
    );
  });
});

describe('a run', () => {
  it('begins no process for a host that was not confirmed, whatever said so', async () => {
    const { resolve, asked } = resolver(NAMES);
    const forked: string[] = [];
    class Host extends InMemoryProcessHost {
      override fork(...args: Parameters<InMemoryProcessHost['fork']>): never {
        forked.push(args[0]);
        throw new Error('nothing is to be started');
      }
    }
    const controller = new RunController({ host: new Host({ shard: shardMain }), store: null, resolveHost: resolve });
    const request = { scenario: scenario('http://127.0.0.1:9'), folder: import.meta.dirname, shards: 1 };
    await expect(controller.start({ ...request, overrides: { host: 'http://public.test' } })).rejects.toThrow(
      ConfirmationRequired,
    );
    await expect(controller.start({ ...request, mayTest: ['lab.test'], scenario: scenario('http://half.test') })).rejects.toThrow(
      ConfirmationRequired,
    );
    expect(asked).toEqual(['public.test', 'half.test']);
    expect(forked).toEqual([]);
  });
});
