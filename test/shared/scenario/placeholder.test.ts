import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  hasPlaceholder,
  isPlaceholderName,
  PLACEHOLDER_FORMS,
  PLACEHOLDER_SIGNATURES,
  parseTemplate,
  signatureText,
} from '../../../src/shared/scenario/placeholder';
import { type Generator, generatorSchema } from '../../../src/shared/scenario/schema';

const known = { variables: ['iot_id', 'token'] };

function parts(text: string): unknown[] {
  const result = parseTemplate(text, known);
  expect(result.problems).toEqual([]);
  return result.parts.map(({ start: _start, end: _end, ...part }) => part);
}

function generatorOf(placeholder: string): unknown {
  const [part] = parts(placeholder) as { kind: string; generator: Generator }[];
  return part?.generator;
}

function problemOf(text: string) {
  const { problems } = parseTemplate(text, known);
  expect(problems).toHaveLength(1);
  return problems[0];
}

describe('parseTemplate: what it reads', () => {
  it('leaves texts without placeholders alone, single and closing braces too', () => {
    expect(parts('')).toEqual([]);
    expect(parts('{"a":{"b":{}}}')).toEqual([{ kind: 'text', text: '{"a":{"b":{}}}' }]);
    expect(hasPlaceholder('{"a":{"b":{}}}')).toBe(false);
    expect(hasPlaceholder('{{a}}')).toBe(true);
  });

  it('reads variables, secrets, facts about the node and generators, with offsets', () => {
    const text = '/n/{{iot_id}}/{{ secret.API_TOKEN }}{{node.index}}{{node.type}}x{{uuid()}}';
    const { parts: found, problems } = parseTemplate(text, known);
    expect(problems).toEqual([]);
    expect(found.map((part) => text.slice(part.start, part.end))).toEqual([
      '/n/',
      '{{iot_id}}',
      '/',
      '{{ secret.API_TOKEN }}',
      '{{node.index}}',
      '{{node.type}}',
      'x',
      '{{uuid()}}',
    ]);
    expect(found.map(({ kind }) => kind)).toEqual(['text', 'variable', 'text', 'secret', 'node', 'node', 'text', 'generator']);
    expect(found[1]).toMatchObject({ name: 'iot_id' });
    expect(found[3]).toMatchObject({ name: 'API_TOKEN' });
    expect(found[4]).toMatchObject({ field: 'index' });
    expect(found[5]).toMatchObject({ field: 'type' });
  });

  it('closes a placeholder before the braces of the JSON around it', () => {
    expect(parts('{"a":{"b":{{iot_id}}}}')).toEqual([
      { kind: 'text', text: '{"a":{"b":' },
      { kind: 'variable', name: 'iot_id' },
      { kind: 'text', text: '}}' },
    ]);
  });

  it('reads every literal as an argument, in either quotes, with free white space', () => {
    expect(generatorOf(`{{ choice ( 1 , -2.5e3,"a\\n\\"\\u00e9" ,'it\\'s }} {{', true ,false, null ) }}`)).toEqual({
      kind: 'choice',
      values: [1, -2500, 'a\n"é', "it's }} {{", true, false, null],
    });
  });

  it('takes a quoted text as it is, so that braces can be sent', () => {
    expect(parts('a{{"{{"}}b{{\'}}\'}}')).toEqual([
      { kind: 'text', text: 'a' },
      { kind: 'text', text: '{{' },
      { kind: 'text', text: 'b' },
      { kind: 'text', text: '}}' },
    ]);
  });

  it('prefers a variable to a generator of the same name when no brackets follow', () => {
    const result = parseTemplate('{{uuid}}{{uuid()}}', { variables: ['uuid'] });
    expect(result.problems).toEqual([]);
    expect(result.parts.map(({ kind }) => kind)).toEqual(['variable', 'generator']);
  });

  it.each<[string, Generator]>([
    ['constant("on")', { kind: 'constant', value: 'on' }],
    ['constant(null)', { kind: 'constant', value: null }],
    ['randomInteger(1,100)', { kind: 'randomInteger', min: 1, max: 100 }],
    ['randomNumber(0,100)', { kind: 'randomNumber', min: 0, max: 100 }],
    ['randomNumber(0,100,2)', { kind: 'randomNumber', min: 0, max: 100, decimals: 2 }],
    ['gaussian(21,1.5)', { kind: 'gaussian', mean: 21, standardDeviation: 1.5 }],
    ['gaussian(21,1.5,15,30,1)', { kind: 'gaussian', mean: 21, standardDeviation: 1.5, min: 15, max: 30, decimals: 1 }],
    ['gaussian(21,1.5,null,null,1)', { kind: 'gaussian', mean: 21, standardDeviation: 1.5, decimals: 1 }],
    ['choice("a",2)', { kind: 'choice', values: ['a', 2] }],
    ['counter()', { kind: 'counter', start: 0, step: 1 }],
    ['counter(10,5)', { kind: 'counter', start: 10, step: 5 }],
    ['sequence(1,2)', { kind: 'sequence', values: [1, 2], whenExhausted: 'repeat' }],
    ['uuid()', { kind: 'uuid' }],
    ['timestamp()', { kind: 'timestamp', format: 'iso', offsetSeconds: 0 }],
    ['timestamp("epochMs",-60)', { kind: 'timestamp', format: 'epochMs', offsetSeconds: -60 }],
    ['randomWalk(20,0.5)', { kind: 'randomWalk', start: 20, step: 0.5 }],
    ['randomWalk(20,0.5,15,30,1)', { kind: 'randomWalk', start: 20, step: 0.5, min: 15, max: 30, decimals: 1 }],
    ['sine(60,5)', { kind: 'sine', periodSeconds: 60, amplitude: 5, mean: 0, phase: 0, noise: 0 }],
    [
      'sine(60,5,20,0.25,0.1,2)',
      { kind: 'sine', periodSeconds: 60, amplitude: 5, mean: 20, phase: 0.25, noise: 0.1, decimals: 2 },
    ],
    ['battery(5,50)', { kind: 'battery', drainPerHour: 5, rechargePerHour: 50, full: 100, empty: 0 }],
    [
      'battery(5,50,4.2,3,3.6,2)',
      { kind: 'battery', drainPerHour: 5, rechargePerHour: 50, full: 4.2, empty: 3, start: 3.6, decimals: 2 },
    ],
    ['csvColumn("d.csv","id")', { kind: 'csvColumn', file: 'd.csv', column: 'id', pick: 'per-node', whenExhausted: 'repeat' }],
    [
      'csvColumn("d.csv","id","round-robin","fail")',
      { kind: 'csvColumn', file: 'd.csv', column: 'id', pick: 'round-robin', whenExhausted: 'fail' },
    ],
  ])('maps the arguments of %s', (call, generator) => {
    expect(generatorOf(`{{${call}}}`)).toEqual(generator);
  });
});

describe('parseTemplate: what it refuses', () => {
  it.each([
    ['{{}}', 'this placeholder is empty', '{{name}} or {{generator(arguments)}}'],
    ['{{  }}', 'this placeholder is empty', '{{name}} or {{generator(arguments)}}'],
    ['{{iot_id', 'this placeholder is never closed', '}} after it; to send two braces as they are, write {{"{{"}}'],
    ['{{iot_id}', 'this placeholder is never closed', '}} after it'],
    ['{{1+1}}', 'cannot read "1+1" as a name', '{{name}} or'],
    ['{{iot_id token}}', 'cannot read "token" here', '}} after iot_id'],
    ['{{"a" b}}', 'cannot read "b" here', '}} after the text'],
    ['{{uuid() x}}', 'cannot read "x" here', '}} after uuid(…)'],
    ['{{iot_id[0]}}', 'cannot read "[0]" here', '}} after iot_id'],
    ['{{iotid}}', 'unknown variable "iotid", did you mean "iot_id"?', 'one of the variables iot_id, token, or node.index'],
    ['{{TOKEN}}', 'unknown variable "TOKEN", did you mean "token"?', 'one of the variables'],
    ['{{constructor}}', 'unknown variable "constructor"', 'one of the variables'],
    ['{{uuid}}', '"uuid" is a generator and needs parentheses', 'uuid()'],
    ['{{token(1)}}', '"token" is a variable and takes no arguments', '{{token}}'],
    ['{{rndomInteger(1,2)}}', 'unknown generator "rndomInteger", did you mean "randomInteger"?', 'one of constant, random'],
    ['{{randomInt(1,2)}}', 'unknown generator "randomInt", did you mean "randomInteger"?', 'one of constant'],
    ['{{random_integer(1,2)}}', 'unknown generator "random_integer", did you mean "randomInteger"?', 'one of constant'],
    ['{{toString()}}', 'unknown generator "toString"', 'one of constant'],
    ['{{process.exit(1)}}', 'unknown generator "process.exit"', 'one of constant'],
    ['{{secret}}', 'unknown variable "secret"', 'secret.NAME'],
    ['{{secret.}}', 'a name is missing after "secret."', '{{name}} or'],
    ['{{secret.A.B}}', '"secret.A.B" has too many dots', 'secret.NAME, for example secret.A'],
    ['{{secrets.A}}', 'unknown name "secrets.A", did you mean "secret"?', 'secret.NAME, node.index or node.type'],
    ['{{node.id}}', 'a node has no "id"', 'node.index or node.type'],
    ['{{iot_id.length}}', 'unknown name "iot_id.length"', 'secret.NAME'],
    ['{{randomInteger(1)}}', 'randomInteger takes 2 arguments, not 1', 'randomInteger(min, max)'],
    ['{{randomNumber(1,2,3,4)}}', 'randomNumber takes 2 to 3 arguments, not 4', 'randomNumber(min, max[, decimals])'],
    ['{{uuid(1)}}', 'uuid takes no arguments, not 1', 'uuid()'],
    ['{{choice()}}', 'choice takes at least 1 argument, not 0', 'choice(value, …)'],
    ['{{randomInteger(1,"a")}}', 'max of randomInteger must be a whole number, not "a"', 'randomInteger(min, max)'],
    ['{{randomInteger(1,2.5)}}', 'max of randomInteger must be a whole number, not 2.5', 'randomInteger(min, max)'],
    ['{{randomInteger(null,2)}}', 'min of randomInteger must be a whole number, not null', 'randomInteger(min, max)'],
    ['{{randomNumber(0,true)}}', 'max of randomNumber must be a number, not true', 'randomNumber(min'],
    ['{{randomNumber(0,1,13)}}', 'decimals of randomNumber must be a whole number of at most 12, not 13', 'randomNumber(min'],
    ['{{sine(0,1)}}', 'periodSeconds of sine must be a number above 0, not 0', 'sine(periodSeconds'],
    ['{{gaussian(0,-1)}}', 'standardDeviation of gaussian must be a number of at least 0, not -1', 'gaussian(mean'],
    ['{{csvColumn(1,"a")}}', 'file of csvColumn must be a text in quotes, not 1', 'csvColumn(file, column'],
    ['{{timestamp("ios")}}', 'format of timestamp must be one of "iso", "epochMs", "epochSeconds", not "ios"', 'timestamp('],
    ['{{randomInteger(5,1)}}', 'randomInteger: min (5) is above max (1)', 'a max of at least 5'],
    ['{{choice(1,nul)}}', 'cannot read "nul" as an argument', 'a number, a "text" in quotes, true, false or null'],
    ['{{choice(1,)}}', 'cannot read ")" as an argument', 'a number'],
    ['{{choice(01)}}', 'cannot read "01)" as an argument', 'a number'],
    ['{{choice(1 2)}}', 'cannot read "2)" here', 'a comma or ) after an argument'],
    ['{{choice([1])}}', 'cannot read "[1])" as an argument', 'a number'],
    ['{{choice(uuid())}}', 'cannot read "uuid" as an argument', 'a number'],
    ['{{choice("\\x")}}', '"\\x" is not an escape in a text', '\\" \\\' \\\\'],
    ['{{choice("a)}}', 'a text is never closed', '" at the end of the text'],
  ])('%s', (placeholder, message, expected) => {
    const problem = problemOf(`a ${placeholder}`);
    expect(problem).toMatchObject({ offset: 2, placeholder, message });
    expect(problem?.expected).toContain(expected);
  });

  it('names what can be written where no variable is declared', () => {
    const { problems } = parseTemplate('{{x}}', { variables: [] });
    expect(problems[0]?.expected).toMatch(/^a variable that the node type declares, node\.index/);
  });

  it('reads a text of very many unclosed placeholders in time', () => {
    const count = 300_000;
    expect(parseTemplate('{{'.repeat(count), known).problems).toHaveLength(count);
  });

  it('finds all mistakes of a text at once and reads what stands between them', () => {
    const text = '{{nope}}-{{iot_id}}-{{}}-{{open {{token}}-{{uuid(}}';
    const result = parseTemplate(text, known);
    expect(result.problems.map(({ offset, placeholder }) => [offset, placeholder])).toEqual([
      [0, '{{nope}}'],
      [20, '{{}}'],
      [25, '{{open '],
      [42, '{{uuid(}}'],
    ]);
    expect(result.parts.filter(({ kind }) => kind === 'variable')).toHaveLength(2);
  });

  it('neither throws nor loses a character, whatever it is given', () => {
    const soup = fc.array(
      fc.oneof(
        fc.constantFrom(
          '{{',
          '}}',
          '{',
          '}',
          '(',
          ')',
          ',',
          '"',
          "'",
          '\\',
          '.',
          ' ',
          'iot_id',
          'secret',
          'node',
          'choice',
          '1',
          '-',
        ),
        fc.string({ unit: 'binary', maxLength: 4 }),
      ),
      { maxLength: 20 },
    );
    fc.assert(
      fc.property(soup, (pieces) => {
        const text = pieces.join('');
        const { parts: found, problems } = parseTemplate(text, known);
        const covered = [
          ...found.map(({ start, end }) => [start, end] as const),
          ...problems.map(({ offset, placeholder }) => [offset, offset + placeholder.length] as const),
        ].sort(([a], [b]) => a - b);
        let at = 0;
        for (const [start, end] of covered) {
          expect(start).toBe(at);
          expect(end).toBeGreaterThan(start);
          at = end;
        }
        expect(at).toBe(text.length);
      }),
      { numRuns: 2000, seed: 1 },
    );
  });
});

describe('PLACEHOLDER_SIGNATURES', () => {
  const schemas = generatorSchema.options.map((option) => option.shape);

  it('has every kind, with parameters that are fields of the schema and optional where they are there', () => {
    expect(Object.keys(PLACEHOLDER_SIGNATURES).sort()).toEqual(schemas.map((shape) => shape.kind.value).sort());
    for (const shape of schemas) {
      const { parameters } = PLACEHOLDER_SIGNATURES[shape.kind.value];
      for (const { name, optional } of parameters) {
        const field = (shape as Record<string, { safeParse(value: unknown): { success: boolean } }>)[name];
        expect(field, `${shape.kind.value}.${name}`).toBeDefined();
        expect(field?.safeParse(undefined).success, `${shape.kind.value}.${name}`).toBe(optional);
      }
    }
  });

  it('has examples that work', () => {
    for (const { kind, example } of Object.values(PLACEHOLDER_SIGNATURES)) {
      expect(generatorOf(example)).toMatchObject({ kind });
    }
    for (const { example } of PLACEHOLDER_FORMS) expect(parts(example)).toHaveLength(1);
  });

  it('writes signatures with optional parameters in brackets', () => {
    expect(signatureText(PLACEHOLDER_SIGNATURES.randomNumber)).toBe('randomNumber(min, max[, decimals])');
    expect(signatureText(PLACEHOLDER_SIGNATURES.counter)).toBe('counter([start, step])');
    expect(signatureText(PLACEHOLDER_SIGNATURES.choice)).toBe('choice(value, …)');
  });
});

describe('isPlaceholderName', () => {
  it.each(['a', '_a', 'iot_id', 'iot-id', 'A9'])('takes %s', (name) => expect(isPlaceholderName(name)).toBe(true));
  it.each(['', '9a', '-a', 'a.b', 'a b', 'é', 'a\n'])('refuses %j', (name) => expect(isPlaceholderName(name)).toBe(false));
});
