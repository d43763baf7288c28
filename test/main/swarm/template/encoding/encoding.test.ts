import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Encoding } from '../../../../../src/main/swarm/template/program';
import { TaskException } from '../../../../../src/main/swarm/template/task-exception';
import type { Scalar } from '../../../../../src/shared/scenario/schema';
import { programOf, renderOnce } from '../program-fixture';

const ENCODINGS: Encoding[] = ['path', 'query', 'header', 'json', 'text', 'form'];
/** Any text, half surrogate pairs and control characters included. */
const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme' }),
  fc.array(fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit))).map((units) => units.join('')),
  fc.array(fc.constantFrom(...'"\\/\'\r\n\t\u0000\u007f\u2028é€😀\ud800\udc00 +&=%?#~!()*.')).map((units) => units.join('')),
);

function withText(property: (text: string) => void): void {
  fc.assert(fc.property(anyText, property), { seed: 7, numRuns: 500 });
}

function encode(value: Scalar, encoding: Encoding): string {
  return renderOnce('{{v}}', encoding, { v: value });
}

describe('a value in each place', () => {
  it.each<[Scalar, Record<Encoding, string>]>([
    ['plain-1_2.3', uniform('plain-1_2.3', { json: '"plain-1_2.3"' })],
    ['', uniform('', { json: '""' })],
    [42, uniform('42')],
    [-0.5, uniform('-0.5')],
    [-0, uniform('0')],
    [0.1 + 0.2, uniform('0.30000000000000004')],
    [1e21, uniform('1e+21', { path: '1e%2B21', query: '1e%2B21', form: '1e%2B21' })],
    [1e-7, uniform('1e-7')],
    [true, uniform('true')],
    [null, uniform('null')],
    ['a/b?c&d=e+f g#%', uniform('a/b?c&d=e+f g#%', { ...url('a%2Fb%3Fc%26d%3De%2Bf%20g%23%25'), json: '"a/b?c&d=e+f g#%"' })],
    ["!'()*~", { ...uniform("!'()*~"), json: '"!\'()*~"', form: '%21%27%28%29*%7E' }],
    ['"\\', uniform('"\\', { ...url('%22%5C'), json: '"\\"\\\\"' })],
    [
      'é€😀',
      { ...url('%C3%A9%E2%82%AC%F0%9F%98%80'), header: 'Ã©\u00e2\u0082¬ð\u009f\u0098\u0080', json: '"é€😀"', text: 'é€😀' },
    ],
    ['x\ud800y', { ...url('x%EF%BF%BDy'), header: 'x\u00ef\u00bf\u00bdy', json: '"x\ufffdy"', text: 'x\ufffdy' }],
  ])('%j', (value, expected) => {
    for (const encoding of ENCODINGS) {
      expect(encode(value, encoding), encoding).toBe(expected[encoding]);
    }
  });

  it.each(ENCODINGS)('refuses a number that is not finite: %s', (encoding) => {
    const program = programOf();
    const slot = program.variableSlot('v');
    const template = program.compile('{{v}}', encoding);
    const scope = program.createScope(0);
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY]) {
      scope.set(slot, value);
      expect(() => template.render(scope)).toThrow(new TaskException('{{v}} is not a finite number'));
    }
  });
});

describe('json', () => {
  it('reads back as the value, whatever the text', () => {
    withText((text) => {
      expect(JSON.parse(encode(text, 'json'))).toBe(text.toWellFormed());
      expect(JSON.parse(renderOnce('{"a":{"b":"<{{v}}>","c":{{v}}}}', 'json', { v: text }))).toEqual({
        a: { b: `<${text.toWellFormed()}>`, c: text.toWellFormed() },
      });
    });
  });

  it('escapes without quotes inside a string of the template, numbers as text', () => {
    expect(renderOnce('{"id":"n-{{v}}","raw":{{v}}}', 'json', { v: 'a"b' })).toBe('{"id":"n-a\\"b","raw":"a\\"b"}');
    expect(renderOnce('{"id":"n-{{v}}","raw":{{v}}}', 'json', { v: 7 })).toBe('{"id":"n-7","raw":7}');
    expect(renderOnce('"{{v}}"', 'json', { v: null })).toBe('"null"');
  });

  it('knows escaped quotes and backslashes in the text around', () => {
    expect(renderOnce('["\\"",{{v}},"\\\\",{{v}},"\\\\\\"{{v}}"]', 'json', { v: 'x' })).toBe('["\\"","x","\\\\","x","\\\\\\"x"]');
  });

  it('follows quotes through quoted texts and over placeholders', () => {
    expect(renderOnce('["{{"{{"}} {{v}} {{v}}", {{v}}]', 'json', { v: 'x' })).toBe('["{{ x x", "x"]');
  });

  it('puts secrets and facts about the node in as JSON, too', () => {
    const program = programOf({ name: 'a "b"' }, { secrets: { T: 'q"q' } });
    expect(program.compile('[{{secret.T}},"{{secret.T}}",{{node.type}}]', 'json').constant).toBe('["q\\"q","q\\"q","a \\"b\\""]');
    expect(program.compile('[{{node.index}},"{{node.index}}"]', 'json').render(program.createScope(12))).toBe('[12,"12"]');
  });
});

describe('path and query', () => {
  it('reads back as the value, and a value never leaves its segment', () => {
    withText((text) => {
      for (const encoding of ['path', 'query'] as const) {
        const encoded = encode(text, encoding);
        expect(encoded).toMatch(/^[A-Za-z0-9\-_.~!'()*%]*$/);
        expect(decodeURIComponent(encoded)).toBe(text.toWellFormed());
      }
    });
  });

  it('keeps a written path but for what cannot stand in one', () => {
    expect(renderOnce("/a/b%20c;v=1/@x:y,(z)!$&'*+?q=[1]", 'path')).toBe("/a/b%20c;v=1/@x:y,(z)!$&'*+?q=[1]");
    expect(renderOnce('/a b/ü#"<>\\^`{|}\r\n%/%zz/\ud800', 'path')).toBe(
      '/a%20b/%C3%BC%23%22%3C%3E%5C%5E%60%7B%7C%7D%0D%0A%25/%25zz/%EF%BF%BD',
    );
  });

  it('encodes the written text of a query value as a value', () => {
    expect(renderOnce('50%20 & {{v}}', 'query', { v: 'ü=' })).toBe('50%2520%20%26%20%C3%BC%3D');
  });
});

describe('form', () => {
  it('is what URLSearchParams writes and reads', () => {
    withText((text) => {
      expect(`k=${encode(text, 'form')}`).toBe(new URLSearchParams({ k: text }).toString());
      expect(new URLSearchParams(`k=${renderOnce('a b~{{v}}', 'form', { v: text })}`).get('k')).toBe(
        `a b~${text.toWellFormed()}`,
      );
    });
  });
});

describe('header', () => {
  it('never holds a control character but tab, and is UTF-8 in latin1 characters', () => {
    let refused = 0;
    withText((text) => {
      // biome-ignore lint/suspicious/noControlCharactersInRegex: what a header may not hold.
      if (/[\u0000-\u0008\u000a-\u001f\u007f]/.test(text)) {
        expect(() => encode(text, 'header')).toThrow(
          new TaskException('{{v}} holds a control character and cannot go into a header'),
        );
        refused++;
        return;
      }
      const encoded = encode(text, 'header');
      expect(encoded).toMatch(/^[\t\x20-\x7e\x80-\xff]*$/);
      expect(Buffer.from(encoded, 'latin1').toString('utf8')).toBe(text.toWellFormed());
    });
    expect(refused).toBeGreaterThan(50);
  });

  it('lets no character through that becomes a line break when cut to 8 bits', () => {
    expect(encode('a\u010d\u010ab', 'header')).toBe(Buffer.from('a\u010d\u010ab').toString('latin1'));
  });

  it('refuses control characters in the written text and in secrets when it is compiled', () => {
    expect(() => programOf().compile('a\r\nX-Evil: 1', 'header')).toThrow('a header value cannot hold a line break');
    expect(() => programOf({}, { secrets: { T: 'a\nb' } }).compile('Bearer {{secret.T}}', 'header')).toThrow(
      '{{secret.T}} holds a control character and cannot go into a header',
    );
    expect(renderOnce('Grüße\t{{v}}', 'header', { v: 1 })).toBe(`${Buffer.from('Grüße').toString('latin1')}\t1`);
  });
});

describe('text', () => {
  it('is as it is', () => {
    withText((text) => {
      expect(renderOnce('<{{v}}>', 'text', { v: text })).toBe(`<${text.toWellFormed()}>`);
    });
  });
});

/** The same everywhere but where told. */
function uniform(text: string, but: Partial<Record<Encoding, string>> = {}): Record<Encoding, string> {
  return { path: text, query: text, header: text, json: text, text, form: text, ...but };
}

/** In paths, queries and (with + for spaces) forms. */
function url(text: string): Pick<Record<Encoding, string>, 'path' | 'query' | 'form'> {
  return { path: text, query: text, form: text.replaceAll('%20', '+') };
}
