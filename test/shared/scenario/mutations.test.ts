import { readFile } from 'node:fs/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseScenario } from '../../../src/shared/scenario/parse';
import { formatProblems, type ScenarioProblem } from '../../../src/shared/scenario/problem';
import { serializeScenario } from '../../../src/shared/scenario/serialize';

const samples = ['iot-backend', 'fleet-telemetry', 'login-and-publish'];
const texts = await Promise.all(samples.map((sample) => readFile(`resources/scenarios/${sample}.nodeswarm.json`, 'utf8')));

type Container = Record<string, unknown> | unknown[];

/** Every place of a document: its container and its key. */
function places(value: unknown): { container: Container; key: string }[] {
  if (typeof value !== 'object' || value === null) return [];
  const container = value as Container;
  return Object.entries(container).flatMap(([key, entry]) => [{ container, key }, ...places(entry)]);
}

function set({ container, key }: { container: Container; key: string }, value: unknown): void {
  Object.defineProperty(container, key, { value, enumerable: true, configurable: true, writable: true });
}

const oddValues: unknown[] = [
  undefined,
  null,
  true,
  false,
  0,
  -1,
  1e300,
  -0,
  1.5,
  Number.NaN,
  10n,
  '',
  ' ',
  '5',
  'x'.repeat(300),
  '{{',
  '{{x}}',
  '}}',
  '{{uuid(}}',
  '\u0000',
  '\ud800',
  '/',
  '(',
  '$[',
  '\\',
  '{"a":',
  'GET',
  'constant',
  '__proto__',
  'constructor',
  [],
  [[]],
  [null],
  {},
  { kind: 'pacing' },
  { kind: 'constructor' },
  { a: { b: { c: [] } } },
  () => 1,
];

/** Changes one place: another value, a twin key, a key renamed, an entry doubled, or text cut and changed. */
const mutation = fc.record({
  place: fc.nat(100_000),
  how: fc.constantFrom('value', 'value', 'anything', 'rename', 'add', 'double', 'swap', 'text'),
  value: fc.constantFrom(...oddValues),
  anything: fc.anything({ maxDepth: 3 }),
  name: fc.oneof(
    fc.string({ maxLength: 12 }),
    fc.constantFrom('kind', 'weight', 'min', 'path', '__proto__', 'toString', 'length'),
  ),
  other: fc.nat(100_000),
});
type Mutation = typeof mutation extends fc.Arbitrary<infer Value> ? Value : never;

function mutate(document: Container, { place, how, value, anything, name, other }: Mutation): void {
  const all = places(document);
  const at = all[place % all.length];
  const second = all[other % all.length];
  if (!at || !second) return;
  const old = (at.container as Record<string, unknown>)[at.key];
  if (how === 'value') set(at, value);
  else if (how === 'anything') set(at, anything);
  else if (how === 'add')
    set({ container: at.container, key: Array.isArray(at.container) ? String(at.container.length) : name }, value);
  else if (how === 'swap') set(at, structuredClone((second.container as Record<string, unknown>)[second.key]));
  else if (how === 'double' && Array.isArray(at.container)) at.container.push(structuredClone(old));
  else if (how === 'rename' && !Array.isArray(at.container)) {
    delete at.container[at.key];
    set({ container: at.container, key: name }, old);
  } else if (how === 'text' && typeof old === 'string') {
    const cut = other % (old.length + 1);
    set(at, old.slice(0, cut) + name + old.slice(cut + (place % 3)));
  }
}

function checkProblems(problems: readonly ScenarioProblem[]): void {
  expect(problems.length).toBeGreaterThan(0);
  for (const { path, message, expected } of problems) {
    expect(typeof path).toBe('string');
    expect(message).not.toBe('');
    expect(expected).not.toBe('');
    expect(`${message} ${expected}`).not.toMatch(/invalid input|discriminator|undefined|\[object/i);
  }
  expect(formatProblems(problems).replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
}

describe('documents with mistakes', () => {
  it('built by a program never throw: each gives problems, or a scenario that reads back the same', () => {
    let broken = 0;
    fc.assert(
      fc.property(fc.nat(2), fc.array(mutation, { minLength: 1, maxLength: 3 }), (sample, mutations) => {
        const document = JSON.parse(texts[sample] ?? '') as Container;
        for (const change of mutations) {
          try {
            mutate(document, change);
          } catch (error) {
            // Functions cannot be cloned from one place to another.
            if (!(error instanceof DOMException)) throw error;
          }
        }
        const parsed = parseScenario(document);
        if (parsed.ok) {
          const again = parseScenario(serializeScenario(parsed.scenario));
          expect(again).toMatchObject({ ok: true, scenario: parsed.scenario });
        } else {
          broken++;
          checkProblems(parsed.problems);
        }
      }),
      { numRuns: 2500, seed: 6 },
    );
    expect(broken).toBeGreaterThan(1500);
  });

  it('typed by a user never throw: each gives problems, or a scenario', () => {
    let broken = 0;
    fc.assert(
      fc.property(
        fc.nat(2),
        fc.nat(100_000),
        fc.nat(6),
        fc.string({ maxLength: 6, unit: 'binary' }),
        (sample, place, cut, insert) => {
          const text = texts[sample] ?? '';
          const at = place % text.length;
          const parsed = parseScenario(text.slice(0, at) + insert + text.slice(at + cut));
          if (parsed.ok) return;
          broken++;
          checkProblems(parsed.problems);
        },
      ),
      { numRuns: 1500, seed: 7 },
    );
    expect(broken).toBeGreaterThan(700);
  });

  it('that are anything at all never throw', () => {
    fc.assert(
      fc.property(
        fc.anything({ withBigInt: true, withDate: true, withMap: true, withNullPrototype: true, withSparseArray: true }),
        (value) => {
          const parsed = parseScenario(value);
          expect(parsed.ok).toBe(false);
          if (!parsed.ok) checkProblems(parsed.problems);
        },
      ),
      { numRuns: 500, seed: 8 },
    );
  });
});
