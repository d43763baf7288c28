import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { scenarioJsonSchema } from '../../../src/shared/scenario/json-schema';
import { PLACEHOLDER_SIGNATURES, signatureText } from '../../../src/shared/scenario/placeholder';
import { documentWith, type LooseValue, smallDocument, valid } from './documents';

const text = await readFile('docs/scenario.md', 'utf8');
const blocks = [...text.matchAll(/^```json ?(\w*)\n([\s\S]*?)^```$/gm)].map(([, what = '', json = ''], index) => ({
  index,
  what,
  json,
}));

/** Where the parts of a scenario that the documentation shows belong in a document. */
const places: Record<string, string> = {
  load: 'load',
  target: 'target',
  nodeType: 'nodeTypes[1]',
  wait: 'nodeTypes[0].wait',
  request: 'nodeTypes[0].tasks[0].steps[0].request',
  body: 'nodeTypes[0].tasks[1].steps[0].request.body',
  variables: 'nodeTypes[1].variables',
};

function documentOf(what: string, json: string): LooseValue {
  const part = JSON.parse(json) as LooseValue;
  if (what === 'scenario') return part;
  const place = places[what];
  if (place === undefined) throw new Error(`a block of JSON does not say what it is: ${json}`);
  const other = { name: 'Other', onStart: [{ pause: { seconds: 1 } }] };
  return documentWith({ ...(what === 'variables' ? { 'nodeTypes[1]': other } : {}), [place]: part });
}

describe('docs/scenario.md', () => {
  it('shows every kind of part', () => {
    expect(new Set(blocks.map(({ what }) => what))).toEqual(new Set(['scenario', ...Object.keys(places)]));
  });

  it.each(blocks)('block $index ($what) is valid', ({ what, json }) => {
    valid(documentOf(what, json));
  });

  it('notices a wrong block', () => {
    expect(() => valid(documentOf('wait', '{ "kind": "pacing" }'))).toThrow('nodeTypes[0].wait.seconds');
  });

  it('names every field, every choice and every default', () => {
    const words = new Set([...text.matchAll(/[\w$.-]+/g)].map(([word]) => word));
    const properties = [...propertiesOf(scenarioJsonSchema())];
    expect(properties.map(([name]) => name)).toEqual(
      expect.arrayContaining(['baseUrl', 'onOverrun', 'standardDeviation', 'maxLatencyMs']),
    );
    for (const [name, property] of properties) {
      expect(text.includes(`\`${name}\``) || text.includes(`"${name}"`), `the field ${name} is missing`).toBe(true);
      for (const choice of property.enum ?? []) expect(words, `the choice ${choice} of ${name} is missing`).toContain(choice);
      const { default: standard } = property;
      if (typeof standard === 'number') expect(words, `the default of ${name} is missing`).toContain(String(standard));
    }
  });

  it('has the signature of every generator, and an example of each in full', () => {
    const examples = blocks.filter(({ what }) => what === 'variables').map(({ json }) => json);
    for (const signature of Object.values(PLACEHOLDER_SIGNATURES)) {
      expect(text).toContain(`\`{{${signatureText(signature)}}}\``);
      expect(examples.join()).toContain(`"kind": "${signature.kind}"`);
    }
  });

  it('has an example of every wait', () => {
    const kinds = blocks.filter(({ what }) => what === 'wait').map(({ json }) => (JSON.parse(json) as { kind: string }).kind);
    expect(kinds.sort()).toEqual(['between', 'constant', 'exponential', 'pacing', 'throughput']);
  });

  it('starts from a document that is valid itself', () => {
    expect(valid(smallDocument()).warnings).toEqual([]);
  });
});

interface Property {
  enum?: string[];
  default?: unknown;
}

/** All properties of all objects of a JSON Schema. */
function* propertiesOf(node: unknown): Generator<[name: string, property: Property]> {
  if (typeof node !== 'object' || node === null) return;
  for (const [key, child] of Object.entries(node)) {
    if (key === 'properties') yield* Object.entries(child as Record<string, Property>);
    yield* propertiesOf(child);
  }
}
