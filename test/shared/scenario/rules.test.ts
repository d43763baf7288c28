import { describe, expect, it } from 'vitest';
import { parseScenario } from '../../../src/shared/scenario/parse';
import { documentWith, type LooseValue, problemsOf, valid } from './documents';

const request = 'nodeTypes[0].tasks[0].steps[0].request';
const post = 'nodeTypes[0].tasks[1].steps[0].request';
const generator = 'nodeTypes[0].variables[0].generator';
const pause = 'nodeTypes[0].tasks[0].steps[1].pause';
const wait = 'nodeTypes[0].wait';

/** What a document is changed to, and its only problem. */
type Case = [changes: Record<string, LooseValue>, path: string, message: string, expected: string];

function broken(cases: Case[]): void {
  it.each(cases)('%j: a problem at %s', (changes, path, message, expected) => {
    const problems = problemsOf(documentWith(changes));
    expect(problems).toEqual([{ path, message: expect.stringContaining(message), expected: expect.stringContaining(expected) }]);
  });
}

function doubtful(cases: Case[]): void {
  it.each(cases)('%j: a warning at %s', (changes, path, message, expected) => {
    const { warnings } = valid(documentWith(changes));
    expect(warnings).toEqual([{ path, message: expect.stringContaining(message), expected: expect.stringContaining(expected) }]);
  });
}

function fine(cases: Record<string, LooseValue>[]): void {
  it.each(cases)('%j is fine', (changes) => {
    expect(parseScenario(documentWith(changes))).toMatchObject({ ok: true, warnings: [] });
  });
}

const stage = (nodes: number, rampSeconds = 1, holdSeconds = 1) => ({ nodes, rampSeconds, holdSeconds });
const type = (name: string, more: Record<string, LooseValue> = {}) => ({
  name,
  tasks: [{ name: 'get', steps: [{ request: { path: '/' } }] }],
  ...more,
});

describe('load', () => {
  broken([
    [{ load: {} }, 'load', '"nodes" and "spawnRate" are missing', 'either "nodes" and "spawnRate", or "stages"'],
    [{ load: { nodes: 5 } }, 'load.spawnRate', 'required with "nodes"', 'nodes spawned a second'],
    [{ load: { spawnRate: 5 } }, 'load.nodes', 'required with "spawnRate"', 'the number of nodes'],
    [{ load: { stages: [stage(5)], nodes: 5 } }, 'load.nodes', '"nodes" and "stages" cannot both be there', 'either'],
    [{ load: { stages: [stage(5)], spawnRate: 5 } }, 'load.spawnRate', '"spawnRate" and "stages" cannot both be there', 'either'],
    [
      { load: { stages: [stage(5)], durationSeconds: 5 } },
      'load.durationSeconds',
      'cannot both be there',
      'the stages say how long',
    ],
    [{ load: { stages: [stage(0), stage(0)] } }, 'load.stages', 'no stage ever reaches a node', '"nodes" above 0'],
    [{ load: { stages: [stage(5, 0, 0)] } }, 'load.stages', 'the stages last 0 seconds', 'above 0'],
    [{ 'nodeTypes[0].weight': 0 }, 'nodeTypes', 'no node type can get nodes', '"weight" or "fixedCount" above 0'],
    [{ 'nodeTypes[0].fixedCount': 0 }, 'nodeTypes', 'no node type can get nodes', 'above 0'],
    [{ 'nodeTypes[0].fixedCount': 4 }, 'nodeTypes', 'the load reaches 10 nodes, but the fixedCounts give only 4', 'or 4 nodes'],
  ]);
  doubtful([
    [
      { 'nodeTypes[0].fixedCount': 12 },
      'nodeTypes',
      'the fixedCounts add up to 12 nodes, but the load reaches only 10',
      'more nodes',
    ],
    [
      { 'nodeTypes[1]': type('Rare', { weight: 0.01 }) },
      'nodeTypes[1]',
      '"Rare" gets no node: 10 nodes are too few for its weight',
      'a larger weight',
    ],
  ]);
  fine([
    { load: { nodes: 5, spawnRate: 0.5, durationSeconds: 10 } },
    { load: { stages: [stage(0), stage(5), stage(0)] } },
    { 'nodeTypes[0].fixedCount': 10 },
    { 'nodeTypes[1]': type('Off', { weight: 0 }) },
    { 'nodeTypes[1]': type('Gateway', { fixedCount: 1 }) },
  ]);
});

describe('target', () => {
  broken([
    ...[
      '127.0.0.1:8090',
      'ftp://a',
      'http:/a',
      'http://',
      'http:///a',
      'http://a b',
      ' http://a',
      'http://a\\b',
      'http://a:99999',
      'http://[::1',
      'http://300.1.1.1',
    ].map(
      (baseUrl): Case => [
        { 'target.baseUrl': baseUrl },
        'target.baseUrl',
        'this is not an http or https URL',
        'http://127.0.0.1:8090',
      ],
    ),
    [{ 'target.baseUrl': '' }, 'target.baseUrl', 'the address of the backend is missing', 'http://127.0.0.1:8090'],
    [
      { 'target.baseUrl': 'http://a/?x=1' },
      'target.baseUrl',
      'query (?) or fragment (#)',
      'query parameters belong in the requests',
    ],
    [{ 'target.baseUrl': 'http://a#x' }, 'target.baseUrl', 'query (?) or fragment (#)', 'an address'],
    [{ 'target.baseUrl': 'http://u:p@a' }, 'target.baseUrl', 'a user name or password', 'belong in "auth"'],
    [{ 'target.baseUrl': 'http://{{secret.HOST}}' }, 'target.baseUrl', 'placeholders do not work here', 'an address'],
    [{ 'target.proxy': 'proxy:3128' }, 'target.proxy', 'not an http or https URL', 'http://proxy:3128'],
    [{ 'target.proxy': 'http://user:50%off@proxy' }, 'target.proxy', 'a % that does not begin an escape', 'http://proxy:3128'],
    [{ 'target.proxy': 'http://proxy/x' }, 'target.proxy', 'a path is not allowed in a proxy', 'http://proxy:3128'],
    [{ 'target.http': '2' }, 'target.http', 'HTTP/2 needs a base URL with https', '"auto" or "1.1"'],
    [
      { 'target.tls': { certFile: 'c.pem' }, 'target.baseUrl': 'https://a' },
      'target.tls.keyFile',
      'required with "certFile"',
      'private key',
    ],
    [
      { 'target.tls': { keyFile: 'k.pem' }, 'target.baseUrl': 'https://a' },
      'target.tls.certFile',
      'required with "keyFile"',
      'certificate',
    ],
    [
      { 'target.auth': { kind: 'basic', username: 'a:b', password: '{{secret.P}}' } },
      'target.auth.username',
      'cannot contain a colon',
      'without',
    ],
    [
      { 'target.auth': { kind: 'bearer', token: '{{secret.T}}' }, 'target.headers': { Authorization: 'x' } },
      'target.headers.Authorization',
      'and "auth" cannot both be there',
      'one of the two',
    ],
    [
      { 'target.localAddresses': ['127.0.0.1', 'eth0'] },
      'target.localAddresses[1]',
      '"eth0" is not an IP address',
      '192.168.1.20',
    ],
    [
      { 'target.localAddresses': ['1.2.3.256'] },
      'target.localAddresses[0]',
      'is not an IP address',
      'an address of this machine',
    ],
  ]);
  doubtful([
    [{ 'target.tls': { insecure: true } }, 'target.tls', 'no effect on a base URL with http', 'https'],
    [{ 'target.poolSize': 5 }, 'target.poolSize', 'no effect with the connection "per-node"', '"shared"'],
    [{ 'target.auth': { kind: 'bearer', token: 'abc' } }, 'target.auth.token', 'plain text', '{{secret.NAME}}'],
    [{ 'target.auth': { kind: 'basic', username: 'u', password: 'p' } }, 'target.auth.password', 'plain text', '{{secret.NAME}}'],
  ]);
  fine([
    {
      'target.baseUrl': 'https://example.com/api/v1/',
      'target.http': '2',
      'target.tls': { insecure: true, certFile: 'c', keyFile: 'k' },
    },
    { 'target.baseUrl': 'http://[::1]:8090' },
    { 'target.proxy': 'http://user:pass@proxy:3128' },
    { 'target.proxy': 'http://proxy:3128', 'target.http': '2', 'target.baseUrl': 'https://example.com' },
    { 'target.connection': 'shared', 'target.poolSize': 5 },
    { 'target.localAddresses': ['127.0.0.2', '::1', 'fe80::1'] },
    { 'target.headers': { 'x-node': '{{node.index}} {{node.type}} {{secret.KEY}} {{uuid()}}' } },
  ]);
});

describe('an address that is wrong', () => {
  it.each([
    { 'target.baseUrl': 'http://user:hunter2@a' },
    { 'target.baseUrl': 'http://user:hunter2@no host' },
    { 'target.baseUrl': 'http://a/?key=hunter2' },
    { 'target.proxy': 'socks5://user:hunter2@proxy' },
    { 'target.proxy': 'http://user:hunter2%@proxy' },
  ])('is not repeated where it may hold a password: %j', (changes) => {
    const problems = problemsOf(documentWith(changes as Record<string, LooseValue>));
    expect(problems).toHaveLength(1);
    expect(JSON.stringify(problems)).not.toContain('hunter2');
  });
});

describe('headers', () => {
  broken([
    ...[
      'content-length',
      'Transfer-Encoding',
      'connection',
      'keep-alive',
      'upgrade',
      'expect',
      'te',
      'trailer',
      'proxy-connection',
    ].map(
      (name): Case => [
        { [`${request}.headers`]: { [name]: 'x' } },
        `${request}.headers${/^\w+$/.test(name) ? `.${name}` : `["${name}"]`}`,
        'is set by Nodeswarm',
        'no such header',
      ],
    ),
    [{ 'target.headers': { 'a b': 'x' } }, 'target.headers["a b"]', '"a b" is not a header name', 'a name of letters, digits'],
    [{ 'target.headers': { '': 'x' } }, 'target.headers[""]', 'is not a header name', 'a name of letters, digits'],
    [
      { 'target.headers': { 'x-{{uuid()}}': 'x' } },
      'target.headers["x-{{uuid()}}"]',
      'is not a header name',
      'in the value only',
    ],
    [
      { [`${request}.headers`]: { 'X-A': '1', 'x-a': '2' } },
      `${request}.headers["x-a"]`,
      'already there as "X-A"',
      'each header once',
    ],
    [{ [`${request}.headers`]: { a: 'x\r\ny: z' } }, `${request}.headers.a`, 'cannot hold the character "\\r"', 'on one line'],
    [
      { [`${request}.headers`]: { a: 'x{{iot_id}}\u0000' } },
      `${request}.headers.a`,
      'cannot hold the character "\\u0000"',
      'one line',
    ],
  ]);
  fine([{ [`${request}.headers`]: { 'x-ok_1.~': 'täg\t{{iot_id}}', host: 'other', c: '→' } }]);
});

describe('node types', () => {
  broken([
    [
      { 'nodeTypes[1]': type('Sensor') },
      'nodeTypes[1].name',
      'there already is a node type "Sensor", at index 0',
      'a name of its own',
    ],
    [
      { 'nodeTypes[0].tasks[1].name': 'greet' },
      'nodeTypes[0].tasks[1].name',
      'there already is a task "greet"',
      'a name of its own',
    ],
    [{ 'nodeTypes[1]': { name: 'Idle' } }, 'nodeTypes[1]', '"Idle" has nothing to do', 'one task, or a step on start or on stop'],
    [{ 'nodeTypes[0].name': 'a\nb' }, 'nodeTypes[0].name', 'a line break or control character', 'one line'],
    [{ name: 'a\u0007' }, 'name', 'a line break or control character', 'one line'],
    [
      { [wait]: { kind: 'between', minSeconds: 5, maxSeconds: 2 } },
      `${wait}.maxSeconds`,
      'minSeconds (5) is above maxSeconds (2)',
      'at least 5',
    ],
    ...[
      { kind: 'constant', seconds: 0 },
      { kind: 'between', minSeconds: 0, maxSeconds: 0 },
      { kind: 'exponential', meanSeconds: 0 },
    ].map(
      (value): Case => [
        { [wait]: value, 'nodeTypes[0].tasks[1].steps': [{ pause: { seconds: 0 } }] },
        'nodeTypes[0].tasks[1].steps',
        'the task "data" takes no time',
        'a longer wait',
      ],
    ),
    [{ [`${pause}`]: {} }, pause, 'the length of the pause is missing', 'either "seconds"'],
    [{ [`${pause}`]: { seconds: 1, minSeconds: 1 } }, pause, 'cannot be together', 'either "seconds"'],
    [{ [`${pause}`]: { minSeconds: 1 } }, `${pause}.maxSeconds`, 'required with "minSeconds"', 'either'],
    [{ [`${pause}`]: { maxSeconds: 1 } }, `${pause}.minSeconds`, 'required with "maxSeconds"', 'either'],
    [
      { [`${pause}`]: { minSeconds: 3, maxSeconds: 1 } },
      `${pause}.maxSeconds`,
      'minSeconds (3) is above maxSeconds (1)',
      'at least 3',
    ],
    [{ 'nodeTypes[0].onStop': [{}] }, 'nodeTypes[0].onStop[0]', 'neither a request nor a pause', 'exactly one'],
    [
      { 'nodeTypes[0].onStop': [{ request: { path: '/' }, pause: { seconds: 1 } }] },
      'nodeTypes[0].onStop[0]',
      'cannot be a request and a pause',
      'exactly one',
    ],
  ]);
  doubtful([
    [{ 'nodeTypes[0].tasks[1].steps': [] }, 'nodeTypes[0].tasks[1].steps', 'the task "data" does nothing', 'at least one step'],
    [{ [wait]: { kind: 'pacing', seconds: 5, jitterSeconds: 6 } }, `${wait}.jitterSeconds`, 'longer than the 5 s', 'below'],
    [
      { [wait]: { kind: 'throughput', perSecond: 3, jitterSeconds: 6 } },
      `${wait}.jitterSeconds`,
      'longer than the 0.333 s',
      'below',
    ],
  ]);
  fine([
    { 'nodeTypes[1]': type('Other', { tasks: [{ name: 'greet', steps: [{ request: { path: '/' } }] }] }) },
    { 'nodeTypes[1]': { name: 'Once', onStart: [{ request: { path: '/' } }] } },
    { [wait]: { kind: 'constant', seconds: 0 } },
    { [pause]: { minSeconds: 1, maxSeconds: 1 } },
  ]);
});

describe('variables and generators', () => {
  const use = '/{{iot_id}}';
  broken([
    [{ [generator]: { kind: 'randomInteger', min: 5, max: 1 } }, `${generator}.max`, 'min (5) is above max (1)', 'at least 5'],
    [
      { [generator]: { kind: 'gaussian', mean: 0, standardDeviation: 1, min: 5, max: 1 } },
      `${generator}.max`,
      'min (5) is above max (1)',
      'at least 5',
    ],
    [
      { [generator]: { kind: 'randomWalk', start: 9, step: 1, max: 5 } },
      `${generator}.start`,
      'start (9) is above max (5)',
      'at most 5',
    ],
    [
      { [generator]: { kind: 'choice', values: [1, 2], weights: [1] } },
      `${generator}.weights`,
      '1 weights for 2 values',
      '2 numbers',
    ],
    [
      { [generator]: { kind: 'choice', values: [1, 2], weights: [0, 0] } },
      `${generator}.weights`,
      'all weights are 0',
      'above 0',
    ],
    [
      { [generator]: { kind: 'battery', full: 1, empty: 2, drainPerHour: 1, rechargePerHour: 1 } },
      `${generator}.empty`,
      'below full',
      'below 1',
    ],
    ...['node', 'secret'].map(
      (name): Case => [
        { 'nodeTypes[0].variables[1]': { name, generator: { kind: 'uuid' } } },
        'nodeTypes[0].variables[1].name',
        `"${name}" is reserved`,
        'another name',
      ],
    ),
    ...['', '1a', '-a', 'a b', 'ä', 'a.b'].map(
      (name): Case => [
        { 'nodeTypes[0].variables[1]': { name, generator: { kind: 'uuid' } } },
        'nodeTypes[0].variables[1].name',
        'cannot be the name of a variable',
        'letters, digits, _ and -',
      ],
    ),
    [
      { 'nodeTypes[0].variables[1]': { name: 'iot_id', generator: { kind: 'uuid' } } },
      'nodeTypes[0].variables[1].name',
      'there already is a variable "iot_id", at index 0',
      'a name of its own',
    ],
  ]);
  doubtful([
    [
      { 'nodeTypes[0].variables[1]': { name: 'spare', generator: { kind: 'uuid' } } },
      'nodeTypes[0].variables[1]',
      'the variable "spare" is never used',
      '{{spare}}',
    ],
    [
      { 'nodeTypes[0].onStart': [{ request: { path: '/{{t}}', extract: [{ variable: 't', jsonPath: '$.t' }] } }] },
      'nodeTypes[0].onStart[0].request.path',
      'the variable "t" has no value here: no step before this one extracts it',
      'an earlier step',
    ],
    [
      {
        'nodeTypes[0].tasks[2]': {
          name: 'late',
          steps: [
            { request: { path: '/a', headers: { x: '{{t}}' }, query: { y: '{{t}}' } } },
            { request: { path: '/b', extract: [{ variable: 't', header: 'x' }] } },
          ],
        },
      },
      'nodeTypes[0].tasks[2].steps[0].request.query.y',
      'the first time the task runs nothing has extracted it',
      'onStart',
    ],
  ]);
  fine([
    {
      'nodeTypes[0].onStart': [
        { request: { path: '/', extract: [{ variable: 't', jsonPath: '$.t' }] } },
        { request: { path: '/{{t}}' } },
      ],
      'nodeTypes[0].onStop': [{ request: { path: '/bye/{{t}}' } }],
    },
    // Another task may have run before: it cannot be known.
    {
      'nodeTypes[0].tasks[2]': { name: 'take', steps: [{ request: { path: '/', extract: [{ variable: 't', regex: '(.)' }] } }] },
      'nodeTypes[0].tasks[3]': { name: 'use', steps: [{ request: { path: '/{{t}}' } }] },
      'nodeTypes[0].onStop': [{ request: { path: '/bye/{{t}}' } }],
    },
    { [`${request}.path`]: `${use}/{{ iot_id }}` },
  ]);
});

describe('requests', () => {
  const extract = `${request}.extract`;
  broken([
    [{ [`${request}.path`]: 'greet/{{iot_id}}' }, `${request}.path`, 'does not begin with /', '"/greet/{{iot_id}}"'],
    [{ [`${post}.path`]: '' }, `${post}.path`, 'does not begin with /', '"/"'],
    [{ [`${post}.path`]: 'https://a/b' }, `${post}.path`, 'does not begin with /', 'the base URL of the target'],
    [{ [`${post}.path`]: '/a#b' }, `${post}.path`, 'cannot hold the character "#"', '%23'],
    [{ [`${post}.path`]: '/a\nb' }, `${post}.path`, 'cannot hold the character "\\n"', 'one line'],
    [{ [`${post}.name`]: '/{{iot_id}}' }, `${post}.name`, 'placeholders do not work in the name', 'share one row'],
    [
      { [`${post}.query`]: { '{{iot_id}}': '1' } },
      `${post}.query["{{iot_id}}"]`,
      'name of a query parameter',
      'in the value only',
    ],
    [
      { [`${post}.body`]: { kind: 'form', fields: { '{{iot_id}}': '1' } } },
      `${post}.body.fields["{{iot_id}}"]`,
      'name of a form field',
      'value only',
    ],
    [{ [`${post}.body.contentType`]: 'a\nb' }, `${post}.body.contentType`, 'is not a content type', 'application/cbor'],
    [
      { [`${post}.body.contentType`]: 'a/b', [`${post}.headers`]: { 'Content-Type': 'a/c' } },
      `${post}.body.contentType`,
      'cannot both be there',
      'one of the two',
    ],
    [
      { [`${post}.expect`]: { status: ['2xx', '299-200'] } },
      `${post}.expect.status[1]`,
      'the range "299-200" is empty',
      '"200-299"',
    ],
    [
      { [`${post}.expect`]: { bodyJson: [{ path: 'a.b', equals: 1 }] } },
      `${post}.expect.bodyJson[0].path`,
      '"a.b" is not a JSON path',
      '$.token',
    ],
    [{ [`${post}.expect`]: { headers: [{ name: 'a b' }] } }, `${post}.expect.headers[0].name`, 'is not a header name', 'letters'],
    [
      { [extract]: [{ variable: 't' }] },
      `${extract}[0]`,
      'nothing says where the value is',
      'exactly one of "jsonPath", "header" and "regex"',
    ],
    [
      { [extract]: [{ variable: 't', header: 'x', regex: '(x)' }] },
      `${extract}[0]`,
      'header and regex cannot be together',
      'exactly one',
    ],
    [{ [extract]: [{ variable: 't', jsonPath: '$.a[' }] }, `${extract}[0].jsonPath`, '"$.a[" is not a JSON path', 'RFC 9535'],
    [
      { [extract]: [{ variable: 't', jsonPath: `$${'[?('.repeat(600)}` }] },
      `${extract}[0].jsonPath`,
      'is not a JSON path',
      'RFC 9535',
    ],
    [{ [extract]: [{ variable: 't', header: 'x y' }] }, `${extract}[0].header`, 'is not a header name', 'letters'],
    [{ [extract]: [{ variable: 't', regex: '(?=x)(x)' }] }, `${extract}[0].regex`, 'is not a regular expression', 'RE2 syntax'],
    [{ [extract]: [{ variable: 't', regex: '(x' }] }, `${extract}[0].regex`, 'missing closing )', 'RE2 syntax'],
    [{ [extract]: [{ variable: 't', regex: 'x' }] }, `${extract}[0].group`, 'the expression has no group', '"group": 0'],
    [{ [extract]: [{ variable: 't', regex: '(x)', group: 2 }] }, `${extract}[0].group`, 'only 1 group, no group 2', '"group": 0'],
    [
      { [extract]: [{ variable: 't', header: 'x', group: 2 }] },
      `${extract}[0].group`,
      '"group" works only with "regex"',
      'no "group"',
    ],
    [{ [extract]: [{ variable: 'node', header: 'x' }] }, `${extract}[0].variable`, '"node" is reserved', 'another name'],
  ]);
  doubtful([
    [{ [`${post}.method`]: 'GET' }, `${post}.body`, 'a GET request with a body', 'no body, or another method'],
    [{ [`${post}.method`]: 'HEAD' }, `${post}.body`, 'a HEAD request with a body', 'no body, or another method'],
  ]);
  fine([
    { [`${post}.path`]: '/ü b?x={{iot_id}}', [`${post}.query`]: { y: '{{iot_id}}' } },
    {
      [`${post}.expect`]: {
        status: [204, '3xx', '400-404'],
        bodyJson: [{ path: '$.a[0]', equals: null }],
        headers: [{ name: 'etag' }],
      },
    },
    { [extract]: [{ variable: 't', regex: 'x', group: 0 }] },
    // Two series that differ in their placeholders only.
    { [`${post}.path`]: '/greet/{{uuid()}}', [`${post}.method`]: 'GET', [`${post}.body`]: undefined },
    { [`${post}.body`]: { kind: 'base64', data: 'AAEC', contentType: 'application/cbor' } },
  ]);
});

describe('placeholders', () => {
  const places: Record<string, Record<string, LooseValue>> = {
    [`${request}.path`]: { [`${request}.path`]: '/{{iot_id}}/{{wrong}}' },
    [`${request}.query.q`]: { [`${request}.query`]: { q: '{{wrong}}' } },
    [`${request}.headers.h`]: { [`${request}.headers`]: { h: '{{wrong}}' } },
    [`${post}.body.text`]: { [`${post}.body`]: { kind: 'text', text: '{{wrong}}' } },
    [`${post}.body.fields.f`]: { [`${post}.body`]: { kind: 'form', fields: { f: '{{wrong}}' } } },
    'target.headers.t': { 'target.headers': { t: '{{wrong}}' } },
    'target.auth.token': { 'target.auth': { kind: 'bearer', token: '{{wrong}}' } },
    'target.auth.username': { 'target.auth': { kind: 'basic', username: '{{wrong}}', password: '{{secret.P}}' } },
    'target.auth.password': { 'target.auth': { kind: 'basic', username: 'u', password: '{{wrong}}' } },
    'nodeTypes[0].onStart[0].request.path': { 'nodeTypes[0].onStart': [{ request: { path: '/{{wrong}}' } }] },
    'nodeTypes[0].onStop[0].request.path': { 'nodeTypes[0].onStop': [{ request: { path: '/{{wrong}}' } }] },
  };
  it.each(Object.entries(places))('a wrong one is found in %s', (path, changes) => {
    const problems = problemsOf(documentWith(changes));
    expect(problems).toEqual([
      { path, message: expect.stringContaining('unknown variable "wrong"'), expected: expect.any(String) },
    ]);
    expect(problems[0]?.message).toMatch(/\("\{\{wrong\}\}" at character \d+\)$/);
  });

  broken([
    [
      { [`${request}.path`]: '/x/{{iot_dd}}' },
      `${request}.path`,
      'unknown variable "iot_dd", did you mean "iot_id"? ("{{iot_dd}}" at character 4)',
      'iot_id',
    ],
    [
      { [`${request}.path`]: '/{{iot_id}}/{{randomIntger(1,2)}}' },
      `${request}.path`,
      'did you mean "randomInteger"?',
      'randomInteger',
    ],
    [{ [`${request}.path`]: '/{{iot_id}}/{{randomInteger(5,2)}}' }, `${request}.path`, 'min (5) is above max (2)', 'at least 5'],
    [{ [`${post}.body`]: { kind: 'text', text: 'a\n b {{x' } }, `${post}.body.text`, 'at line 2, column 4', '}}'],
    [{ 'target.headers': { x: '{{iot_id}}' } }, 'target.headers.x', 'the target is shared by all node types', 'secret.NAME'],
    [
      { [`${post}.body`]: { kind: 'text', text: '{{uuid()}}'.repeat(5001) } },
      `${post}.body.text`,
      'more than 5000 placeholders',
      'fewer',
    ],
  ]);

  it('know only the variables of their node type', () => {
    const second = type('Second', { tasks: [{ name: 'x', steps: [{ request: { path: '/{{iot_id}}' } }] }] });
    expect(problemsOf(documentWith({ 'nodeTypes[1]': second }))).toMatchObject([
      { path: 'nodeTypes[1].tasks[0].steps[0].request.path' },
    ]);
  });
});

describe('JSON bodies', () => {
  const text = `${post}.body.text`;
  broken([
    [{ [text]: '' }, text, 'this is not JSON', 'the kind "text"'],
    [{ [text]: '{"a": {{iot_id}} "b": 1}' }, text, 'after a value at character 18', 'a comma or }'],
    [{ [text]: '{\n  "a": {{iot_id}},\n}' }, text, 'at line 3, column 1', 'no comma after the last entry'],
    [{ [text]: '{"a": x{{iot_id}}}' }, text, 'this is not JSON', 'the kind "text"'],
    [{ [text]: '{"a": {{iot_id}}{{iot_id}}}' }, text, 'this is not JSON', 'the kind "text"'],
    [{ [text]: "{'a': 1}" }, text, 'at character 2', 'double quotes'],
    [{ [text]: '{"a": "{{iot_id}}}' }, text, 'a text is never closed', 'a double quote'],
  ]);
  fine([
    { [text]: '{{iot_id}}' },
    { [text]: '[{{iot_id}}, -{{randomInteger(1,2)}}, {{iot_id}}.5, "{{iot_id}}: {{uuid()}}", "\\"{{iot_id}}\\\\"]' },
    { [text]: '{ {{iot_id}} : {{iot_id}}, "x-{{iot_id}}": {{choice("a", "b")}}, "t": "at {{timestamp()}}: ok" }' },
    { [text]: '{"a": 1, "a": 2}' },
  ]);
});
