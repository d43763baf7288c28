import { describe, expect, it } from 'vitest';
import { formatPath, formatProblems } from '../../../src/shared/scenario/problem';
import { documentWith, type LooseValue, problemsOf, smallDocument, valid } from './documents';

const request = 'nodeTypes[0].tasks[0].steps[0].request';
const generator = 'nodeTypes[0].variables[0].generator';

/** A document, the place of its only problem, what is wrong, what would be right. */
type Case = [changes: Record<string, LooseValue>, path: string, message: string, expected: string];

const cases: Case[] = [
  [{ name: undefined }, 'name', 'this is missing', 'a text (Name of the scenario)'],
  [{ name: 5 }, 'name', 'expected a text, got 5', 'a text in quotes: "5"'],
  [{ name: '  ' }, 'name', 'the text is empty', 'a text of at least 1 character'],
  [{ name: 'x'.repeat(201) }, 'name', 'the text is too long: 201 characters', 'a text of at most 200 characters'],
  [{ 'target.baseUrl': undefined }, 'target.baseUrl', 'this is missing', 'a text (Address of the backend'],
  [{ target: undefined }, 'target', 'this is missing', 'an object'],
  [{ target: [] }, 'target', 'expected an object, got an empty list', 'an object in curly brackets'],
  [{ 'target.keepAlive': 'true' }, 'target.keepAlive', 'expected true or false, got "true"', 'without quotes: true'],
  [{ 'target.http': '1.2' }, 'target.http', '"1.2" is not known here, did you mean "1.1"?', 'one of'],
  [{ 'target.http': 2 }, 'target.http', 'expected a text, got 2', '"2"'],
  [
    { 'target.timeOutMs': 5 },
    'target.timeOutMs',
    'the key "timeOutMs" is not known here, did you mean "timeoutMs"?',
    'one of the keys baseUrl,',
  ],
  [{ 'target.timeoutMs': 1e12 }, 'target.timeoutMs', '1000000000000 is too large', 'a number of at most 86400000'],
  [{ 'target.headers': { 'x-a': 5 } }, 'target.headers["x-a"]', 'expected a text, got 5', '"5"'],
  [{ 'load.nodes': 1.5 }, 'load.nodes', 'expected a whole number, got 1.5', 'a whole number'],
  [{ 'load.nodes': 0 }, 'load.nodes', '0 is too small', 'a number of at least 1'],
  [{ 'load.nodes': -5 }, 'load.nodes', '-5 is too small', 'a number of at least 1'],
  [{ 'load.nodes': '100' }, 'load.nodes', 'expected a number, got "100"', 'a number without quotes: 100'],
  [{ 'load.spawnRate': 0 }, 'load.spawnRate', '0 is too small', 'a number above 0'],
  [{ nodeTypes: [] }, 'nodeTypes', 'the list is empty', 'a list of at least 1 entry'],
  [{ 'nodeTypes[0].tasks': {} }, 'nodeTypes[0].tasks', 'expected a list, got an object', 'a list in square brackets'],
  [{ 'nodeTypes[0].wieght': 1 }, 'nodeTypes[0].wieght', 'the key "wieght" is not known here, did you mean "weight"?', 'weight'],
  [{ 'nodeTypes[0].weight': -1 }, 'nodeTypes[0].weight', '-1 is too small', 'a number of at least 0'],
  [{ 'nodeTypes[0].tasks[1].weight': 0 }, 'nodeTypes[0].tasks[1].weight', '0 is too small', 'a number above 0'],
  [{ 'nodeTypes[0].wait.seconds': '5' }, 'nodeTypes[0].wait.seconds', 'expected a number, got "5"', 'a number without quotes: 5'],
  [{ 'nodeTypes[0].wait': 5 }, 'nodeTypes[0].wait', 'expected an object, got 5', 'an object'],
  [
    { 'nodeTypes[0].wait': { kind: 'paceing', seconds: 5 } },
    'nodeTypes[0].wait.kind',
    '"paceing" is not known here, did you mean "pacing"?',
    'one of "constant", "between", "exponential", "pacing" or "throughput"',
  ],
  [{ 'nodeTypes[0].wait': { seconds: 5 } }, 'nodeTypes[0].wait.kind', 'this is missing', 'one of "constant"'],
  ...(['onOverrun', 'jitterSeconds', 'align'] as const).map(
    (key): Case => [
      { 'nodeTypes[0].wait': { kind: 'constant', seconds: 5, [key]: key === 'jitterSeconds' ? 1 : 'skip' } },
      `nodeTypes[0].wait.${key}`,
      `"${key}" works only with the kinds "pacing" and "throughput", not with "constant"`,
      'the kind "pacing" or "throughput", or one of the keys kind or seconds',
    ],
  ),
  [
    { [generator]: { kind: 'uuid', file: 'x' } },
    `${generator}.file`,
    '"file" works only with the kind "csvColumn", not with "uuid"',
    'only the key kind',
  ],
  [
    { [generator]: { kind: 'constant', value: [1] } },
    `${generator}.value`,
    'expected a text, a number, true, false or null, got a list',
    'a text',
  ],
  [{ [generator]: { kind: 'choice', values: [] } }, `${generator}.values`, 'the list is empty', 'at least 1 entry'],
  [
    { [generator]: { kind: 'randomInteger', min: 1.5, max: 2 } },
    `${generator}.min`,
    'expected a whole number, got 1.5',
    'a whole number',
  ],
  [{ [`${request}.method`]: 'get' }, `${request}.method`, '"get" is not known here, did you mean "GET"?', 'one of "GET"'],
  [
    { [`${request}.followRedirects`]: 'yes' },
    `${request}.followRedirects`,
    'got "yes"',
    'true, false or a whole number from 0 to 50',
  ],
  [{ [`${request}.followRedirects`]: 51 }, `${request}.followRedirects`, '51', '50'],
  [{ [`${request}.expect`]: { status: ['2x'] } }, `${request}.expect.status[0]`, 'got "2x"', 'a class such as "2xx"'],
  [{ [`${request}.expect`]: { status: [true] } }, `${request}.expect.status[0]`, 'got true', 'a status such as 204'],
  [{ [`${request}.expect`]: { status: [99] } }, `${request}.expect.status[0]`, '99', ''],
  [
    { [`${request}.body`]: { kind: 'base64', data: '!!' } },
    `${request}.body.data`,
    '"!!" is not base64',
    'letters, digits, + and /',
  ],
  [
    { [`${request}.body`]: { kind: 'xml', text: '' } },
    `${request}.body.kind`,
    '"xml" is not known here',
    'one of "json", "text", "form" or "base64"',
  ],
  [
    { [`${request}.extract`]: [{ variable: 'x', regex: 'a'.repeat(2001) }] },
    `${request}.extract[0].regex`,
    'too long',
    'at most 2000',
  ],
];

describe('the shape of a document', () => {
  it('is fine as it is', () => {
    expect(valid(smallDocument()).warnings).toEqual([]);
  });

  it.each(cases)('%j: a problem at %s', (changes, path, message, expected) => {
    const problems = problemsOf(documentWith(changes));
    expect(problems.map((problem) => problem.path)).toEqual([path]);
    expect(problems[0]?.message).toContain(message);
    expect(problems[0]?.expected).toContain(expected);
  });

  it('speaks no dialect of the schema library', () => {
    for (const [changes] of cases) {
      expect(formatProblems(problemsOf(documentWith(changes)))).not.toMatch(
        /invalid|discriminator|unrecognized|union|received|zod/i,
      );
    }
  });

  it('fills in defaults', () => {
    const { scenario } = valid(smallDocument());
    expect(scenario.target).toMatchObject({
      http: 'auto',
      connection: 'per-node',
      keepAlive: true,
      cookies: false,
      timeoutMs: 60_000,
    });
    expect(scenario.nodeTypes[0]).toMatchObject({ weight: 1, onStop: [], wait: { onOverrun: 'skip', align: 'spawn' } });
    expect(scenario.nodeTypes[0]?.tasks[0]?.steps[0]?.request).toMatchObject({
      method: 'GET',
      headers: {},
      followRedirects: false,
    });
  });

  it('finds several problems at once', () => {
    const problems = problemsOf(documentWith({ name: 5, 'load.nodes': 'x', 'nodeTypes[0].wait.kind': 'x' }));
    expect(problems.map(({ path }) => path)).toEqual(['name', 'load.nodes', 'nodeTypes[0].wait.kind']);
  });

  it('finds those of placeholders beside those of the form', () => {
    const request = 'nodeTypes[0].tasks[0].steps[0].request';
    const mistakes = {
      'load.nodes': 0,
      'load.spawnRate': '5',
      'nodeTypes[0].wait.seconds': undefined,
      [`${request}.method`]: 'FETCH',
      [`${request}.headrs`]: 'x',
      'target.headers': { 'x-node': '{{iot_id}}' },
      [`${request}.path`]: '/{{iot_id}}/{{iot_ib}}',
    };
    expect(problemsOf(documentWith(mistakes)).map(({ path }) => path)).toEqual([
      'load.nodes',
      'load.spawnRate',
      'nodeTypes[0].wait.seconds',
      `${request}.method`,
      `${request}.headrs`,
      'target.headers["x-node"]',
      `${request}.path`,
    ]);
  });

  it('finds those of the rules beside those of the form, but for the parts that the form leaves in doubt', () => {
    const type = 'nodeTypes[0]';
    const mistakes = {
      'target.baseUrl': 'nonsense',
      'load.spawnRate': undefined,
      [`${type}.wait.seconds`]: -1,
      [`${type}.onStart[0]`]: { pause: { minSeconds: 1 } },
      // Whether a task without steps is wrong hangs on the wait.
      [`${type}.tasks[1].steps`]: [],
    };
    expect(problemsOf(documentWith(mistakes)).map(({ path }) => path)).toEqual([
      `${type}.wait.seconds`,
      'target.baseUrl',
      'load.spawnRate',
      `${type}.onStart[0].pause.maxSeconds`,
    ]);
    // Not that a duration does not go with stages.
    const load = { stages: [{ nodes: 1, rampSeconds: 1, holdSeconds: 1 }], durationSeconds: 'x' };
    expect(problemsOf(documentWith({ load })).map(({ path }) => path)).toEqual(['load.durationSeconds']);
  });

  it.each<[what: string, changes: Parameters<typeof documentWith>[0], path: string]>([
    ['a variable without a name', { 'nodeTypes[0].variables[0].name': undefined }, 'nodeTypes[0].variables[0].name'],
    ['variables that are no list', { 'nodeTypes[0].variables': 'iot_id' }, 'nodeTypes[0].variables'],
    [
      'extractions under another key',
      {
        'nodeTypes[0].tasks[0].steps[0].request.extracts': [{ variable: 'token', jsonPath: '$.token' }],
        'nodeTypes[0].tasks[1].steps[0].request.path': '/{{token}}',
      },
      'nodeTypes[0].tasks[0].steps[0].request.extracts',
    ],
  ])('says nothing of placeholders that may be right once the form is: %s', (_what, changes, path) => {
    expect(problemsOf(documentWith(changes)).map((problem) => problem.path)).toEqual([path]);
  });

  it('lists 200 problems and counts the rest', () => {
    const problems = problemsOf(documentWith({ 'nodeTypes[0].tasks': Array.from({ length: 300 }, () => 1) }));
    expect(problems).toHaveLength(201);
    expect(problems[200]?.message).toBe('100 more problems are not listed');
  });

  it('survives more mistakes than the schema library can gather', () => {
    const problems = problemsOf(documentWith({ 'nodeTypes[0].tasks': Array.from({ length: 400_000 }, () => 1) }));
    expect(problems.length).toBeGreaterThan(0);
    expect(problems.length).toBeLessThanOrEqual(201);
  });
});

describe('formatProblems', () => {
  it('is one sentence of what is wrong and one of what would be right a line', () => {
    expect(formatProblems(problemsOf(documentWith({ 'load.nodes': 0, wat: 1 })))).toBe(
      [
        'load.nodes: 0 is too small. Expected: a number of at least 1.',
        'wat: the key "wat" is not known here. Expected: one of the keys $schema, nodeswarm, name, description, target, load or nodeTypes.',
      ].join('\n'),
    );
  });

  it('ends after a question with its mark', () => {
    expect(formatProblems(problemsOf(documentWith({ 'nodeTypes[0].wieght': 1 })))).toContain('did you mean "weight"? Expected');
  });

  it('counts what is beyond its limit', () => {
    const problem = { path: 'a', message: 'b', expected: 'c' };
    expect(formatProblems([problem, problem, problem], 2).split('\n')).toEqual([
      'a: b. Expected: c.',
      'a: b. Expected: c.',
      '… and 1 more.',
    ]);
  });

  it('holds nothing that a terminal would act on, and no endless text', () => {
    const nasty = `\u001b[31m\u009b2J\u202e\r\n${'x'.repeat(5000)}`;
    const text = formatProblems(
      problemsOf(documentWith({ [`["${nasty.slice(0, 8)}"]`]: 1, 'load.nodes': nasty, 'target.headers': { [nasty]: 'x' } })),
    );
    expect(text.split('\n')).toHaveLength(3);
    expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u202e]/u);
    expect(formatProblems(problemsOf(documentWith({ 'target.headers': { [nasty]: 'x' } }))).length).toBeLessThan(500);
  });
});

describe('formatPath', () => {
  it('writes a path as one would in a program', () => {
    expect(formatPath(['nodeTypes', 0, 'tasks', 12, 'name'])).toBe('nodeTypes[0].tasks[12].name');
    expect(formatPath(['target', 'headers', 'X-Id'])).toBe('target.headers["X-Id"]');
    expect(formatPath([])).toBe('');
  });
});
