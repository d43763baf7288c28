import { setTimeout as sleep } from 'node:timers/promises';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Expect } from '../../../../../src/shared/scenario/schema';
import { type Answer, HttpRig, startServer, type TestServer } from './http-rig';

let server: TestServer;
let rig: HttpRig;
let answer: Answer;
let delayMs = 0;

beforeAll(async () => {
  server = await startServer(async () => {
    await sleep(delayMs);
    return answer;
  });
  rig = new HttpRig({ target: { baseUrl: server.url, maxBodyBytes: 100_000 } });
});
afterAll(async () => {
  rig.close();
  await server.close();
});
beforeEach(() => {
  delayMs = 0;
});

/** The error and its detail when the server gives `given` and the request expects `expected`. */
async function judged(given: Answer, expected: Partial<Expect>): Promise<[string | null, string]> {
  answer = given;
  const { exchange } = await rig.send({ path: '/', expect: expected });
  return [exchange.error, exchange.errorDetail];
}
const met = [null, ''];

describe('status', () => {
  it('is 2xx or 3xx unless told otherwise', async () => {
    for (const status of [200, 204, 299, 301, 304, 399]) expect(await judged({ status }, {})).toEqual(met);
    expect(await judged({ status: 404 }, {})).toEqual(['HTTP 404', 'expected status 2xx or 3xx, got 404']);
    expect(await judged({ status: 503 }, {})).toEqual(['HTTP 503', 'expected status 2xx or 3xx, got 503']);
  });

  it('is one of a list of codes, classes and ranges', async () => {
    const status: Expect['status'] = [204, '4xx', '500-502'];
    for (const code of [204, 400, 499, 500, 502]) expect(await judged({ status: code }, { status })).toEqual(met);
    for (const code of [200, 301, 503]) {
      expect(await judged({ status: code }, { status })).toEqual([
        `HTTP ${code}`,
        `expected status 204 or 4xx or 500-502, got ${code}`,
      ]);
    }
  });
});

describe('headers', () => {
  it('are there, equal or contain', async () => {
    const given = { headers: { 'X-Thing': 'one two', 'set-cookie': ['a=1', 'b=2'] } };
    for (const header of [
      { name: 'x-thing' },
      { name: 'X-THING', equals: 'one two' },
      { name: 'x-thing', contains: 'two' },
      { name: 'set-cookie', equals: 'a=1' },
    ]) {
      expect(await judged(given, { headers: [header] })).toEqual(met);
    }
  });

  it('say what was there instead', async () => {
    const given = { headers: { 'x-thing': 'one two' } };
    expect(await judged(given, { headers: [{ name: 'X-Other' }] })).toEqual([
      'Expectation: header X-Other',
      'expected header X-Other, got none',
    ]);
    expect(
      await judged(given, { headers: [{ name: 'x-thing' }, { name: 'X-Thing', equals: 'one', contains: 'three' }] }),
    ).toEqual(['Expectation: header X-Thing', 'expected header X-Thing equal to "one" and containing "three", got "one two"']);
  });
});

describe('body', () => {
  it('contains a text', async () => {
    expect(await judged({ body: 'grüße dich' }, { bodyContains: 'üße' })).toEqual(met);
    expect(await judged({ body: 'no' }, { bodyContains: 'yes' })).toEqual([
      'Expectation: body contains',
      'expected a body containing "yes", got "no"',
    ]);
    const [, detail] = await judged({ body: 'x'.repeat(500) }, { bodyContains: 'yes' });
    expect(detail).toBe(`expected a body containing "yes", got "${'x'.repeat(200)}…"`);
  });

  it('is read in the charset that the answer names', async () => {
    const headers = { 'content-type': 'text/plain; charset=ISO-8859-1' };
    expect(await judged({ headers, body: Buffer.from('grüße', 'latin1') }, { bodyContains: 'üße' })).toEqual(met);
  });

  it('has a JSON value at a path', async () => {
    const body = '\ufeff{"a":[{"b":1.5},{"b":null}],"ok":true,"s":"ä","o":{"x":1}}';
    for (const [path, equals] of [
      ['$.a[0].b', 1.5],
      ['$.a[1].b', null],
      ['$.ok', true],
      ['$.s', 'ä'],
      ['$.a[?@.b > 1].b', 1.5],
    ] as const) {
      expect(await judged({ body }, { bodyJson: [{ path, equals }] })).toEqual(met);
    }
    const error = (path: string) => `Expectation: body json ${path}`;
    expect(await judged({ body }, { bodyJson: [{ path: '$.ok', equals: 'true' }] })).toEqual([
      error('$.ok'),
      'expected $.ok to be "true", got true',
    ]);
    expect(await judged({ body }, { bodyJson: [{ path: '$.o', equals: 1 }] })).toEqual([
      error('$.o'),
      'expected $.o to be 1, got {"x":1}',
    ]);
    expect(await judged({ body }, { bodyJson: [{ path: '$.none', equals: null }] })).toEqual([
      error('$.none'),
      'expected $.none to be null, but there is nothing at that path',
    ]);
    const [name, detail] = await judged({ body: '<html>' }, { bodyJson: [{ path: '$.a', equals: 1 }] });
    expect(name).toBe(error('$.a'));
    expect(detail).toMatch(/^expected \$\.a to be 1, but the body is not JSON/);
    expect((await judged({ body: '' }, { bodyJson: [{ path: '$.a', equals: 1 }] }))[1]).toContain('but the body is empty');
  });

  it.each([
    ['a thousand levels are looked through', `${'{"a":'.repeat(1000)}1${'}'.repeat(1000)}`, 'there is nothing at that path'],
    ['brackets in strings do not count', JSON.stringify(['["{\\'.repeat(1000)]), 'there is nothing at that path'],
    ['a level more is refused', `${'['.repeat(1001)}${']'.repeat(1001)}`, 'the body is nested deeper than 1000 levels'],
    ['objects count as lists do', `${'{"a":'.repeat(1001)}1${'}'.repeat(1001)}`, 'the body is nested deeper than 1000 levels'],
  ])('is bounded in depth: %s', async (_what, body, why) => {
    expect(await judged({ body }, { bodyJson: [{ path: '$..x', equals: 1 }] })).toEqual([
      'Expectation: body json $..x',
      `expected $..x to be 1, but ${why}`,
    ]);
  });

  it('refuses a wrong JSON path when it is compiled', () => {
    expect(() => rig.compile({ path: '/', expect: { bodyJson: [{ path: '$.[', equals: 1 }] } })).toThrow(
      '"$.[" is not a JSON path (RFC 9535)',
    );
  });
});

describe('latency', () => {
  it('is at most what was said', async () => {
    expect(await judged({}, { maxLatencyMs: 60_000 })).toEqual(met);
    delayMs = 30;
    const [error, detail] = await judged({}, { maxLatencyMs: 20 });
    expect(error).toBe('Expectation: latency');
    expect(detail).toMatch(/^expected at most 20 ms, took \d+(\.\d+)? ms$/);
  });

  it('is asked for last', async () => {
    delayMs = 10;
    expect((await judged({ status: 500 }, { maxLatencyMs: 1 }))[0]).toBe('HTTP 500');
    expect((await judged({ body: 'no' }, { maxLatencyMs: 1, bodyContains: 'yes' }))[0]).toBe('Expectation: body contains');
  });
});

describe('compressed bodies', () => {
  const text = JSON.stringify({ text: 'ä'.repeat(1000) });
  const expected = { bodyContains: 'ää' };

  it.each([
    ['gzip', gzipSync(text)],
    ['x-gzip', gzipSync(text)],
    ['deflate', deflateSync(text)],
    ['deflate', deflateRawSync(text)],
    ['br', brotliCompressSync(text)],
    ['zstd', zstdCompressSync(text)],
    ['gzip, br', brotliCompressSync(gzipSync(text))],
    ['identity', Buffer.from(text)],
  ])('are read: %s', async (coding, body) => {
    expect(await judged({ headers: { 'content-encoding': coding }, body }, expected)).toEqual(met);
  });

  it.each([
    ['gzip', gzipSync(Buffer.alloc(10_000_000))],
    ['deflate', deflateSync(Buffer.alloc(10_000_000))],
    ['br', brotliCompressSync(Buffer.alloc(10_000_000))],
    ['zstd', zstdCompressSync(Buffer.alloc(10_000_000))],
  ])('are bounded: a %s bomb', async (coding, body) => {
    expect(body.length).toBeLessThan(100_000);
    const [error, detail] = await judged({ headers: { 'content-encoding': coding }, body }, expected);
    expect(error).toBe('MalformedResponse: content encoding');
    expect(detail).toBe(`the body is larger than 100000 bytes after decompression (${coding})`);
  });

  it('are bounded in the number of codings', async () => {
    const coded = (times: number) => ({ headers: { 'content-encoding': Array(times).fill('gzip').join(', ') } });
    const zipped = (times: number): Buffer => (times === 0 ? Buffer.from(text) : gzipSync(zipped(times - 1)));
    expect(await judged({ ...coded(4), body: zipped(4) }, expected)).toEqual(met);
    expect((await judged({ ...coded(5), body: zipped(5) }, expected))[1]).toBe('the body is encoded 5 times, more than 4');
  });

  it('are named when they are broken or unknown', async () => {
    const [error, detail] = await judged({ headers: { 'content-encoding': 'gzip' }, body: 'plain' }, expected);
    expect(error).toBe('MalformedResponse: content encoding');
    expect(detail).toMatch(/^the body is not valid gzip/);
    expect((await judged({ headers: { 'content-encoding': 'rot13' }, body: 'plain' }, expected))[1]).toBe(
      'the body has the unknown content-encoding "rot13"',
    );
  });

  it('are left alone when nobody looks at them', async () => {
    expect(await judged({ headers: { 'content-encoding': 'gzip' }, body: 'plain' }, {})).toEqual(met);
    expect(
      await judged({ headers: { 'content-encoding': 'gzip', 'x-a': '1' }, body: 'plain' }, { headers: [{ name: 'x-a' }] }),
    ).toEqual(met);
  });
});
