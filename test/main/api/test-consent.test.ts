import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ApiHost } from './support/api-host';

// Nothing is ever sent to a host that is not this machine: the scenarios need a secret that is not set, which is found after the question.

const text = (baseUrl: string) =>
  JSON.stringify({
    nodeswarm: 1,
    name: 'consent',
    target: { baseUrl, headers: { 'x-token': '{{secret.NOT_SET_ANYWHERE}}' } },
    load: { nodes: 1, spawnRate: 1, durationSeconds: 1 },
    nodeTypes: [{ name: 'Sensor', tasks: [{ name: 'ask', steps: [{ request: { path: '/' } }] }] }],
  });

const PLACE = { nodeType: 0, task: 0 } as const;
const resolveHost = async (hostname: string) => (hostname === 'lab.test' ? ['10.0.0.7'] : ['203.0.113.7']);
const ROUTES = [
  ['runs.start', {}],
  ['scenarios.sendOnce', { place: PLACE }],
] as const;

describe.each(ROUTES)('%s', (route, rest) => {
  it('asks before anything is sent to the host of somebody else, once', async () => {
    const host = new ApiHost({ resolveHost });
    const input = { text: text('https://Public.test:8443'), path: null, ...rest };
    expect(await host.refusal(route, input)).toEqual({
      code: 'confirmation-required',
      message:
        'Public.test (203.0.113.7) is neither this machine nor in a private network, and the scenario sends secret.NOT_SET_ANYWHERE: load-test it only if you are allowed to, and confirm that you are.',
      host: 'public.test',
    });
    expect(await host.call('runs.list', {})).toEqual([]);
    const secretMissing = { code: 'refused', message: expect.stringContaining('NOT_SET_ANYWHERE') };
    expect(await host.refusal(route, { ...input, mayTest: 'public.test' })).toMatchObject(secretMissing);
    // Remembered, for every route and the next start of the app.
    const next = new ApiHost({ resolveHost, dataFolder: host.folder });
    for (const [other, more] of ROUTES) {
      expect(await next.refusal(other, { text: input.text, path: null, ...more })).toMatchObject(secretMissing);
    }
  });

  it('says once that a confirmation cannot be written, and goes by it until it ends', async () => {
    const host = new ApiHost({ resolveHost });
    const input = { text: text('https://public.test'), path: null, ...rest };
    await host.refusal(route, input);
    mkdirSync(join(host.folder, 'confirmed-hosts.json', 'in-the-way'), { recursive: true });
    expect(await host.refusal(route, { ...input, mayTest: 'public.test' })).toMatchObject({
      code: 'refused',
      message: expect.stringMatching(
        /^The confirmed hosts are kept only until Nodeswarm closes: .*confirmed-hosts\.json cannot be/,
      ),
    });
    for (const [other, more] of ROUTES) {
      expect(await host.refusal(other, { text: input.text, path: null, ...more })).toMatchObject({
        code: 'refused',
        message: expect.stringContaining('NOT_SET_ANYWHERE'),
      });
    }
  });

  it('asks about no host of the own network, and is not told of one that nobody asked about', async () => {
    const host = new ApiHost({ resolveHost });
    const input = { text: text('http://lab.test'), path: null, ...rest };
    expect(await host.refusal(route, input)).toMatchObject({ code: 'refused', message: expect.stringContaining('NOT_SET') });
    expect(await host.refusal(route, { ...input, mayTest: 'public.test' })).toMatchObject({
      code: 'refused',
      message: expect.stringContaining('does not send to'),
    });
    expect(await host.refusal(route, { ...input, text: text('http://public.test') })).toMatchObject({
      code: 'confirmation-required',
    });
  });

  it('asks about the host that stands in the place of the document’s', async () => {
    const host = new ApiHost({ resolveHost });
    const input = { text: text('http://lab.test'), path: null, host: 'http://public.test', ...rest };
    expect(await host.refusal(route, input)).toMatchObject({ code: 'confirmation-required', host: 'public.test' });
  });
});
