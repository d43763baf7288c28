import { z } from 'zod';
import { scenarioSchema } from './schema';

/**
 * The JSON Schema (draft 2020-12) of a scenario as users write it, for completion and help in editors. It knows types, choices and defaults;
 * rules between fields and placeholders are checked by `parseScenario` only.
 */
export function scenarioJsonSchema(): Record<string, unknown> {
  return z.toJSONSchema(scenarioSchema, { io: 'input', target: 'draft-2020-12' });
}

/** The text of `resources/nodeswarm.schema.json`. */
export function scenarioJsonSchemaText(): string {
  return `${JSON.stringify(scenarioJsonSchema(), null, 2)}\n`;
}
