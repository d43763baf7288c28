import fc from 'fast-check';
import { z } from 'zod';
import { ROUTES, type RouteName } from '../../../../src/shared/api/routes';

/** What is used of JSON Schema (2020-12). */
interface Schema {
  $ref?: string;
  $defs?: Record<string, Schema>;
  type?: string;
  const?: unknown;
  enum?: unknown[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: Schema | boolean;
  items?: Schema;
  minItems?: number;
  maxItems?: number;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
}

/** Documents within documents, that many. */
const DEEPEST = 4;
const LONGEST_TEXT = 200_000;

/** A scenario that is sound but for a placeholder: whatever else a call says, it starts nothing. Its target is this machine. */
const REFUSED_SCENARIO = JSON.stringify({
  nodeswarm: 1,
  name: 'x',
  target: { baseUrl: 'http://127.0.0.1:9' },
  load: { nodes: 1, spawnRate: 1, durationSeconds: 1 },
  nodeTypes: [
    { name: 'A', wait: { kind: 'constant', seconds: 1 }, tasks: [{ name: 't', steps: [{ request: { path: '/{{nothing}}' } }] }] },
  ],
});

/** Texts that mean nothing anywhere, or too much. None is a scenario that can be run, or the address of another machine. */
const TEXTS = [
  '',
  ' ',
  '\0',
  '\ud800',
  '\u202e',
  '__proto__',
  'constructor',
  '/etc/passwd',
  '../../../../etc/passwd',
  '/proc/self/environ',
  '/dev/zero',
  'C:\\Windows\\win.ini',
  'file:///etc/passwd',
  'http://127.0.0.1:0',
  'http://[::1',
  '{}',
  'null',
  '{"nodeswarm":1}',
  '['.repeat(100_000),
  '{{'.repeat(50_000),
  '-1:NaN',
  REFUSED_SCENARIO,
];

/**
 * Inputs of a route that have the right shape, and no sense: made from its schema alone, so that a route that is added is tried as well.
 * Numbers lean towards the ids of the first runs.
 */
export function shapedInputs(name: RouteName): fc.Arbitrary<unknown> {
  const root = z.toJSONSchema(ROUTES[name].input, { io: 'input', unrepresentable: 'any' }) as Schema;
  return arbitraryOf(root, root, 0).filter((input) => ROUTES[name].input.safeParse(input).success);
}

function arbitraryOf(schema: Schema, root: Schema, depth: number): fc.Arbitrary<unknown> {
  if (schema.$ref !== undefined) return arbitraryOf(definition(schema.$ref, root), root, depth + 1);
  if ('const' in schema) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  const variants = schema.anyOf ?? schema.oneOf;
  if (variants) return fc.oneof(...variants.map((variant) => arbitraryOf(variant, root, depth)));
  switch (schema.type) {
    case 'object':
      return objectOf(schema, root, depth);
    case 'array': {
      const { items = {}, minItems = 0, maxItems = Number.POSITIVE_INFINITY } = schema;
      const most = depth > DEEPEST ? minItems : Math.max(minItems, Math.min(maxItems, 4));
      return fc.array(arbitraryOf(items, root, depth + 1), { minLength: minItems, maxLength: most });
    }
    case 'string':
      return textOf(schema);
    case 'integer':
    case 'number':
      return numberOf(schema);
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    default:
      // Anything goes.
      return fc.oneof(fc.constantFrom(...TEXTS), fc.integer(), fc.boolean());
  }
}

function definition(ref: string, root: Schema): Schema {
  const found = ref === '#' ? root : root.$defs?.[ref.replace('#/$defs/', '')];
  if (!found) throw new Error(`${ref} is no definition of the schema`);
  return found;
}

function objectOf(schema: Schema, root: Schema, depth: number): fc.Arbitrary<unknown> {
  const { properties = {}, required = [], additionalProperties } = schema;
  if (Object.keys(properties).length === 0 && typeof additionalProperties === 'object') {
    return fc.dictionary(fc.string({ maxLength: 8 }), arbitraryOf(additionalProperties, root, depth + 1), { maxKeys: 3 });
  }
  // Deep down only what must be there, or documents within documents never end.
  const kept = Object.entries(properties).filter(([key]) => depth <= DEEPEST || required.includes(key));
  const fields = Object.fromEntries(kept.map(([key, property]) => [key, arbitraryOf(property, root, depth + 1)]));
  return fc.record(fields, { requiredKeys: required, noNullPrototype: true });
}

function textOf({ minLength = 0, maxLength = LONGEST_TEXT }: Schema): fc.Arbitrary<string> {
  const longest = 'x'.repeat(Math.min(maxLength, LONGEST_TEXT));
  return fc
    .oneof({ weight: 3, arbitrary: fc.constantFrom(...TEXTS, longest) }, fc.string({ unit: 'binary', maxLength: 50 }))
    .map((text) => text.slice(0, maxLength).padEnd(minLength, 'x'));
}

function numberOf(schema: Schema): fc.Arbitrary<number> {
  const { minimum, maximum = Number.MAX_SAFE_INTEGER, exclusiveMinimum, type } = schema;
  const least = minimum ?? exclusiveMinimum ?? -Number.MAX_SAFE_INTEGER;
  const edges = [least, maximum, least + 1, 0, 1, 2, 3, 4, 999];
  const inside = edges.filter((value) => value >= least && value <= maximum && value !== exclusiveMinimum);
  const small = fc.integer({ min: Math.ceil(least), max: Math.floor(Math.min(maximum, least + 1000)) });
  const any = type === 'number' ? fc.double({ min: least, max: maximum, noNaN: true }) : small;
  return fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...inside) }, small, any);
}

const WRONG: readonly unknown[] = [
  undefined,
  null,
  -1,
  0.5,
  1e300,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  true,
  '',
  'x'.repeat(5000),
  [],
  [1, 'a', null],
  {},
  { __proto__: null, constructor: 1 },
  () => 1,
  Symbol('s'),
  10n,
];

/** Inputs of a route that break its schema: something wrong at some place, a field too many or one too few. */
export function brokenInputs(name: RouteName): fc.Arbitrary<unknown> {
  return shapedInputs(name)
    .chain((input) => spoiled(input))
    .filter((input) => !ROUTES[name].input.safeParse(input).success);
}

function spoiled(input: unknown): fc.Arbitrary<unknown> {
  const wrong = fc.constantFrom(...WRONG);
  if (typeof input !== 'object' || input === null) return wrong;
  if (Array.isArray(input))
    return fc.oneof(
      wrong,
      spoiled(input[0]).map((first) => [first, ...input.slice(1)]),
    );
  const object = input as Record<string, unknown>;
  const more = fc.constantFrom('extra', '__proto__x', 'constructor').map((key) => ({ ...object, [key]: 1 }));
  const keys = Object.keys(object);
  if (keys.length === 0) return fc.oneof(wrong, more);
  const key = fc.constantFrom(...keys);
  const fewer = key.map((gone) => Object.fromEntries(Object.entries(object).filter(([other]) => other !== gone)));
  const worse = key.chain((at) => spoiled(object[at]).map((value) => ({ ...object, [at]: value })));
  return fc.oneof(wrong, more, fewer, { weight: 4, arbitrary: worse });
}
