import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import type { RunReport } from '../../../src/shared/stats/report';
import { HttpLogServer } from '../../support/http-log-server';
import { tempFolder } from '../../support/temp-folder';
import { runCli } from './support/spawned-cli';

let folder: string;

beforeEach(() => {
  const outside = tempFolder();
  folder = join(outside, 'scenario');
  for (const name of ['scenario', 'tables']) mkdirSync(join(outside, name));
});

const command = (...args: string[]) => runCli(args, { folder });

/** A document with one request a node. `parts` go over it. */
function documentWith(request: object, parts: object = {}): Record<string, unknown> {
  return {
    nodeswarm: 1,
    name: 'Hostile',
    target: { baseUrl: 'http://127.0.0.1:9' },
    load: { nodes: 1, spawnRate: 1, durationSeconds: 1 },
    nodeTypes: [
      {
        name: 'A',
        wait: { kind: 'constant', seconds: 60 },
        tasks: [{ name: 't', steps: [{ request: { path: '/', ...request } }] }],
      },
    ],
    ...parts,
  };
}

function write(document: unknown): void {
  writeFileSync(join(folder, 'x.nodeswarm.json'), typeof document === 'string' ? document : JSON.stringify(document));
}

describe("a stranger's document is refused in sentences that name the place", () => {
  const sound = JSON.stringify(documentWith({}));
  const step = 'nodeTypes\\[0\\]\\.tasks\\[0\\]\\.steps\\[0\\]\\.request';
  const cases: [what: string, text: () => string, sentence: RegExp][] = [
    ['lists, 100,000 deep', () => '['.repeat(100_000) + ']'.repeat(100_000), /nested more than 100 deep at line 1, column 101/],
    [
      'objects, 100,000 deep',
      () => `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`,
      /nested more than 100 deep at line 1, column/,
    ],
    [
      '100,000 levels somewhere within',
      () => sound.replace('"/"', '['.repeat(100_000)),
      /nested more than 100 deep at line 1, column/,
    ],
    [
      '__proto__',
      () => sound.replace('"name":"A"', '"name":"A","__proto__":{"weight":5}'),
      /nodeTypes\[0\]\.__proto__: the key "__proto__" is not allowed \(line 1, column \d+\)/,
    ],
    [
      'constructor',
      () => sound.replace('"name":"A"', '"name":"A","constructor":{"prototype":{"weight":5}}'),
      /nodeTypes\[0\]\.constructor: /,
    ],
    [
      'a key that appears twice',
      () => sound.replace('"name":"A"', '"name":"A",\n"name":"B"'),
      /nodeTypes\[0\]\.name: the key "name" appears twice \(line 2, column 1\)/,
    ],
    [
      'an expression that stands for 10,000 copies',
      () => JSON.stringify(documentWith({ extract: [{ variable: 'v', regex: '(a{100}){100}' }] })),
      new RegExp(`${step}\\.extract\\[0\\].*too large`),
    ],
    [
      'an expression that stands for a billion copies',
      () => JSON.stringify(documentWith({ extract: [{ variable: 'v', regex: '((a{1000}){1000}){1000}' }] })),
      /nodeTypes: the regular expressions and JSON paths are too large together/,
    ],
    [
      'an expression of 100,000 parentheses',
      () => JSON.stringify(documentWith({ extract: [{ variable: 'v', regex: '('.repeat(100_000) }] })),
      new RegExp(`${step}\\.extract\\[0\\]`),
    ],
    [
      'a JSON path of 100,000 filters',
      () => JSON.stringify(documentWith({ extract: [{ variable: 'v', jsonPath: `$${'[?@'.repeat(100_000)}` }] })),
      new RegExp(`${step}\\.extract\\[0\\]`),
    ],
    [
      'a text of 100,000 placeholders',
      () => JSON.stringify(documentWith({ path: `/${'{{uuid()}}'.repeat(100_000)}` })),
      new RegExp(`${step}\\.path`),
    ],
    [
      'a placeholder that is never closed, 100,000 times',
      () => JSON.stringify(documentWith({ path: `/${'{{'.repeat(100_000)}` })),
      new RegExp(`${step}\\.path`),
    ],
  ];
  it.each(cases)('%s', async (_, text, sentence) => {
    write(text());
    const { code, stdout, stderr } = await command('validate', 'x.nodeswarm.json');
    expect(stderr).toMatch(sentence);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).not.toMatch(/RangeError|\n\s+at /);
    // However large the document, nobody has to read it all again.
    expect(stderr.length).toBeLessThan(20_000);
  });
});

describe('a document as other programs write it', { timeout: 120_000 }, () => {
  const text = JSON.stringify(documentWith({}), null, 2).replaceAll('\n', '\r\n');
  it.each([
    ['UTF-16 with CRLF', Buffer.from(`\ufeff${text}`, 'utf16le')],
    ['a byte order mark', Buffer.from(`\ufeff${text}`)],
    ['just below 50 MB', Buffer.from(text.padEnd(49_900_000))],
  ])('is valid: %s', async (_, bytes) => {
    writeFileSync(join(folder, 'x.nodeswarm.json'), bytes);
    expect(await command('validate', 'x.nodeswarm.json')).toMatchObject({ code: 0, stderr: '' });
  });

  it('is refused when it is larger than 50 MB, and for a mistake at the end of 50 MB with its place', async () => {
    write(text.padEnd(60_000_000));
    expect(await command('validate', 'x.nodeswarm.json')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('larger than 50 MB'),
    });
    write(`${text.padEnd(49_900_000, ' \n')}}`);
    expect(await command('validate', 'x.nodeswarm.json')).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/after the end.* at line \d+, column \d+/),
    });
  });
});

/** Two to the power of 40,000 ways to read this, for an engine that goes back. */
const TEXT = `${'a'.repeat(40_000)}!`;
const MANY = Array.from({ length: 60 }, () => Array.from({ length: 60 }, () => Array.from({ length: 20 }, () => [1])));

interface Trap {
  /** Of the request, and what is in the answer. */
  request: object;
  answer: () => string;
  /** What the node says of it; null where the request fails instead. */
  exception: string | null;
}

const extracted = (source: object) => ({ extract: [{ variable: 'v', ...source }] });
const lists = () => JSON.stringify({ list: [TEXT, TEXT, TEXT] });

const TRAPS: Record<string, Trap> = {
  regex: { request: extracted({ regex: '^(a+)+$' }), answer: () => TEXT, exception: 'finds nothing' },
  search: {
    request: extracted({ jsonPath: "$.list[?search(@, '(a|aa)+(a|aa)+$')]" }),
    answer: lists,
    exception: 'finds nothing',
  },
  match: { request: extracted({ jsonPath: "$.list[?match(@, '(a+)+')]" }), answer: lists, exception: 'finds nothing' },
  expectation: {
    request: { expect: { bodyJson: [{ path: "$.list[?match(@, '(a+)+')]", equals: 'a' }] } },
    answer: lists,
    exception: null,
  },
  everything: {
    request: extracted({ jsonPath: '$..*..*..*[?@.nothing]' }),
    answer: () => JSON.stringify(MANY),
    exception: 'too many steps',
  },
  deep: {
    request: extracted({ jsonPath: '$..x' }),
    answer: () => '['.repeat(100_000) + ']'.repeat(100_000),
    exception: 'cannot be applied',
  },
  // A key like others: it makes no prototype.
  proto: {
    request: extracted({ jsonPath: '$.polluted' }),
    answer: () => '{"__proto__":{"polluted":"yes"}}',
    exception: 'finds nothing',
  },
};

it('what takes JavaScript for ever, in expressions, paths and answers, ends, and the run with it', async () => {
  const server = await HttpLogServer.start(({ url }, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end(TRAPS[url.slice(1)]?.answer() ?? '');
  });
  onTestFinished(() => server.stop());
  const names = Object.keys(TRAPS);
  const nodeTypes = Object.entries(TRAPS).map(([name, { request }]) => ({
    name,
    wait: { kind: 'constant', seconds: 60 },
    tasks: [{ name: 't', steps: [{ request: { path: `/${name}`, ...request } }] }],
  }));
  // Long enough for a busy machine to have read every answer before the end: what comes later is counted, and nothing is extracted from it.
  const load = { nodes: names.length, spawnRate: 20, durationSeconds: 4 };
  write(documentWith({}, { target: { baseUrl: server.url }, load, nodeTypes }));
  const args = ['run', 'x.nodeswarm.json', '--json', '-', '--quiet', '--no-history', '--shards', '1'];
  const { code, stdout, stderr } = await command(...args);
  const report = JSON.parse(stdout) as RunReport;
  const exceptions = report.exceptions.reduce((sum, { occurrences }) => sum + occurrences, 0);
  expect({ code, stderr }).toEqual({
    code: 1,
    stderr: `nodeswarm: ${exceptions} exceptions occurred.\nnodeswarm: 1 of ${names.length} requests failed.\n`,
  });
  expect(server.requests.map(({ url }) => url.slice(1)).sort()).toEqual([...names].sort());
  expect(report.run.status).toBe('finished');
  expect(report.accounting).toMatchObject({ started: names.length, completed: names.length - 1, failed: 1, aborted: 0 });
  const said = Object.fromEntries(report.exceptions.map(({ nodeType, message }) => [nodeType, message]));
  for (const [name, { exception }] of Object.entries(TRAPS)) {
    if (exception === null) expect(said[name]).toBeUndefined();
    else expect(said[name], name).toContain(exception);
  }
});

describe('--allow-files', () => {
  const scenario = (file: string) =>
    documentWith(
      { path: '/{{id}}' },
      {
        nodeTypes: [
          {
            name: 'A',
            variables: [{ name: 'id', generator: { kind: 'csvColumn', file, column: 'id' }, refresh: 'node' }],
            wait: { kind: 'constant', seconds: 60 },
            tasks: [{ name: 't', steps: [{ request: { path: '/{{id}}' } }] }],
          },
        ],
      },
    );

  beforeEach(() => {
    writeFileSync(join(folder, '../tables/ids.csv'), 'id\n4711\n');
    writeFileSync(join(folder, 'own.csv'), 'id\n1\n');
    symlinkSync(join(folder, '../tables/ids.csv'), join(folder, 'link.csv'));
  });

  it.each([
    ['by the parent', () => '../tables/ids.csv'],
    ['by its whole path', () => join(folder, '../tables/ids.csv')],
    ['by a link', () => 'link.csv'],
  ])('is asked for where a scenario leads out of its folder %s, and then lets it', async (_, file) => {
    write(scenario(file()));
    const refused = await command('validate', 'x.nodeswarm.json');
    expect(refused.stderr).toMatch(/^nodeswarm: .*tables\/ids\.csv.*outside its folder.*--allow-files.*\n$/);
    expect(refused).toMatchObject({ code: 2, stdout: '' });
    // A folder whose name begins alike is not it.
    expect((await command('validate', 'x.nodeswarm.json', '--allow-files', '../tab')).code).toBe(2);
    const allowed = await command('validate', 'x.nodeswarm.json', '--allow-files', '../tables');
    expect(allowed).toMatchObject({ code: 0, stderr: '', stdout: expect.stringContaining('is valid') });
  });

  it('has a run send what is in the file', async () => {
    const server = await HttpLogServer.start();
    onTestFinished(() => server.stop());
    write({ ...scenario('../tables/ids.csv'), target: { baseUrl: server.url } });
    const args = ['run', 'x.nodeswarm.json', '--no-history', '--shards', '1'];
    expect((await command(...args)).code).toBe(2);
    expect(server.requests).toEqual([]);
    const { code, stderr } = await command(...args, '--allow-files', 'nothing', '--allow-files', '../tables');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(server.requests.map(({ url }) => url)).toEqual(['/4711']);
  });

  it('is not needed for what lies beside the scenario', async () => {
    write(scenario('own.csv'));
    expect(await command('validate', 'x.nodeswarm.json')).toMatchObject({ code: 0, stderr: '' });
  });
});
