import { z } from 'zod';
import { type Scenario, scenarioSchema } from './schema';
import { coreSchema, objectSchemaFor } from './schema-tree';

/**
 * The canonical text of a scenario: keys in the order of the schema, what equals its default left out, two spaces of indentation. Equal
 * scenarios have equal texts, and `parseScenario` makes of the text the same scenario again. Headers, query parameters and form
 * fields keep their order, because they are sent in it.
 */
export function serializeScenario(scenario: Scenario): string {
  return `${JSON.stringify(canonical(scenarioSchema, scenario), null, 2)}\n`;
}

function canonical(schema: z.core.$ZodType, value: unknown): unknown {
  const core = coreSchema(schema);
  if (core instanceof z.ZodArray && Array.isArray(value)) return value.map((entry) => canonical(core.element, entry));
  const object = objectSchemaFor(core, value);
  return object && isObject(value) ? canonicalObject(object, value) : value;
}

function canonicalObject(schema: z.ZodObject, value: Record<string, unknown>): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const [key, entry] of Object.entries(schema.shape)) {
    if (value[key] === undefined) continue;
    const kept = canonical(entry, value[key]);
    if (!equalsDefault(entry, kept)) result[key] = kept;
  }
  return result;
}

/** Whether a key without a value would be read as this (canonical) value. */
function equalsDefault(schema: z.core.$ZodType, value: unknown): boolean {
  if (!(schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault)) return false;
  return JSON.stringify(canonical(schema, schema.parse(undefined))) === JSON.stringify(value);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
