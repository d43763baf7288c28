import { afterEach, describe, expect, it } from 'vitest';
import { version } from '../../../../../package.json';
import type { Target } from '../../../../../src/shared/scenario/schema';
import { HttpRig, type RequestInput, type RigOptions, startServer, type TestServer } from './http-rig';

let server: TestServer | null = null;
let rig: HttpRig | null = null;

afterEach(async () => {
  rig?.close();
  rig = null;
  await server?.close();
  server = null;
});

/** Sends one request and returns what the server saw. */
async function seenBy(request: RequestInput, options: Omit<RigOptions, 'target'> & { target?: Partial<Target> & object } = {}) {
  server ??= await startServer(() => ({ body: 'ok' }));
  const { target, ...rest } = options;
  rig?.close();
  rig = new HttpRig({ ...rest, target: { baseUrl: server.url, ...target } });
  const { exchange } = await rig.send(request);
  expect(exchange.error).toBe(null);
  const seen = server.seen.at(-1);
  if (!seen) throw new Error('the server saw nothing');
  return seen;
}

const text = (name: string, value: string) => ({
  name,
  generator: { kind: 'constant' as const, value },
  refresh: 'node' as const,
});

describe('request target', () => {
  it('joins base path, path and query', async () => {
    server = await startServer(() => ({}));
    const seen = await seenBy(
      { path: '/data/{{id}}/x', query: { 'a b': '{{id}}&=', n: 'ä' } },
      { variables: [text('id', 'ö/ü?#')], target: { baseUrl: `${server.url}/api/v1/` } },
    );
    expect(seen.url).toBe('/api/v1/data/%C3%B6%2F%C3%BC%3F%23/x?a%20b=%C3%B6%2F%C3%BC%3F%23%26%3D&n=%C3%A4');
    const params = new URL(seen.url, 'http://x').searchParams;
    expect(params.get('a b')).toBe('ö/ü?#&=');
    expect(params.get('n')).toBe('ä');
  });

  it('adds query parameters to a path that has some', async () => {
    expect((await seenBy({ path: '/a?x=1', query: { y: '2' } })).url).toBe('/a?x=1&y=2');
  });

  it('sends the method and no body headers without a body', async () => {
    for (const method of ['GET', 'DELETE', 'HEAD', 'OPTIONS'] as const) {
      const seen = await seenBy({ method, path: '/' });
      expect(seen.method).toBe(method);
      expect(seen.headers['content-length']).toBe(undefined);
      expect(seen.headers['content-type']).toBe(undefined);
    }
    for (const method of ['POST', 'PUT', 'PATCH'] as const) {
      expect((await seenBy({ method, path: '/' })).headers['content-length']).toBe('0');
    }
  });
});

describe('headers', () => {
  it('sends the headers that every request has', async () => {
    const seen = await seenBy({ path: '/' });
    expect(seen.headers).toMatchObject({
      host: `127.0.0.1:${server?.port}`,
      'user-agent': `nodeswarm/${version}`,
      accept: '*/*',
      'accept-encoding': 'identity',
    });
    expect(seen.headers['content-type']).toBe(undefined);
  });

  it('lets the target override these, and the request the target, without regard to case, as written', async () => {
    const seen = await seenBy(
      { method: 'POST', path: '/', headers: { 'X-THING': 'request', Host: 'other.example' }, body: { kind: 'json', text: '1' } },
      {
        target: { headers: { 'x-thing': 'target', 'X-Kept': '{{id}}', ACCEPT: 'text/csv', 'Content-Type': 'text/odd' } },
        variables: [text('id', 'é')],
      },
    );
    expect(seen.rawHeaders).toContain('X-THING');
    expect(seen.rawHeaders).not.toContain('x-thing');
    expect(seen.rawHeaders.filter((name) => name.toLowerCase() === 'host')).toHaveLength(1);
    expect(seen.headers).toMatchObject({
      'x-thing': 'request',
      host: 'other.example',
      accept: 'text/csv',
      'content-type': 'text/odd',
    });
    expect(Buffer.from(String(seen.headers['x-kept']), 'latin1').toString('utf8')).toBe('é');
  });

  it('authenticates with user name and password, or with a token', async () => {
    const basic = await seenBy(
      { path: '/' },
      { target: { auth: { kind: 'basic', username: 'müller', password: '{{secret.PW}}:x' } }, secrets: { PW: 'pässwörd' } },
    );
    expect(Buffer.from(String(basic.headers.authorization).slice(6), 'base64').toString('utf8')).toBe('müller:pässwörd:x');
    const perNode = await seenBy(
      { path: '/' },
      { target: { auth: { kind: 'basic', username: '{{id}}', password: 'p' } }, variables: [text('id', 'n1')] },
    );
    expect(perNode.headers.authorization).toBe(`Basic ${Buffer.from('n1:p').toString('base64')}`);
    const bearer = await seenBy(
      { path: '/' },
      { target: { auth: { kind: 'bearer', token: '{{secret.T}}' } }, secrets: { T: 'abc' } },
    );
    expect(bearer.headers.authorization).toBe('Bearer abc');
    const own = await seenBy(
      { path: '/', headers: { authorization: 'Own x' } },
      { target: { auth: { kind: 'bearer', token: 'abc' } } },
    );
    expect(own.headers.authorization).toBe('Own x');
  });

  it('refuses headers that frame the message and names that are none', () => {
    rig = new HttpRig({ target: { baseUrl: 'http://127.0.0.1:1' } });
    const compile = (headers: Record<string, string>) => () => rig?.compile({ path: '/', headers });
    expect(compile({ 'Content-Length': '3' })).toThrow('"Content-Length" cannot be set by a scenario');
    expect(compile({ 'transfer-encoding': 'chunked' })).toThrow('cannot be set');
    expect(compile({ 'a b': 'c' })).toThrow('"a b" cannot be the name of a header');
    expect(compile({ a: 'b\r\nc: d' })).toThrow('control character');
  });
});

describe('bodies', () => {
  const all = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));

  it('sends JSON as UTF-8, with values as JSON', async () => {
    const seen = await seenBy(
      { method: 'POST', path: '/', body: { kind: 'json', text: '{"a":{{id}},"b":"x{{id}}","c":"€"}' } },
      { variables: [text('id', 'ä"\\\n😀')] },
    );
    expect(JSON.parse(seen.body.toString('utf8'))).toEqual({ a: 'ä"\\\n😀', b: 'xä"\\\n😀', c: '€' });
    expect(seen.headers['content-type']).toBe('application/json');
    expect(seen.headers['content-length']).toBe(String(seen.body.length));
  });

  it('sends constant JSON, ASCII and not', async () => {
    for (const body of ['{"a":1}', '{"a":"日本"}']) {
      const seen = await seenBy({
        method: 'PUT',
        path: '/',
        body: { kind: 'json', text: body, contentType: 'application/cbor' },
      });
      expect(seen.body.toString('utf8')).toBe(body);
      expect(seen.headers['content-type']).toBe('application/cbor');
    }
  });

  it('sends text', async () => {
    const seen = await seenBy(
      { method: 'POST', path: '/', body: { kind: 'text', text: 'temp,{{id}},°C' } },
      { variables: [text('id', '½')] },
    );
    expect(seen.body.toString('utf8')).toBe('temp,½,°C');
    expect(seen.headers['content-type']).toBe('text/plain; charset=utf-8');
  });

  it('sends forms', async () => {
    const seen = await seenBy(
      { method: 'POST', path: '/', body: { kind: 'form', fields: { 'a b': '{{id}} +', 'ü&': '=' } } },
      { variables: [text('id', '&é~')] },
    );
    expect([...new URLSearchParams(seen.body.toString('latin1'))]).toEqual([
      ['a b', '&é~ +'],
      ['ü&', '='],
    ]);
    expect(seen.headers['content-type']).toBe('application/x-www-form-urlencoded');
  });

  it('sends base64 as its bytes', async () => {
    const seen = await seenBy({ method: 'POST', path: '/', body: { kind: 'base64', data: all.toString('base64') } });
    expect(seen.body.equals(all)).toBe(true);
    expect(seen.headers['content-type']).toBe('application/octet-stream');
    expect(seen.headers['content-length']).toBe('256');
  });
});

it('prepares a static request without making a string', () => {
  // Cookies change the head, so that such requests are given as texts.
  rig = new HttpRig({ target: { baseUrl: 'http://127.0.0.1:1', cookies: true } });
  const compiled = rig.compile({ method: 'POST', path: '/data', body: { kind: 'json', text: '{}' } });
  const { exchange } = rig.openNode();
  compiled.prepare(exchange, rig.program.createScope(0));
  const first = { ...exchange };
  compiled.prepare(exchange, rig.program.createScope(0));
  expect(exchange.expectsStatus).toBe(first.expectsStatus);
  expect(exchange).toMatchObject({ path: '/data', body: '{}', capture: false, headerLines: first.headerLines });
});
