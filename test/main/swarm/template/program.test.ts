import { describe, expect, it } from 'vitest';
import { ByteWriter } from '../../../../src/main/swarm/template/byte-writer';
import { TaskException } from '../../../../src/main/swarm/template/task-exception';
import { programOf, tableOf } from './program-fixture';

describe('NodeTypeProgram.compile', () => {
  it('says that a text without placeholders, or with none that changes, is constant', () => {
    const program = programOf({}, { secrets: { TOKEN: 's3cret' } });
    expect(program.compile('/greet', 'path').constant).toBe('/greet');
    expect(program.compile('', 'text').constant).toBe('');
    expect(program.compile('{{node.type}} {{secret.TOKEN}} {{"{{"}}', 'text').constant).toBe('meter s3cret {{');
    expect(program.compile('{{node.index}}', 'text').constant).toBeNull();
    expect(program.compile('/greet', 'path').render(program.createScope(0))).toBe('/greet');
  });

  it.each([0, 1, 2, 3, 4, 5, 9])('renders %i placeholders in their order', (count) => {
    const program = programOf();
    const pieces = Array.from({ length: count }, (_, index) => `${index}={{counter(${index})}};`);
    const template = program.compile(`<${pieces.join('')}>`, 'text');
    const scope = program.createScope(0);
    for (const turn of [0, 1]) {
      expect(template.render(scope)).toBe(`<${pieces.map((_, index) => `${index}=${index + turn};`).join('')}>`);
    }
    const writer = new ByteWriter(4);
    template.write(scope, writer);
    expect(writer.bytes.toString('utf8', 0, writer.length)).toBe(
      `<${pieces.map((_, index) => `${index}=${index + 2};`).join('')}>`,
    );
  });

  it('refuses wrong placeholders, missing secrets and files with a clear sentence', () => {
    const program = programOf({ variables: [{ name: 'iot_id', generator: { kind: 'uuid' } }] });
    expect(() => program.compile('/x/{{iotid}}', 'path')).toThrow(
      '{{iotid}}: unknown variable "iotid", did you mean "iot_id"?; expected one of the variables iot_id',
    );
    expect(() => program.compile('{{secret.API_TOKEN}}', 'header')).toThrow(
      'the secret "API_TOKEN" is not set: set the environment variable API_TOKEN',
    );
    expect(() => program.compile('{{secret.constructor}}', 'header')).toThrow('the secret "constructor" is not set');
    expect(() =>
      programOf({ variables: [{ name: 'x', generator: { kind: 'csvColumn', file: 'no.csv', column: 'a' } }] }),
    ).toThrow('the CSV file "no.csv" is not part of the run');
  });

  it('knows the variables that any step extracts, before and after it, and onStop ones', () => {
    const extract = (variable: string) => [{ request: { path: '/', extract: [{ variable, jsonPath: '$.t' }] } }];
    const program = programOf({ onStart: extract('a'), tasks: [{ name: 't', steps: extract('b') }], onStop: extract('c') });
    const template = program.compile('{{c}}{{b}}{{a}}', 'text');
    const scope = program.createScope(0);
    for (const name of ['a', 'b', 'c']) scope.set(program.variableSlot(name), name);
    expect(template.render(scope)).toBe('cba');
  });

  it('fails loudly when something is added after the first scope that scopes would have to hold', () => {
    const program = programOf({ variables: [{ name: 'x', generator: { kind: 'uuid' } }] });
    program.createScope(0);
    expect(program.variableSlot('x')).toBe(0);
    expect(program.compile('{{x}} {{randomInteger(1,1)}}', 'text').render(program.createScope(1))).toMatch(/ 1$/);
    expect(() => program.variableSlot('late')).toThrow(
      'the variable "late" was added to node type "meter" after its first node was made',
    );
    expect(() => program.compile('{{counter()}}', 'text')).toThrow('a generator was added to node type "meter"');
  });
});

describe('variables', () => {
  const counting = (refresh: string) => ({
    variables: [{ name: 'n', generator: { kind: 'counter', start: 0, step: 1 }, refresh }],
  });

  it('keep their value for the life of the node with refresh node', () => {
    const program = programOf(counting('node'));
    const template = program.compile('{{n}}{{n}}', 'text');
    const scope = program.createScope(0);
    scope.beginTask(0);
    expect(template.render(scope)).toBe('00');
    scope.beginTask(1);
    expect(template.render(scope)).toBe('00');
  });

  it('keep their value for one task with refresh task', () => {
    const program = programOf(counting('task'));
    const template = program.compile('{{n}}{{n}}', 'text');
    const scope = program.createScope(0);
    scope.beginTask(0);
    expect(template.render(scope) + template.render(scope)).toBe('0000');
    scope.beginTask(1);
    expect(template.render(scope)).toBe('11');
    scope.beginTask(2);
    scope.beginTask(3);
    expect(template.render(scope)).toBe('22');
  });

  it('have a new value at each use with refresh use', () => {
    const program = programOf(counting('use'));
    const template = program.compile('{{n}}{{n}}', 'text');
    const scope = program.createScope(0);
    scope.beginTask(0);
    expect(template.render(scope) + template.render(scope)).toBe('0123');
  });

  it('take an extracted value: until the next task with refresh task, else for good', () => {
    for (const [refresh, now, later] of [
      ['node', 'xx', 'xx'],
      ['task', 'xx', '00'],
      ['use', 'xx', 'xx'],
    ] as const) {
      const program = programOf(counting(refresh));
      const template = program.compile('{{n}}{{n}}', 'text');
      const scope = program.createScope(0);
      scope.beginTask(0);
      scope.set(program.variableSlot('n'), 'x');
      expect(template.render(scope), refresh).toBe(now);
      scope.beginTask(1);
      expect(template.render(scope), refresh).toBe(later);
    }
  });

  it('keep null, false and the empty text as values', () => {
    const program = programOf();
    const slot = program.variableSlot('t');
    const scope = program.createScope(0);
    for (const value of [null, false, '', 0]) {
      scope.set(slot, value);
      expect(scope.get(slot)).toBe(value);
    }
  });

  it('throw a task exception while nothing was extracted into them', () => {
    const program = programOf();
    program.variableSlot('token');
    const template = program.compile('Bearer {{token}}', 'header');
    const scope = program.createScope(0);
    const exception = new TaskException('the variable "token" has no value: nothing was extracted into it yet');
    expect(() => template.render(scope)).toThrow(exception);
    scope.set(program.variableSlot('token'), 'abc');
    expect(template.render(scope)).toBe('Bearer abc');
  });

  it('belong to one node', () => {
    const program = programOf();
    const slot = program.variableSlot('token');
    const [one, other] = [program.createScope(0), program.createScope(1)];
    one.set(slot, 'a');
    other.set(slot, 'b');
    expect([one.get(slot), other.get(slot)]).toEqual(['a', 'b']);
  });

  it('throw again at each use when their file is used up, and leave the others alone', () => {
    const generator = { kind: 'csvColumn', file: 'd.csv', column: 'id', whenExhausted: 'fail' };
    const program = programOf({ variables: [{ name: 'id', generator }] }, { csv: { 'd.csv': tableOf(2) } });
    const [within, beyond] = [program.createScope(1), program.createScope(2)];
    expect(within.get(0)).toBe('id-1');
    expect(() => beyond.get(0)).toThrow(TaskException);
    expect(() => beyond.get(0)).toThrow(TaskException);
  });
});

describe('the same seed', () => {
  const nodeType = {
    variables: [
      { name: 'id', generator: { kind: 'uuid' } },
      { name: 'mood', generator: { kind: 'choice', values: ['good', 'bad'], weights: [3, 1] }, refresh: 'task' },
      { name: 'row', generator: { kind: 'csvColumn', file: 'd.csv', column: 'id', pick: 'round-robin' }, refresh: 'task' },
      { name: 'walk', generator: { kind: 'randomWalk', start: 0, step: 1 }, refresh: 'use' },
    ],
  };
  const body = '{"id":{{id}},"mood":{{mood}},"row":{{row}},"w":[{{walk}},{{walk}}],"r":{{randomNumber(0,1)}},"n":{{node.index}}}';

  /** What each node of a fleet of 12 sends in 5 tasks, with the nodes divided among shards, each with its own program. */
  function fleetTexts(shards: number, seed: number): Map<number, string[]> {
    const texts = new Map<number, string[]>();
    for (let shard = 0; shard < shards; shard++) {
      const program = programOf(nodeType, { seed, fleetSize: 12, csv: { 'd.csv': tableOf(100) } });
      const template = program.compile(body, 'json');
      const scopes = [];
      for (let node = shard; node < 12; node += shards) scopes.push(program.createScope(node));
      for (let task = 0; task < 5; task++) {
        for (const scope of scopes) {
          scope.beginTask(task);
          texts.set(scope.node, [...(texts.get(scope.node) ?? []), template.render(scope)]);
        }
      }
    }
    return texts;
  }

  it('gives every node the same values however many shards there are, and another seed others', () => {
    const one = fleetTexts(1, 99);
    expect(one.size).toBe(12);
    expect(new Set([...one.values()].flat()).size).toBe(60);
    for (const shards of [2, 3, 12]) {
      for (const [node, texts] of fleetTexts(shards, 99)) expect(texts).toEqual(one.get(node));
    }
    expect(fleetTexts(1, 100).get(0)).not.toEqual(one.get(0));
  });

  it('lets the rows of the fleet never meet', () => {
    const rows = [...fleetTexts(3, 1).values()].flat().map((text) => JSON.parse(text).row);
    expect(new Set(rows).size).toBe(60);
  });
});
