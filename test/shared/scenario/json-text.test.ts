import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkJsonSyntax, readJsonDocument } from '../../../src/shared/scenario/json-text';
import { problemsOf, smallDocument, valid } from './documents';

describe('JSON text', () => {
  it('is read as JSON.parse reads it', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 5, noUnicodeString: false }), fc.constantFrom(0, 2, '\t'), (text, indent) => {
        const value: unknown = JSON.parse(text);
        const hasProto = text.includes('__proto__');
        const read = readJsonDocument(JSON.stringify(value, null, indent));
        if (!hasProto) expect(read).toEqual({ value });
      }),
      { numRuns: 1000, seed: 1 },
    );
  });

  it('is refused where JSON.parse refuses it', () => {
    const source = JSON.stringify({ a: [1, -2.5e3, true, null, 'x\n"\\u00e9'], b: { c: {} } }, null, 1);
    fc.assert(
      fc.property(
        fc.nat(source.length - 1),
        fc.constantFrom('', '"', '{', ']', ',', ':', '\\', '0', 'e', '-', ' ', '\n', '\u0001', 'u'),
        (at, insert) => {
          const text = source.slice(0, at) + insert + source.slice(at + 1);
          let legal = true;
          try {
            JSON.parse(text);
          } catch {
            legal = false;
          }
          const check = () => checkJsonSyntax(text);
          if (legal) expect(check).not.toThrow();
          else expect(check).toThrow();
        },
      ),
      { numRuns: 3000, seed: 2 },
    );
  });

  it.each([
    ['', 'the text is empty at line 1, column 1', 'a JSON value'],
    ['{', 'the end of the text where a key should be at line 1, column 2', 'a key in double quotes'],
    ['{\n  "a": 1,\n}', 'a comma before the closing } at line 3, column 1', 'no comma after the last entry'],
    ['{"a": 1\n "b": 2}', 'after a value at line 2, column 2', 'a comma or }'],
    ['{"a" 1}', 'after the key "a" at line 1, column 6', 'a colon'],
    ['{\n// hi\n}', 'where a key should be at line 2, column 1', 'a key in double quotes'],
    ['{"a": /* hi */ 1}', 'there is a comment at line 1, column 7', 'JSON without comments'],
    ["{'a': 1}", 'where a key should be', 'double quotes around the key'],
    ['{"a": \'x\'}', 'there is a single quote', 'double quotes around a text'],
    ['{a: 1}', '"a" where a key should be', 'a key in double quotes'],
    ['{"a": 01}', '"01" is not a number', 'a number such as'],
    ['{"a": .5}', '".5" is not a number', 'a number such as'],
    ['{"a": 1e999}', 'the number "1e999" is too large', 'a number below'],
    ['{"a": True}', 'the word "True"', 'true, false, null'],
    ['{"a": "x\ny"}', 'a line break or control character', 'an escape such as \\n'],
    ['{"a": "x}', 'a text is never closed at line 1, column 7', 'a double quote'],
    ['{"a": "\\x"}', 'is not an escape', '\\u and four hex digits'],
    ['{} {}', 'after the end', 'nothing more'],
  ])('%j: %s', (text, message, expected) => {
    const problems = problemsOf(text);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({
      path: '',
      message: expect.stringContaining(message),
      expected: expect.stringContaining(expected),
    });
  });

  it('may begin with a byte order mark', () => {
    expect(valid(`\ufeff${JSON.stringify(smallDocument())}`).warnings).toEqual([]);
  });

  it('has each key once and no __proto__, each told with its place', () => {
    const text =
      '{\n"nodeswarm": 1,\n"target": {"headers": {"a": "1", "a": "2"}},\n"nodeTypes": [{}, {"__proto__": {"polluted": 1}}]}';
    expect(problemsOf(text)).toEqual([
      { path: 'target.headers.a', message: 'the key "a" appears twice (line 3, column 34)', expected: 'each key once' },
      {
        path: 'nodeTypes[1].__proto__',
        message: 'the key "__proto__" is not allowed (line 4, column 20)',
        expected: 'another name',
      },
    ]);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it('is bounded in size, depth and number of values', () => {
    const large = `{"a":"${'x'.repeat(50 * 1024 * 1024)}"}`;
    expect(problemsOf(large)[0]).toMatchObject({ path: '', message: expect.stringContaining('larger than 50 MB') });
    expect(problemsOf('['.repeat(1_000_000))[0]?.message).toContain('nested more than 100 deep');
    expect(problemsOf('{"a":'.repeat(1_000_000))[0]?.message).toContain('nested more than 100 deep');
    expect(problemsOf(`[${'1,'.repeat(600_000)}1]`)[0]?.message).toContain('more than 500000 values');
    expect(problemsOf(`${'['.repeat(100)}${']'.repeat(100)}`)[0]?.message).toBe('the document is not a scenario');
  });
});
