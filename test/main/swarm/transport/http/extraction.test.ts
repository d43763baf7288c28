import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TaskException } from '../../../../../src/main/swarm/template/task-exception';
import type { Extract } from '../../../../../src/shared/scenario/schema';
import { type Answer, HttpRig, startServer, type TestServer } from './http-rig';

let server: TestServer;
let rig: HttpRig;
let answer: Answer;

beforeAll(async () => {
  server = await startServer(() => answer);
  rig = new HttpRig({
    target: { baseUrl: server.url },
    requests: [
      {
        path: '/',
        extract: [
          { variable: 'v', header: 'x' },
          { variable: 'w', header: 'x' },
        ],
      },
    ],
  });
});
afterAll(async () => {
  rig.close();
  await server.close();
});

async function extracted(given: Answer, ...extract: (Partial<Extract> & { variable: string })[]) {
  answer = given;
  const { compiled, exchange, scope } = await rig.send({ path: '/', extract });
  expect(exchange.error).toBe(null);
  compiled.extract(exchange, scope);
  return extract.map(({ variable }) => scope.get(rig.program.variableSlot(variable)));
}

const v = (source: Partial<Extract>) => ({ variable: 'v', ...source });

describe('by JSON path', () => {
  const body = '{"t":"tök","n":-1.5,"b":false,"z":null,"o":{"a":[1,"x"]},"list":[{"id":7},{"id":8}]}';

  it.each([
    ['$.t', 'tök'],
    ['$.n', -1.5],
    ['$.b', false],
    ['$.z', null],
    ['$.o', '{"a":[1,"x"]}'],
    ['$.list[*].id', 7],
    ['$..id', 7],
  ])('%s', async (jsonPath, value) => {
    expect(await extracted({ body }, v({ jsonPath }))).toEqual([value]);
  });

  it('says what is missing', async () => {
    await expect(extracted({ body }, v({ jsonPath: '$.none' }))).rejects.toThrow(
      new TaskException('Cannot extract "v": JSON path $.none finds nothing in the body.'),
    );
    await expect(extracted({ body: 'html' }, v({ jsonPath: '$.t' }))).rejects.toThrow(
      new TaskException('Cannot extract "v": the body is not JSON, so JSON path $.t cannot be applied.'),
    );
    await expect(extracted({ body: '' }, v({ jsonPath: '$.t' }))).rejects.toThrow(
      new TaskException('Cannot extract "v": the body is empty, so JSON path $.t cannot be applied.'),
    );
    await expect(extracted({ body: '['.repeat(1001) + ']'.repeat(1001) }, v({ jsonPath: '$[0]' }))).rejects.toThrow(
      new TaskException('Cannot extract "v": the body is nested deeper than 1000 levels, so JSON path $[0] cannot be applied.'),
    );
    await expect(extracted({ headers: { 'content-encoding': 'gzip' }, body: 'html' }, v({ jsonPath: '$.t' }))).rejects.toThrow(
      new TaskException('Cannot extract "v": the body of the answer cannot be decompressed.'),
    );
  });
});

describe('by header', () => {
  it('takes the first, without regard to case', async () => {
    const given = { headers: { 'X-Token': 't', 'set-cookie': ['a=1', 'b=2'] } };
    expect(await extracted(given, v({ header: 'x-TOKEN' }), { variable: 'w', header: 'Set-Cookie' })).toEqual(['t', 'a=1']);
  });

  it('says which is missing', async () => {
    await expect(extracted({}, v({ header: 'X-None' }))).rejects.toThrow(
      new TaskException('Cannot extract "v": the answer has no header X-None.'),
    );
  });
});

describe('by regular expression', () => {
  it('takes a group', async () => {
    const body = 'id=12; name=ä(b)';
    expect(await extracted({ body }, v({ regex: 'id=(\\d+)' }))).toEqual(['12']);
    expect(await extracted({ body }, v({ regex: 'id=\\d+', group: 0 }))).toEqual(['id=12']);
    expect(await extracted({ body }, v({ regex: '(\\w+)=(ä.*)', group: 2 }))).toEqual(['ä(b)']);
    const headers = { 'content-encoding': 'gzip' };
    expect(await extracted({ headers, body: gzipSync(body) }, v({ regex: 'id=(\\d+)' }))).toEqual(['12']);
  });

  it('says what is missing', async () => {
    await expect(extracted({ body: 'x' }, v({ regex: 'id=(\\d+)' }))).rejects.toThrow(
      new TaskException('Cannot extract "v": regular expression id=(\\d+) finds nothing in the body.'),
    );
    await expect(extracted({ body: 'b' }, v({ regex: '(a)|b' }))).rejects.toThrow(
      new TaskException('Cannot extract "v": group 1 of regular expression (a)|b takes no part in the match.'),
    );
  });

  it('takes time linear in the body', async () => {
    const beganMs = performance.now();
    await expect(extracted({ body: `${'a'.repeat(50_000)}b` }, v({ regex: '^(a+)+$' }))).rejects.toThrow(TaskException);
    // A backtracking engine would not come back from this one at all.
    expect(performance.now() - beganMs).toBeLessThan(20_000);
  });

  it('refuses a wrong expression when it is compiled', () => {
    const compile = (source: Partial<Extract>) => () => rig.compile({ path: '/', extract: [v(source)] });
    expect(compile({ regex: '(?=a)' })).toThrow('The regular expression of "v" is not valid RE2 syntax');
    expect(compile({ regex: 'a' })).toThrow('has no group 1: put what is wanted in parentheses, or set "group" to 0');
    expect(compile({ jsonPath: 'token' })).toThrow('"token" is not a JSON path');
    expect(compile({})).toThrow('names no source');
  });
});
