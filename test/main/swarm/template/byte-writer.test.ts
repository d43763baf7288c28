import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ByteWriter, digitCount } from '../../../../src/main/swarm/template/byte-writer';
import { numberText } from '../../../../src/main/swarm/template/encoding/number-text';

/** What one call writes, behind two bytes that were there before. */
function written(write: (writer: ByteWriter) => unknown): Buffer {
  // No room at all at first: it has to grow.
  const writer = new ByteWriter(2);
  writer.latin1('<>');
  write(writer);
  expect(writer.bytes.toString('latin1', 0, 2)).toBe('<>');
  return writer.bytes.subarray(2, writer.length);
}

/** Numbers as generators make them, and all others. */
const numbers = fc.oneof(
  fc.integer(),
  fc
    .tuple(fc.integer({ min: -2_000_000_000, max: 2_000_000_000 }), fc.constantFrom(1, 10, 100, 1000, 10_000))
    .map(([n, d]) => n / d),
  fc.double(),
  fc.constantFrom(0, -0, 0.1, -0.001, 0.0001, 999_999_999.999, 1e9, 2 ** 31 - 1, -(2 ** 31), 2 ** 31, 2 ** 53, 1e21),
);

describe('ByteWriter', () => {
  it('writes numbers as ECMAScript does, or says that it does not', () => {
    let declined = 0;
    fc.assert(
      fc.property(numbers, (value) => {
        let done = false;
        const bytes = written((writer) => {
          done = writer.number(value);
        });
        if (!done) declined++;
        expect(bytes.toString('latin1')).toBe(done ? numberText(value, '{{x}}') : '');
      }),
      { numRuns: 5000, seed: 1 },
    );
    expect(declined).toBeGreaterThan(0);
  });

  it('writes all numbers of one and two decimals that sensors send', () => {
    for (let n = -1100; n <= 1100; n++) {
      for (const value of [n, n / 10, n / 100, n / 1000]) {
        expect(written((writer) => expect(writer.number(value)).toBe(true)).toString('latin1')).toBe(`${value}`);
      }
    }
  });

  it('declines what is no finite number', () => {
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
      expect(written((writer) => expect(writer.number(value)).toBe(false))).toHaveLength(0);
    }
  });

  it('writes texts as UTF-8 and binary strings as latin1, long and short', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        expect(written((writer) => writer.utf8(text)).equals(Buffer.from(text, 'utf8'))).toBe(true);
        const binary = Buffer.from(text, 'utf8').toString('latin1');
        expect(written((writer) => writer.latin1(binary)).equals(Buffer.from(text, 'utf8'))).toBe(true);
      }),
      { seed: 2 },
    );
  });

  it('writes bytes as they are', () => {
    for (const length of [0, 1, 48, 49, 5000]) {
      const bytes = Buffer.alloc(length, 0xe4);
      expect(written((writer) => writer.constant(bytes)).equals(bytes)).toBe(true);
    }
  });

  it('takes texts up to 64 MB, whatever room the longest encoding would need, and no longer ones', () => {
    const writer = new ByteWriter(16);
    writer.utf8('x'.repeat(30 * 1024 * 1024));
    expect(writer.length).toBe(30 * 1024 * 1024);
    expect(() => writer.utf8('ä'.repeat(20 * 1024 * 1024))).toThrow('the request would be longer than 64 MB');
  });
});

it('counts digits', () => {
  for (const value of [0, 1, 9, 10, 99, 100, 2 ** 31 - 1, 2 ** 31]) expect(digitCount(value)).toBe(`${value}`.length);
});
