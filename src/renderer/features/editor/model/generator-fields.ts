import { z } from 'zod';
import { keyWords } from '../../../../shared/scenario/place-words';
import { PLACEHOLDER_SIGNATURES } from '../../../../shared/scenario/placeholder-signature';
import { type GeneratorKind, generatorSchema } from '../../../../shared/scenario/schema';
import { coreSchema, kindsOf } from '../../../../shared/scenario/schema-tree';
import { isObject, type JsonObject } from './document-value';

/** How a parameter of a generator is put in: a number, a text, one of a few, a value of any kind, or a list. */
export type GeneratorControl = 'number' | 'integer' | 'text' | 'choice' | 'value' | 'values' | 'weights';

/** A parameter of a generator as a field of the form. */
export interface GeneratorField {
  key: string;
  label: string;
  unit: string | null;
  description: string;
  control: GeneratorControl;
  /** Of a `choice`. */
  options: readonly string[];
  required: boolean;
  /** What holds where the document says nothing; undefined when there is no such value. */
  defaultValue: unknown;
}

/** A kind of generator as the menu shows it. */
export interface GeneratorChoice {
  kind: GeneratorKind;
  label: string;
  description: string;
  /** A value that changes over time: drawn as a line. */
  isSignal: boolean;
}

const SIGNALS: readonly GeneratorKind[] = ['randomWalk', 'sine', 'battery'];

/** All kinds, in the order of the schema. */
export const GENERATOR_CHOICES: readonly GeneratorChoice[] = Object.values(PLACEHOLDER_SIGNATURES).map(
  ({ kind, description }) => ({
    kind,
    label: kindLabel(kind),
    description,
    isSignal: SIGNALS.includes(kind),
  }),
);

/** What a kind is called; a text that names none is given back. */
export function generatorLabel(kind: string): string {
  return GENERATOR_CHOICES.find((choice) => choice.kind === kind)?.label ?? kind;
}

/** Whether a text names a kind of generator. */
export function isGeneratorKind(kind: unknown): kind is GeneratorKind {
  return typeof kind === 'string' && Object.hasOwn(PLACEHOLDER_SIGNATURES, kind);
}

/** The fields of a kind, made from its schema: in the order of its placeholder's arguments, then what only a variable can say. */
export function generatorFields(kind: GeneratorKind): GeneratorField[] {
  const { shape } = optionOf(kind);
  const order = PLACEHOLDER_SIGNATURES[kind].parameters.map(({ name }) => name);
  const keys = Object.keys(shape).filter((key) => key !== 'kind');
  const rank = (key: string) => (order.includes(key) ? order.indexOf(key) : order.length);
  return keys.toSorted((a, b) => rank(a) - rank(b)).flatMap((key) => fieldOf(key, shape[key]) ?? []);
}

/** What a generator begins with when its kind is picked: parameters that the one before has too are kept. */
export function generatorOfKind(kind: GeneratorKind, before: unknown): JsonObject {
  const schema = optionOf(kind);
  const generator: JsonObject = { kind, ...FIRST_PARAMETERS[kind] };
  if (!isObject(before)) return generator;
  for (const [key, entry] of Object.entries(schema.shape)) {
    if (key === 'kind' || before[key] === undefined) continue;
    if (z.safeParse(entry, before[key]).success) generator[key] = before[key];
  }
  return generator;
}

/** Values to begin with for what must be given: something that works, to be changed. */
const FIRST_PARAMETERS: Record<GeneratorKind, JsonObject> = {
  constant: { value: 'on' },
  randomInteger: { min: 1, max: 100 },
  randomNumber: { min: 0, max: 100 },
  gaussian: { mean: 20, standardDeviation: 1 },
  choice: { values: ['ok', 'warning'] },
  counter: {},
  sequence: { values: ['idle', 'run', 'stop'] },
  uuid: {},
  timestamp: {},
  randomWalk: { start: 20, step: 0.5 },
  sine: { periodSeconds: 3600, amplitude: 8, mean: 20 },
  battery: { drainPerHour: 5, rechargePerHour: 50 },
  csvColumn: { file: 'devices.csv', column: 'serial' },
};

function optionOf(kind: GeneratorKind): z.ZodObject {
  const union = coreSchema(generatorSchema);
  const found = union instanceof z.ZodDiscriminatedUnion ? kindsOf(union).find((option) => option.kind === kind) : undefined;
  if (!found) throw new Error(`The schema has no generator "${kind}".`);
  return found.option;
}

function fieldOf(key: string, schema: z.core.$ZodType | undefined): GeneratorField | null {
  if (!schema) return null;
  const core = coreSchema(schema);
  const control = controlOf(core);
  if (!control) return null;
  return {
    key,
    label: keyWords(key),
    unit: unitOf(key),
    description: (z.globalRegistry.get(schema)?.description ?? z.globalRegistry.get(core)?.description ?? '').replaceAll('`', ''),
    control,
    options: core instanceof z.ZodEnum ? core.options.map(String) : [],
    required: !z.safeParse(schema, undefined).success,
    defaultValue: z.safeParse(schema, undefined).data,
  };
}

function controlOf(schema: z.core.$ZodType): GeneratorControl | null {
  if (schema instanceof z.ZodNumber) return schema.format === 'safeint' ? 'integer' : 'number';
  if (schema instanceof z.ZodString) return 'text';
  if (schema instanceof z.ZodEnum) return 'choice';
  if (schema instanceof z.ZodUnion) return 'value';
  if (schema instanceof z.ZodArray) return coreSchema(schema.element) instanceof z.ZodNumber ? 'weights' : 'values';
  return null;
}

function unitOf(key: string): string | null {
  if (key.endsWith('Seconds')) return 's';
  return key.endsWith('PerHour') ? 'per hour' : null;
}

function kindLabel(kind: GeneratorKind): string {
  if (kind === 'uuid') return 'UUID';
  return kind === 'csvColumn' ? 'CSV column' : keyWords(kind);
}
