import { parseScenario } from '../../../src/shared/scenario/parse';
import type { ScenarioProblem } from '../../../src/shared/scenario/problem';
import type { Scenario } from '../../../src/shared/scenario/schema';

/** A document under construction: tests set and delete what they like. */
export type LooseDocument = { [key: string]: LooseValue };
export type LooseValue = string | number | boolean | null | undefined | LooseValue[] | LooseDocument;

/** A small valid document without a warning, new each time. */
export function smallDocument(): LooseDocument {
  return {
    nodeswarm: 1,
    name: 'Small',
    target: { baseUrl: 'http://127.0.0.1:8090' },
    load: { nodes: 10, spawnRate: 5 },
    nodeTypes: [
      {
        name: 'Sensor',
        variables: [{ name: 'iot_id', generator: { kind: 'randomInteger', min: 1, max: 500 } }],
        wait: { kind: 'pacing', seconds: 5 },
        onStart: [],
        tasks: [
          { name: 'greet', steps: [{ request: { path: '/greet/{{iot_id}}' } }, { pause: { seconds: 1 } }] },
          { name: 'data', steps: [{ request: { method: 'POST', path: '/data', body: { kind: 'json', text: '{"a":1}' } } }] },
        ],
      },
    ],
  };
}

/** The small document with values set at places such as `nodeTypes[0].wait`; undefined deletes. */
export function documentWith(changes: Record<string, LooseValue>): LooseDocument {
  const document = smallDocument();
  for (const [path, value] of Object.entries(changes)) setAt(document, path, value);
  return document;
}

/** Sets a value at a place written as in problems; undefined deletes it. */
export function setAt(document: LooseDocument, path: string, value: LooseValue): void {
  const keys = [...path.matchAll(/\["((?:[^"\\]|\\.)*)"\]|\[(\d+)\]|([^.[\]]+)/g)].map(
    ([, quoted, index, word]) => quoted ?? index ?? word ?? '',
  );
  let at = document;
  for (const key of keys.slice(0, -1)) {
    at[key] ??= {};
    at = at[key] as LooseDocument;
  }
  const last = keys[keys.length - 1] ?? '';
  if (value === undefined) delete at[last];
  else at[last] = value;
}

/** The problems of a document; none when it is valid. */
export function problemsOf(input: unknown): ScenarioProblem[] {
  const parsed = parseScenario(input);
  return parsed.ok ? [] : parsed.problems;
}

/** The scenario and the warnings of a valid document. */
export function valid(input: unknown): { scenario: Scenario; warnings: ScenarioProblem[] } {
  const parsed = parseScenario(input);
  if (!parsed.ok) throw new Error(`not valid: ${JSON.stringify(parsed.problems)}`);
  return parsed;
}
