import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bodyOfKind, formatJsonTemplate } from '../../../src/renderer/features/editor/model/body-form';
import { equalValues, setAt, valueAt } from '../../../src/renderer/features/editor/model/document-value';
import { recordOf, repeatedNames, rowsMatch, rowsOf } from '../../../src/renderer/features/editor/model/record-rows';
import { scalarOf, scalarText } from '../../../src/renderer/features/editor/model/scalar-text';
import { statusesOf } from '../../../src/renderer/features/editor/model/status-text';
import { uniqueName } from '../../../src/renderer/features/editor/model/unique-name';
import { WAIT_CHOICES, waitOfKind } from '../../../src/renderer/features/editor/model/wait-form';
import { formatPath, parsePath } from '../../../src/shared/scenario/problem';
import { statusExpectationSchema, waitSchema } from '../../../src/shared/scenario/schema';

describe('values in a document', () => {
  test('are put in without touching what lies beside the way', () => {
    const before = { a: { b: [1, { c: 2 }] }, d: {} };
    const after = setAt(before, ['a', 'b', 1, 'c'], 3) as typeof before;
    expect(after).toEqual({ a: { b: [1, { c: 3 }] }, d: {} });
    expect(after.d).toBe(before.d);
    expect(before.a.b[1]).toEqual({ c: 2 });
  });

  test('are removed by undefined, and their way is made where it is missing', () => {
    expect(setAt({ a: 1, b: 2 }, ['a'], undefined)).toEqual({ b: 2 });
    expect(setAt({ a: [1, 2, 3] }, ['a', 1], undefined)).toEqual({ a: [1, 3] });
    expect(setAt({}, ['tls', 'insecure'], true)).toEqual({ tls: { insecure: true } });
    expect(setAt({ a: 'x' }, ['a', 0, 'b'], 1)).toEqual({ a: [{ b: 1 }] });
    expect(setAt({}, ['x', 'y'], undefined)).toEqual({ x: {} });
  });

  test('have places that read back as they were written', () => {
    const key = fc.oneof(fc.nat(1000), fc.string({ maxLength: 20 }));
    fc.assert(fc.property(fc.array(key, { maxLength: 5 }), (path) => equalValues(parsePath(formatPath(path)), path)));
    expect(valueAt({ a: null }, ['a', 'b', 0])).toBeUndefined();
  });
});

describe('a value field', () => {
  test('reads back every value that it writes', () => {
    const scalar = fc.oneof(fc.string(), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.boolean(), fc.constant(null));
    fc.assert(fc.property(scalar, (value) => equalValues(scalarOf(scalarText(value)), Object.is(value, -0) ? 0 : value)));
  });

  test('takes what looks like JSON as such and all else as text', () => {
    expect(['5', '-1.5e3', 'true', 'null', '"5"', 'on', '007', '5 V', '"open', ''].map(scalarOf)).toEqual([
      5,
      -1500,
      true,
      null,
      '5',
      'on',
      '007',
      '5 V',
      '"open',
      '',
    ]);
  });
});

describe('names and values in lines', () => {
  test('keep their order and hold each name once', () => {
    const rows = rowsOf({ b: '1', a: '2' });
    expect(rows.map(({ name }) => name)).toEqual(['b', 'a']);
    expect(recordOf(rows)).toEqual({ b: '1', a: '2' });
    const twice = [...rows, { name: 'b', value: '3' }, { name: '', value: '' }];
    expect(recordOf(twice)).toEqual({ b: '1', a: '2' });
    expect(repeatedNames(twice)).toEqual([2]);
    expect(rowsMatch(twice, { b: '1', a: '2' })).toBe(true);
    expect(rowsMatch(twice, { b: '9', a: '2' })).toBe(false);
  });

  test('are no record while all are empty; a value without a name is one, for the parser to refuse', () => {
    expect(recordOf([{ name: '', value: '' }])).toBeUndefined();
    expect(recordOf([{ name: '', value: 'x' }])).toEqual({ '': 'x' });
    expect(rowsMatch([{ name: '', value: '' }], undefined)).toBe(true);
    expect(rowsOf({ a: 5 })).toEqual([{ name: 'a', value: '5' }]);
    expect(rowsOf('x')).toEqual([]);
  });
});

test('statuses are read from any text with commas and spaces', () => {
  expect(statusesOf(' 204, 2XX 200 - 299;301–302,')).toEqual([204, '2xx', '200-299', '301-302']);
  for (const status of statusesOf('204 2xx 200-299')) expect(statusExpectationSchema.safeParse(status).success).toBe(true);
  expect(statusesOf('oops')).toEqual(['oops']);
});

test('names are made unique by the next free number', () => {
  expect(uniqueName('a', ['b'])).toBe('a');
  expect(uniqueName('a', ['a'])).toBe('a 2');
  expect(uniqueName('a 2', ['a', 'a 2', 'a 3'])).toBe('a 4');
  expect(uniqueName('iot_id', ['iot_id', 'iot_id_2'], '_')).toBe('iot_id_3');
});

test('a wait of another kind is valid and keeps its length', () => {
  for (const { value: from } of WAIT_CHOICES) {
    for (const { value: to } of WAIT_CHOICES) {
      expect(waitSchema.safeParse(waitOfKind(to, waitOfKind(from, { kind: 'pacing', seconds: 4 }))).success).toBe(true);
    }
  }
  expect(waitOfKind('throughput', { kind: 'pacing', seconds: 5, onOverrun: 'queue' })).toEqual({
    kind: 'throughput',
    perSecond: 0.2,
    onOverrun: 'queue',
  });
  expect(waitOfKind('pacing', { kind: 'constant', seconds: 0 })).toMatchObject({ seconds: 5 });
  expect(waitOfKind('constant', 'nonsense')).toEqual({ kind: 'constant', seconds: 5 });
});

describe('bodies', () => {
  test('keep their text from kind to kind', () => {
    const json = bodyOfKind('json', undefined);
    expect(json).toEqual({ kind: 'json', text: '{}' });
    expect(bodyOfKind('text', { kind: 'json', text: '{"a":1}', contentType: 'application/x' })).toEqual({
      kind: 'text',
      text: '{"a":1}',
      contentType: 'application/x',
    });
    expect(bodyOfKind('none', json)).toBeUndefined();
  });

  test('are laid out with their placeholders as they are', () => {
    expect(formatJsonTemplate('{"a":{{iot_id}},"{{b}}":"x {{choice("p", "q")}} \\" y","c":[1,{{d}}]}')).toBe(
      '{\n  "a": {{iot_id}},\n  "{{b}}": "x {{choice("p", "q")}} \\" y",\n  "c": [\n    1,\n    {{d}}\n  ]\n}',
    );
    expect(formatJsonTemplate('{"a": {{b}')).toBeNull();
    expect(formatJsonTemplate('no JSON')).toBeNull();
  });
});
