import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { scenarioJsonSchema, scenarioJsonSchemaText } from '../../../src/shared/scenario/json-schema';

type SchemaNode = {
  [key: string]: unknown;
  properties?: Record<string, SchemaNode>;
  $ref?: string;
  description?: string;
  const?: unknown;
};

/** All properties of all objects of a JSON Schema: the path in the schema, and the property. */
function* propertiesOf(node: unknown, path = ''): Generator<[path: string, property: SchemaNode]> {
  if (typeof node !== 'object' || node === null) return;
  for (const [key, child] of Object.entries(node)) {
    if (key === 'properties')
      for (const [name, property] of Object.entries(child as object)) yield [`${path}/${name}`, property as SchemaNode];
    yield* propertiesOf(child, `${path}/${key}`);
  }
}

describe('resources/nodeswarm.schema.json', () => {
  it('is up to date (else run: npx node scripts/export-schema.mjs)', async () => {
    expect(await readFile('resources/nodeswarm.schema.json', 'utf8')).toBe(scenarioJsonSchemaText());
  });

  it('helps at every field', () => {
    const schema = scenarioJsonSchema() as SchemaNode & { $defs: Record<string, SchemaNode> };
    const properties = [...propertiesOf(schema)];
    expect(properties.length).toBeGreaterThan(100);
    for (const [path, property] of properties) {
      const target = property.$ref ? schema.$defs[property.$ref.replace('#/$defs/', '')] : property;
      const isKind = path.endsWith('/kind') && property.const !== undefined;
      expect(isKind || target?.description, `${path} has no description`).toBeTruthy();
    }
  });

  it('requires only what has no default', () => {
    const schema = scenarioJsonSchema() as { required: string[]; $defs: Record<string, { required?: string[] }> };
    expect(schema.required).toEqual(['nodeswarm', 'name', 'target', 'load', 'nodeTypes']);
    expect(schema.$defs.nodeType?.required).toEqual(['name']);
    expect(schema.$defs.request?.required).toEqual(['path']);
  });
});
