import { gzipSync } from 'node:zlib';
import { afterEach, expect, it } from 'vitest';
import { type Answer, HttpRig, type RequestInput, type RigOptions, startServer, type TestServer } from './http-rig';

const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const each of open.splice(0).reverse()) await each.close();
});

async function described(
  respond: (server: TestServer, url: string) => Answer,
  request: RequestInput,
  more: Omit<RigOptions, 'target'> & { target?: object } = {},
) {
  const server = await startServer(({ url }) => respond(server, url));
  const rig = new HttpRig({ requests: [request], ...more, target: { baseUrl: server.url, ...more.target } });
  open.push(server, rig);
  const { exchange, compiled } = await rig.send(request);
  return { ...compiled.describe(exchange), port: server.port, exchange };
}

it('shows what was sent and what came back', async () => {
  const shown = await described(() => ({ status: 400, headers: { 'x-a': 'b' }, body: 'näh' }), {
    method: 'POST',
    path: '/data',
    body: { kind: 'json', text: '{"t":"ü"}' },
  });
  expect(shown.requestHead).toMatch(/^POST \/data HTTP\/1\.1\r\nhost: 127\.0\.0\.1:\d+\r\n/);
  expect(shown.requestHead).toMatch(/content-type: application\/json\r\ncontent-length: 10$/);
  expect(shown).toMatchObject({ requestBody: '{"t":"ü"}', status: 400, responseBody: 'näh' });
  expect(shown.responseHead).toMatch(/^HTTP\/1\.1 400 Bad Request\r\nx-a: b\r\n/i);
});

it('shows a request that had no answer', async () => {
  const rig = new HttpRig({ target: { baseUrl: 'http://127.0.0.1:1' } });
  open.push(rig);
  const { exchange, compiled } = await rig.send({ path: '/' });
  expect(compiled.describe(exchange)).toMatchObject({ status: null, requestBody: '', responseHead: '', responseBody: '' });
});

it('masks every secret: headers by name, values wherever they are', async () => {
  const secrets = { KEY: 'k3y "ü/ß', PASSWORD: 'pässword' };
  const shown = await described(
    () => ({
      status: 500,
      headers: { 'set-cookie': 'session=1234', 'x-echo': encodeURIComponent(secrets.KEY), 'www-authenticate': 'x' },
      body: JSON.stringify({ key: secrets.KEY, basic: Buffer.from('user:pässword').toString('base64') }),
    }),
    {
      method: 'POST',
      path: '/data/{{secret.KEY}}',
      query: { key: '{{secret.KEY}}' },
      headers: { 'x-key': '{{secret.KEY}}', Cookie: 'own=1', 'Proxy-Authorization': 'Basic abc' },
      body: { kind: 'form', fields: { key: '{{secret.KEY}}' } },
    },
    { secrets, target: { auth: { kind: 'basic', username: 'user', password: '{{secret.PASSWORD}}' } } },
  );
  const { requestHead, requestBody, responseHead, responseBody } = shown;
  expect(requestHead).toContain('POST /data/•••?key=••• HTTP/1.1\r\n');
  expect(requestHead).toContain('\r\nauthorization: •••\r\n');
  expect(requestHead).toContain('\r\nCookie: •••\r\n');
  expect(requestHead).toContain('\r\nProxy-Authorization: •••\r\n');
  expect(requestHead).toContain('\r\nx-key: •••\r\n');
  expect(requestBody).toBe('key=•••');
  expect(responseHead).toMatch(/set-cookie: •••/i);
  expect(responseHead).toMatch(/x-echo: •••/i);
  expect(responseBody).toBe('{"key":"•••","basic":"•••"}');
});

it('masks credentials that stand in the scenario', async () => {
  const shown = await described(
    () => ({ status: 500, body: 'token was t0ken' }),
    { path: '/' },
    {
      target: { auth: { kind: 'bearer', token: 't0ken' } },
    },
  );
  expect(shown.responseBody).toBe('token was •••');
});

it('masks in the sentence that says what was wrong', async () => {
  const { exchange } = await described(
    () => ({ body: 'it is hush' }),
    { path: '/', expect: { bodyContains: 'nothing' } },
    { secrets: { S: 'hush' } },
  );
  expect(exchange.errorDetail).toBe('expected a body containing "nothing", got "it is •••"');
  const long = await described(
    () => ({ body: `${'x'.repeat(198)}hush` }),
    { path: '/', expect: { bodyContains: 'nothing' } },
    { secrets: { S: 'hush' } },
  );
  expect(long.exchange.errorDetail).toBe(`expected a body containing "nothing", got "${'x'.repeat(198)}••…"`);
});

it('masks after redirects, in what was sent last', async () => {
  const shown = await described(
    (_server, url) =>
      url.startsWith('/start')
        ? { status: 307, headers: { location: '/end?k=hush', 'set-cookie': 'sid=hush' } }
        : { status: 500 },
    { method: 'POST', path: '/start', followRedirects: true, body: { kind: 'text', text: 'hush' } },
    { secrets: { S: 'hush' }, target: { cookies: true } },
  );
  expect(shown.requestHead).toContain('POST /end?k=••• HTTP/1.1\r\n');
  expect(shown.requestHead).toContain('cookie: •••');
  expect(shown.requestBody).toBe('•••');
});

it('masks a secret that the 4 KB end in', async () => {
  const shown = await described(
    () => ({ status: 500, body: `${'x'.repeat(4090)}SECRETVALUE` }),
    { path: '/' },
    { secrets: { S: 'SECRETVALUE' } },
  );
  expect(shown.responseBody).toBe(`${'x'.repeat(4090)}•••`.slice(0, 4096).replace(/•+$/, (dots) => dots.slice(0, 2)));
  expect(shown.responseBody).not.toContain('SEC');
});

it('shows 8 KB of a longer head, and how long it was', async () => {
  const ofKilobytes = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, i) => [`x-more-${i}`, 'y'.repeat(1000)]));
  const shown = await described(
    () => ({ status: 500, headers: ofKilobytes(60) }),
    { path: '/', headers: ofKilobytes(12) },
    { target: { maxHeaderBytes: 100_000 } },
  );
  for (const [head, beginning, leastBytes] of [
    [shown.requestHead, 'GET / HTTP/1.1\r\n', 12_000],
    [shown.responseHead, 'HTTP/1.1 500 ', 60_000],
  ] as const) {
    expect(head.startsWith(beginning)).toBe(true);
    const [, kept, bytes] = /^(.*)…\r\n\(cut: (\d+) bytes in all\)$/s.exec(head) ?? [];
    expect(kept).toHaveLength(8192);
    expect(Number(bytes)).toBeGreaterThan(leastBytes);
  }
});

it('masks a secret that the 8 KB of a head end in', async () => {
  const headers = { 'x-long': `${'y'.repeat(8100)}SECRETVALUE${'SECRETVALUE'.repeat(20)}` };
  for (const rest of ['', 'y'.repeat(30_000)]) {
    const shown = await described(
      () => ({ status: 500, headers: { ...headers, 'x-rest': rest } }),
      { path: '/' },
      { secrets: { S: 'SECRETVALUE' }, target: { maxHeaderBytes: 100_000 } },
    );
    expect(shown.responseHead).toContain('yyy•••');
    expect(shown.responseHead).not.toContain('SEC');
  }
});

it('shows binary bodies as bytes, and compressed ones as text', async () => {
  const bytes = Buffer.from(Array.from({ length: 256 }, (_, byte) => 255 - byte));
  const shown = await described(() => ({ status: 500, headers: { 'content-encoding': 'gzip' }, body: gzipSync('readäble') }), {
    method: 'POST',
    path: '/',
    body: { kind: 'base64', data: bytes.toString('base64') },
  });
  expect(shown.requestBody).toBe(`<256 bytes, hex ${bytes.subarray(0, 64).toString('hex')}…>`);
  expect(shown.responseBody).toBe('readäble');
  const short = await described(() => ({ status: 500, body: Buffer.from([0xff, 0x00]) }), { path: '/' });
  expect(short.responseBody).toBe('<2 bytes, hex ff00>');
});

it('shows what there is of a compressed body that was cut', async () => {
  const text = Array.from({ length: 20_000 }, (_, i) => `${(i * 7919) % 104729} `).join('');
  const body = gzipSync(text);
  expect(body.length).toBeGreaterThan(8192);
  const shown = await described(() => ({ status: 500, headers: { 'content-encoding': 'gzip' }, body }), { path: '/' });
  expect(text.startsWith(shown.responseBody)).toBe(true);
  expect(shown.responseBody.length).toBe(4096);
});
