import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { fieldLabel, placeWords } from '../../../src/shared/scenario/place-words';
import type { DocumentPath } from '../../../src/shared/scenario/problem';
import { scenarioSchema } from '../../../src/shared/scenario/schema';
import { coreSchema } from '../../../src/shared/scenario/schema-tree';

const DOCUMENT = {
  target: { headers: { 'X-Id': '{{nothing}}' } },
  nodeTypes: [
    {
      name: 'Sensor',
      variables: [{ name: 'mode', generator: { kind: 'choice', values: ['a'] } }],
      onStart: [{ request: { method: 'POST', path: '/login' } }],
      tasks: [
        {
          name: 'Send data',
          steps: [{ request: { path: '/data' } }, { request: { path: '/data', name: 'named' } }, { pause: {} }],
        },
        { name: 'twice', steps: [] },
        { name: 'twice', steps: [] },
        { name: '', steps: [{ request: { path: '/' } }, { request: { method: 'GET', path: '/' } }] },
      ],
    },
  ],
};

describe('a place in the words of the form', () => {
  it.each([
    ['', ''],
    ['name', 'name'],
    ['load', 'load'],
    ['constructor', 'constructor'],
    ['nodeTypes[0].toString', 'node type "Sensor", to string'],
    ['valueOf[0]', 'value of 1'],
    ['target.baseUrl', 'target, base URL'],
    ['target.timeoutMs', 'target, response timeout'],
    ['target.tls.caFile', 'target, TLS, authorities file'],
    ['target.localAddresses[1]', 'target, local address 2'],
    ['target.headers["X-Id"]', 'target, header "X-Id"'],
    ['load.spawnRate', 'load, spawn rate'],
    ['load.stages[1].holdSeconds', 'load, stage 2, hold'],
    ['nodeTypes', 'node types'],
    ['nodeTypes[0]', 'node type "Sensor"'],
    ['nodeTypes[0].wait.minSeconds', 'node type "Sensor", between tasks, shortest'],
    ['nodeTypes[0].tasks[0].weight', 'node type "Sensor", task "Send data", weight'],
    ['nodeTypes[0].variables[0].generator.values[0]', 'node type "Sensor", variable "mode", value 1'],
    ['nodeTypes[0].variables[0].generator', 'node type "Sensor", variable "mode", generator'],
    ['nodeTypes[0].onStart[0].request.path', 'node type "Sensor", step on start "POST /login", path'],
    ['nodeTypes[0].tasks[0].steps[0].request.body.text', 'node type "Sensor", task "Send data", step "GET /data", body, text'],
    [
      'nodeTypes[0].tasks[0].steps[1].request.name',
      'node type "Sensor", task "Send data", step "GET named", name in the statistics',
    ],
    [
      'nodeTypes[0].tasks[0].steps[0].request.query.id',
      'node type "Sensor", task "Send data", step "GET /data", query parameter "id"',
    ],
    [
      'nodeTypes[0].tasks[0].steps[0].request.expect.maxLatencyMs',
      'node type "Sensor", task "Send data", step "GET /data", longest latency',
    ],
    [
      'nodeTypes[0].tasks[0].steps[0].request.expect.headers[0].name',
      'node type "Sensor", task "Send data", step "GET /data", header expectation 1, name',
    ],
    ['nodeTypes[0].tasks[0].steps[2].pause.seconds', 'node type "Sensor", task "Send data", step 3, length'],
    // Two of one name are told apart by their numbers; so are those without one, and those that are not there.
    ['nodeTypes[0].tasks[2].name', 'node type "Sensor", task 3 "twice", name'],
    ['nodeTypes[0].tasks[3].steps[1]', 'node type "Sensor", task 4, step 2 "GET /"'],
    ['nodeTypes[4].wait', 'node type 5, between tasks'],
  ])('%s is %s', (path, words) => {
    expect(placeWords(DOCUMENT, path)).toBe(words);
  });

  it('says the place of a text that is no document, and names with nothing in them that deceives', () => {
    expect(placeWords(null, 'nodeTypes[0].tasks[1].weight')).toBe('node type 1, task 2, weight');
    expect(placeWords({ nodeTypes: [{ name: 'a\u202eb' }] }, 'nodeTypes[0]')).toBe('node type "a\\u202eb"');
  });
});

describe('the name of a field', () => {
  const paths = [...fieldsOf(scenarioSchema, [])];

  it('is a word or several, without units or keys of the document, for every field of the schema', () => {
    expect(paths.length).toBeGreaterThan(80);
    for (const path of paths) expect(fieldLabel(path), path.join('.')).toMatch(/^[A-Z][A-Za-z]*(?: [A-Za-z0-9]+)*$/);
    for (const path of paths) expect(fieldLabel(path)).not.toMatch(/Seconds|Ms|[a-z][A-Z]/);
  });

  it('tells the fields of one form apart', () => {
    for (const form of ['target', 'load', 'nodeTypes.0.onStart.0.request']) {
      const labels = paths.filter((path) => path.slice(0, -1).join('.') === form).map(fieldLabel);
      expect(labels.length).toBeGreaterThan(4);
      expect(labels.toSorted()).toEqual([...new Set(labels)].toSorted());
    }
  });
});

/** The places of all keys that the schema knows, lists by their first entry; `$schema` is for other editors. */
function* fieldsOf(schema: z.core.$ZodType, path: DocumentPath): Generator<DocumentPath> {
  const core = coreSchema(schema);
  if (core instanceof z.ZodArray) yield* fieldsOf(core.element, [...path, 0]);
  const objects = core instanceof z.ZodDiscriminatedUnion ? core.options : [core];
  for (const object of objects) {
    if (!(object instanceof z.ZodObject)) continue;
    for (const [key, entry] of Object.entries<z.core.$ZodType>(object.shape)) {
      if (key === '$schema') continue;
      yield [...path, key];
      yield* fieldsOf(entry, [...path, key]);
    }
  }
}
