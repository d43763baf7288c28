import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { ScenarioDocument } from '../../../src/shared/scenario/schema';
import { HttpLogServer, type LoggedRequest } from '../../support/http-log-server';
import { ApiHost } from './support/api-host';

async function logServer(...args: Parameters<typeof HttpLogServer.start>): Promise<HttpLogServer> {
  const server = await HttpLogServer.start(...args);
  onTestFinished(() => server.stop());
  return server;
}

/** Values of every refresh, a signal, a CSV file, a value that an answer brings, and two requests in the task. */
const document = (baseUrl: string): ScenarioDocument => ({
  nodeswarm: 1,
  name: 'preview',
  target: { baseUrl: `${baseUrl}/base`, headers: { 'x-key': '{{secret.KEY}}' } },
  load: { nodes: 3, spawnRate: 4, durationSeconds: 3 },
  nodeTypes: [
    {
      name: 'Sensor',
      variables: [
        { name: 'id', generator: { kind: 'randomInteger', min: 1, max: 1_000_000 }, refresh: 'node' },
        { name: 'level', generator: { kind: 'randomWalk', start: 20, step: 1, min: 0, max: 40 }, refresh: 'task' },
        { name: 'phase', generator: { kind: 'sine', mean: 0, amplitude: 10, periodSeconds: 7 }, refresh: 'use' },
        { name: 'device', generator: { kind: 'csvColumn', file: 'devices.csv', column: 'device' }, refresh: 'node' },
      ],
      wait: { kind: 'pacing', seconds: 30 },
      onStart: [
        {
          request: {
            path: '/greet/{{id}}',
            query: { noise: '{{randomNumber(0, 1)}}' },
            name: '/greet',
            extract: [{ variable: 'token', header: 'x-token' }],
          },
        },
      ],
      tasks: [
        {
          name: 'send',
          steps: [
            { request: { method: 'POST', path: '/first', body: { kind: 'text', text: '{{uuid()}} {{level}}' } } },
            { pause: { seconds: 0.01 } },
            {
              request: {
                method: 'PUT',
                path: '/second/{{device}}/{{node.index}}',
                headers: { 'x-token': '{{token}}' },
                body: {
                  kind: 'json',
                  text: '{"id":{{id}},"level":{{level}},"phase":{{phase}},"device":{{device}},"any":{{randomNumber(0, 100)}}}',
                },
              },
            },
          ],
        },
      ],
    },
  ],
});

describe('scenarios.preview', () => {
  it('shows what the server then receives from a run with the same seed', async () => {
    const server = await logServer((request, response) => {
      response.setHeader('x-token', '<token>');
      response.end(request.url);
    });
    const host = new ApiHost({ secret: (name) => (name === 'KEY' ? 'very secret 17' : undefined) });
    writeFileSync(join(host.folder, 'devices.csv'), 'device,key\nalpha,1\nbeta two,2\ngamma,3\n');
    const text = JSON.stringify(document(server.url));
    const path = join(host.folder, 'x.nodeswarm.json');
    host.api.showDocument({ path, text });
    const preview = (task: number | 'onStart', step: number) =>
      host.call('scenarios.preview', { text, path, place: { nodeType: 0, task }, step, nodes: [0, 1, 2], seed: 11 });
    const shown = [...(await preview('onStart', 0)), ...(await preview(0, 0)), ...(await preview(0, 2))];
    expect(shown).toHaveLength(9);

    await host.call('runs.start', { text, path, seed: 11, shards: 2 });
    await host.next('run.status', ({ snapshot }) => snapshot.record.status === 'finished');
    expect(server.requests).toHaveLength(9);
    const received = server.requests.map((request) => ({ line: lineOf(request), body: request.body }));
    const expected = shown.map(({ head, body }) => ({ line: head.split('\r\n', 1)[0], body }));
    const byLine = (a: { line?: string; body: string }, b: { line?: string; body: string }) =>
      `${a.line}${a.body}`.localeCompare(`${b.line}${b.body}`);
    expect(received.sort(byLine)).toEqual(expected.sort(byLine));

    for (const { head, url, node, method } of shown) {
      expect(head).toMatch(/^x-key: •••$/im);
      expect(head).not.toContain('very secret');
      expect(head.startsWith(`${method} ${url.slice(server.url.length)} `)).toBe(true);
      expect([0, 1, 2]).toContain(node);
    }
    const sent = server.requests.find(({ method, url }) => method === 'PUT' && url.endsWith('/0'));
    const head = shown.find(({ method, node }) => method === 'PUT' && node === 0)?.head ?? '';
    expect(headersOf(head)).toEqual(
      Object.fromEntries(Object.entries({ ...sent?.headers, 'x-key': '•••' }).map(([name, value]) => [name, value ?? ''])),
    );
  });

  it('masks a secret that is not set as it does one that is', async () => {
    const host = new ApiHost();
    writeFileSync(join(host.folder, 'devices.csv'), 'device\nalpha\n');
    host.api.showDocument({ path: join(host.folder, 'x.nodeswarm.json'), text: '' });
    const [shown] = await host.call('scenarios.preview', {
      text: JSON.stringify(document('http://127.0.0.1:9')),
      path: join(host.folder, 'x.nodeswarm.json'),
      place: { nodeType: 0, task: 'onStart' },
      step: 0,
      nodes: [0],
      seed: 1,
    });
    expect(shown?.head).toMatch(/^x-key: •••$/m);
  });

  it('says what is wrong with the document, the place or its files', async () => {
    const host = new ApiHost();
    writeFileSync(join(host.folder, 'devices.csv'), 'device\nalpha\n');
    const input = {
      text: JSON.stringify(document('http://127.0.0.1:9')),
      path: join(host.folder, 'x.nodeswarm.json'),
      place: { nodeType: 0, task: 0 as number | string },
      step: 0,
      nodes: [0],
      seed: 1,
    };
    host.api.showDocument({ path: input.path, text: input.text });
    const refused = (change: object) => host.refusal('scenarios.preview', { ...input, ...change });
    expect(await refused({ text: input.text.replace('{{level}}', '{{levle}}') })).toMatchObject({
      code: 'refused',
      details: [{ path: 'nodeTypes[0].tasks[0].steps[0].request.body.text' }],
    });
    expect(await refused({ place: { nodeType: 3, task: 0 } })).toMatchObject({ code: 'not-found' });
    expect(await refused({ place: { nodeType: 0, task: 3 } })).toMatchObject({ code: 'not-found' });
    expect(await refused({ step: 9 })).toMatchObject({ code: 'not-found' });
    expect(await refused({ step: 1 })).toMatchObject({ code: 'refused', message: expect.stringContaining('pause') });
    // A path that a page merely names opens no folder.
    expect(await refused({ path: '/nowhere/x.nodeswarm.json' })).toMatchObject({
      code: 'needs-consent',
      details: [{ path: expect.stringContaining('devices.csv') }],
    });
    writeFileSync(join(host.folder, 'devices.csv'), 'name\nalpha\n');
    expect(await refused({})).toMatchObject({ code: 'refused', message: expect.stringContaining('device') });
    expect(host.logged).toEqual([]);
  });
});

describe('scenarios.previewGenerator', () => {
  it('draws the next values of a node', async () => {
    const host = new ApiHost();
    const input = { path: null, node: 0, stepSeconds: 1, seed: 3 };
    const integers = { kind: 'randomInteger', min: 1, max: 6 } as const;
    const values = await host.call('scenarios.previewGenerator', { ...input, generator: integers, count: 200 });
    expect(values).toHaveLength(200);
    expect(new Set(values)).toEqual(new Set([1, 2, 3, 4, 5, 6]));
    expect(await host.call('scenarios.previewGenerator', { ...input, generator: integers, count: 200 })).toEqual(values);
    const sine = { kind: 'sine', mean: 5, amplitude: 2, periodSeconds: 4 } as const;
    expect(await host.call('scenarios.previewGenerator', { ...input, generator: sine, count: 4 })).toEqual([5, 7, 5, 3]);
    const csv = { kind: 'csvColumn', file: 'devices.csv', column: 'device' } as const;
    expect(await host.call('scenarios.previewGenerator', { ...input, generator: csv, count: 1 })).toHaveLength(1);
  });

  it('says why a generator cannot work', async () => {
    const host = new ApiHost();
    const input = { path: null, node: 0, count: 2, stepSeconds: 1, seed: 3 };
    const refused = (generator: object) => host.refusal('scenarios.previewGenerator', { ...input, generator });
    const saying = (message: RegExp) => ({ code: 'refused', message: expect.stringMatching(message) });
    expect(await refused({ kind: 'randomInteger', min: 9, max: 1 })).toMatchObject(saying(/^The generator cannot work: .*9/));
    expect(await refused({ kind: 'csvColumn', file: 'none.csv', column: 'x' })).toMatchObject(saying(/none\.csv/));
    expect(await refused({ kind: 'csvColumn', file: 'devices.csv', column: 'nothing' })).toMatchObject(saying(/"nothing"/));
    expect(await refused({ kind: 'magic' })).toMatchObject({ code: 'invalid-input' });
  });
});

function lineOf({ method, url }: LoggedRequest): string {
  return `${method} ${url} HTTP/1.1`;
}

function headersOf(head: string): Record<string, string> {
  const lines = head.split('\r\n').slice(1);
  return Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 2)]),
  );
}
