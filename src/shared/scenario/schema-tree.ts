import { z } from 'zod';
import type { DocumentPath } from './problem';

/** The schema beneath `default`, `prefault` and `optional`. */
export function coreSchema(schema: z.core.$ZodType): z.core.$ZodType {
  let core = schema;
  while (core instanceof z.ZodOptional || core instanceof z.ZodDefault || core instanceof z.ZodPrefault)
    core = core.def.innerType;
  return core;
}

/** The object schema that a value is meant for: the schema itself, or the option of a union whose `kind` the value has. */
export function objectSchemaFor(schema: z.core.$ZodType, value: unknown): z.ZodObject | null {
  const core = coreSchema(schema);
  if (core instanceof z.ZodObject) return core;
  if (!(core instanceof z.ZodDiscriminatedUnion)) return null;
  return kindsOf(core).find(({ kind }) => kind === entryOf(value, core.def.discriminator))?.option ?? null;
}

/** The options of a union that is told apart by `kind`, in order. */
export function kindsOf(union: z.ZodDiscriminatedUnion): { kind: string; option: z.ZodObject }[] {
  return union.options.flatMap((option) => {
    if (!(option instanceof z.ZodObject)) return [];
    const literal = option.shape[union.def.discriminator];
    return literal instanceof z.ZodLiteral ? [{ kind: String(literal.value), option }] : [];
  });
}

/** The schema and the value at a place of a document; `schema` is undefined where the schema knows no such place. */
export function lookUp(
  schema: z.core.$ZodType,
  document: unknown,
  path: DocumentPath,
): { schema: z.core.$ZodType | undefined; value: unknown } {
  let at: z.core.$ZodType | undefined = schema;
  let value = document;
  for (const key of path) {
    at = at && childSchema(at, value, key);
    value = entryOf(value, key);
  }
  return { schema: at, value };
}

function childSchema(schema: z.core.$ZodType, value: unknown, key: string | number): z.core.$ZodType | undefined {
  const core = coreSchema(schema);
  if (core instanceof z.ZodArray) return core.element;
  if (core instanceof z.ZodRecord) return core.valueType;
  return objectSchemaFor(core, value)?.shape[key];
}

/** The own entry of a list or object; undefined when there is none. */
export function entryOf(value: unknown, key: string | number): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
  return (value as Record<string | number, unknown>)[key];
}
