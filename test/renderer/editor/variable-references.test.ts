import { describe, expect, test } from 'vitest';
import { valueAt } from '../../../src/renderer/features/editor/model/document-value';
import {
  renameVariable,
  replaceReferences,
  variableNames,
} from '../../../src/renderer/features/editor/model/variable-references';

const document = {
  nodeTypes: [
    {
      name: 'A',
      variables: [{ name: 'id' }, { name: 'site' }],
      onStart: [{ request: { path: '/login', extract: [{ variable: 'token', jsonPath: '$.t' }] } }],
      tasks: [
        {
          name: 't',
          steps: [
            {
              request: {
                path: '/x/{{ id }}/{{site}}',
                query: { q: '{{id}}' },
                headers: { 'X-Id': 'a {{id}} b {{id}}' },
                body: { kind: 'json', text: '{"id": {{id}}, "text": "id", "n": {{randomInteger(1, 2)}}}' },
              },
            },
            { request: { path: '/y', body: { kind: 'form', fields: { f: '{{id}}' } } } },
            { pause: { seconds: 1 } },
          ],
        },
      ],
    },
    { name: 'B', variables: [{ name: 'id' }], tasks: [{ name: 't', steps: [{ request: { path: '/{{id}}' } }] }] },
  ],
};
const PATH = ['nodeTypes', 0, 'variables', 0];
const steps = (from: unknown) => JSON.stringify(valueAt(from, ['nodeTypes', 0, 'tasks', 0, 'steps']));

describe('renaming a variable', () => {
  test('changes its placeholders everywhere in its node type, and nothing else', () => {
    const renamed = renameVariable(document, PATH, 'device');
    expect(steps(renamed)).toBe(
      JSON.stringify(valueAt(document, ['nodeTypes', 0, 'tasks', 0, 'steps']))
        .replaceAll('{{ id }}', '{{device}}')
        .replaceAll('{{id}}', '{{device}}'),
    );
    expect(valueAt(renamed, ['nodeTypes', 1])).toBe(document.nodeTypes[1]);
    expect(valueAt(renamed, ['nodeTypes', 0, 'onStart'])).toBe(document.nodeTypes[0]?.onStart);
  });

  test('keeps the placeholders while the name is none, and lets them follow afterwards', () => {
    const empty = renameVariable(document, PATH, '');
    expect(steps(empty)).toBe(steps(document));
    const again = renameVariable(empty, PATH, 'device', 'id');
    expect(steps(again)).toContain('/x/{{device}}');
  });

  test('never takes another name for its own, neither a variable nor an extracted one', () => {
    for (const taken of ['site', 'token']) {
      const clash = renameVariable(document, PATH, taken);
      expect(steps(clash)).toBe(steps(document));
      const onward = renameVariable(clash, PATH, `${taken}2`, 'id');
      expect(steps(onward)).toContain(`/x/{{${taken}2}}/{{site}}`);
    }
  });
});

test('placeholders that cannot be read stay as they are', () => {
  expect(replaceReferences('{{id}} {{id {{id}} {{"id"}} {{id}}', 'id', 'x')).toBe('{{x}} {{id {{x}} {{"id"}} {{x}}');
});

test('the names of a node type are its variables and what it extracts', () => {
  expect(variableNames(document.nodeTypes[0])).toEqual(['id', 'site', 'token']);
  expect(variableNames({ variables: [null, { name: 3 }] })).toEqual([]);
});
