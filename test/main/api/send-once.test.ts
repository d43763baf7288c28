import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { ScenarioDocument } from '../../../src/shared/scenario/schema';
import { createCertificate } from '../../support/certificates';
import { HttpLogServer } from '../../support/http-log-server';
import { RawServer } from '../../support/raw-server';
import { ApiHost } from './support/api-host';

const scenario = (baseUrl: string, nodeType: Omit<ScenarioDocument['nodeTypes'][number], 'name'>, target: object = {}) =>
  JSON.stringify({
    nodeswarm: 1,
    name: 'once',
    target: { baseUrl, ...target },
    load: { nodes: 1, spawnRate: 1 },
    nodeTypes: [{ name: 'Sensor', ...nodeType }],
  });

const TASK = { nodeType: 0, task: 0 } as const;

describe('scenarios.sendOnce', () => {
  it('carries out a sample against the demo backend, with what onStart brings', async () => {
    const host = new ApiHost();
    const { url } = await host.call('demo.start', {});
    const { text } = await host.call('scenarios.openSample', { id: 'login-and-publish' });
    const [login] = await host.call('scenarios.sendOnce', {
      text,
      path: null,
      place: { nodeType: 0, task: 'onStart' },
      host: url,
    });
    expect(login).toMatchObject({
      step: 0,
      request: { node: 0, method: 'POST', url: `${url}/login` },
      response: { status: 200 },
      error: null,
      exception: null,
      extracted: [{ variable: 'token', value: expect.stringMatching(/./) }],
      expectations: [{ what: 'status 200', met: true, detail: '' }],
    });
    const [publish, ...others] = await host.call('scenarios.sendOnce', { text, path: null, place: TASK, host: url });
    expect(others).toEqual([]);
    expect(publish).toMatchObject({ response: { status: 200, body: '{"status":"ok"}', bodyBytes: 15 }, error: null });
    expect(publish?.request?.head).toMatch(/^authorization: •••$/im);
    expect(JSON.parse(publish?.request?.body ?? '')).toMatchObject({ temperature: expect.any(Number) });
  });

  it('shows every expectation with its outcome, though a run stops at the first that is not met', async () => {
    const server = await HttpLogServer.start((_request, response) => {
      response.writeHead(503, { 'x-kind': 'slow', 'content-type': 'application/json' });
      response.end('{"state":"down","n":3}');
    });
    onTestFinished(() => server.stop());
    const host = new ApiHost();
    const text = scenario(server.url, {
      tasks: [
        {
          name: 'ask',
          steps: [
            {
              request: {
                path: '/x',
                expect: {
                  status: [200, '3xx'],
                  headers: [{ name: 'x-kind', equals: 'fast' }, { name: 'x-kind' }],
                  bodyContains: 'down',
                  bodyJson: [
                    { path: '$.n', equals: 3 },
                    { path: '$.state', equals: 'up' },
                  ],
                  maxLatencyMs: 60_000,
                },
                extract: [{ variable: 'state', jsonPath: '$.state' }],
              },
            },
            { pause: { seconds: 30 } },
            { request: { path: '/y', expect: { status: ['5xx'] }, extract: [{ variable: 'n', jsonPath: '$.n' }] } },
            { request: { path: '/z', expect: { status: ['5xx'] }, extract: [{ variable: 'm', jsonPath: '$.nothing' }] } },
            { request: { path: '/never' } },
          ],
        },
      ],
    });
    const steps = await host.call('scenarios.sendOnce', { text, path: null, place: TASK });
    expect(steps.map(({ step }) => step)).toEqual([0, 1, 2, 3]);
    const [first, pause, second, third] = steps;
    expect(first?.error).toEqual({ name: 'HTTP 503', detail: expect.stringContaining('503') });
    expect(first?.extracted).toEqual([]);
    expect(first?.expectations.map(({ what, met }) => [what, met])).toEqual([
      ['status 200 or 3xx', false],
      ['header x-kind is "fast"', false],
      ['header x-kind is present', true],
      ['body contains "down"', true],
      ['$.n is 3', true],
      ['$.state is "up"', false],
      ['latency at most 60000 ms', true],
    ]);
    for (const { met, detail } of first?.expectations ?? []) expect(detail === '').toBe(met);
    expect(first?.response).toMatchObject({ status: 503, body: '{"state":"down","n":3}', bodyBytes: 22 });
    expect(first?.response?.head).toMatch(/^HTTP\/1\.1 503 .*\r\nx-kind: slow/s);
    expect(pause).toMatchObject({ request: null, response: null, timing: null, exception: null });
    expect(second?.extracted).toEqual([{ variable: 'n', value: 3 }]);
    expect(third).toMatchObject({ response: { status: 503 }, exception: expect.stringContaining('$.nothing'), extracted: [] });
    expect(server.requests.map(({ url }) => url)).toEqual(['/x', '/y', '/z']);
  });

  it('takes the time apart: connect and TLS of a new connection, first byte, body', async () => {
    const authority = await createCertificate({ name: 'test authority', isAuthority: true });
    const pair = await createCertificate({ name: 'localhost', issuer: authority });
    const server = await RawServer.listen(
      async (_request, socket) => {
        await sleep(60);
        socket.write('HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\n');
        // In steps: however long this process is held up, the client, which is in it too, reads the head between the first two of them.
        for (let step = 0; step < 8; step++) await sleep(10);
        socket.write('done');
      },
      { tls: { cert: pair.cert, key: pair.key } },
    );
    onTestFinished(() => server.close());
    const host = new ApiHost();
    writeFileSync(join(host.folder, 'ca.pem'), authority.cert);
    const text = scenario(
      `https://localhost:${server.port}`,
      { tasks: [{ name: 'ask', steps: [{ request: { path: '/a' } }, { request: { path: '/b' } }] }] },
      { tls: { caFile: 'ca.pem' } },
    );
    const path = join(host.folder, 'x.nodeswarm.json');
    host.api.showDocument({ path, text });
    const [first, second] = await host.call('scenarios.sendOnce', { text, path, place: TASK });
    for (const step of [first, second]) {
      const timing = step?.timing;
      if (!timing) throw new Error('there is no timing');
      // A timer may fire a moment early.
      expect(timing.firstByteMs).toBeGreaterThan(50);
      expect(timing.bodyMs).toBeGreaterThan(50);
      const parts = [timing.connectMs, timing.tlsMs, timing.firstByteMs, timing.bodyMs].map((part) => part ?? 0);
      expect(parts.reduce((sum, part) => sum + part, 0)).toBeCloseTo(timing.totalMs, 3);
    }
    expect(first?.timing?.connectMs).toBeGreaterThanOrEqual(0);
    expect(first?.timing?.tlsMs).toBeGreaterThan(0);
    expect(second?.timing).toMatchObject({ connectMs: null, tlsMs: null });
  });

  it('tells a target that is not there, and onStart that fails, apart', async () => {
    const gone = await RawServer.listen(() => {});
    const url = `http://127.0.0.1:${gone.port}`;
    await gone.close();
    const host = new ApiHost();
    const ask = { name: 'ask', steps: [{ request: { path: '/' } }] };
    const [step] = await host.call('scenarios.sendOnce', { text: scenario(url, { tasks: [ask] }), path: null, place: TASK });
    expect(step).toMatchObject({
      response: null,
      error: { name: 'ConnectionRefused' },
      timing: { firstByteMs: null, bodyMs: null },
    });
    expect(step?.request?.head).toMatch(/^GET \/ HTTP/);
    expect(step?.expectations).toEqual([{ what: 'status 2xx or 3xx', met: false, detail: expect.stringContaining('no answer') }]);
    const onStart = [{ request: { path: '/login', extract: [{ variable: 'token', header: 'x' }] } }];
    const refused = await host.refusal('scenarios.sendOnce', {
      text: scenario(url, { onStart, tasks: [ask] }),
      path: null,
      place: TASK,
    });
    expect(refused).toMatchObject({ code: 'refused', message: expect.stringMatching(/onStart.*ConnectionRefused/) });
  });

  it('masks secrets in what was sent, what came back and what was taken out of it', async () => {
    const server = await HttpLogServer.start((request, response) => {
      response.setHeader('x-echo', String(request.headers['x-key']));
      response.end(`you said ${request.headers['x-key']}`);
    });
    onTestFinished(() => server.stop());
    const host = new ApiHost({ secret: () => 'hush-hush' });
    const text = scenario(server.url, {
      tasks: [
        {
          name: 'ask',
          steps: [
            {
              request: {
                path: '/{{secret.KEY}}',
                headers: { 'x-key': '{{secret.KEY}}' },
                expect: { bodyContains: 'nothing of it' },
              },
            },
            { request: { path: '/', headers: { 'x-key': '{{secret.KEY}}' }, extract: [{ variable: 'echo', header: 'x-echo' }] } },
          ],
        },
      ],
    });
    const steps = await host.call('scenarios.sendOnce', { text, path: null, place: TASK });
    expect(server.requests.map(({ headers }) => headers['x-key'])).toEqual(['hush-hush', 'hush-hush']);
    expect(JSON.stringify(steps)).not.toContain('hush-hush');
    expect(steps[1]?.extracted).toEqual([{ variable: 'echo', value: '•••' }]);
  });

  it('gives up what is being sent when the API is closed', async () => {
    const server = await RawServer.listen(() => {});
    onTestFinished(() => server.close());
    const host = new ApiHost();
    const text = scenario(`http://127.0.0.1:${server.port}`, { tasks: [{ name: 'ask', steps: [{ request: { path: '/' } }] }] });
    const refused = host.refusal('scenarios.sendOnce', { text, path: null, place: TASK });
    await expect.poll(() => server.requests.length).toBe(1);
    await host.api.close();
    expect(await refused).toMatchObject({ code: 'unavailable' });
    await expect.poll(() => server.sockets.size).toBe(0);
  });
});
