import { describe, expect, it } from 'vitest';
import { namedPath } from '../../../src/renderer/app/named-path';

const DOCUMENT = {
  target: { headers: { 'X-Id': '{{nothing}}' } },
  nodeTypes: [{ name: 'Sensor', tasks: [{ name: 'send_data', steps: [{ request: { path: '' } }] }, { name: '' }] }],
};

describe('the place of a problem', () => {
  it.each([
    ['nodeTypes[0].tasks[0].steps[0].request.path', 'nodeTypes[Sensor].tasks[send_data].steps[0].request.path'],
    // Without a name, or not there at all.
    ['nodeTypes[0].tasks[1].weight', 'nodeTypes[Sensor].tasks[1].weight'],
    ['nodeTypes[4].wait', 'nodeTypes[4].wait'],
    ['target.headers["X-Id"]', 'target.headers["X-Id"]'],
    ['load', 'load'],
  ])('%s is %s', (path, named) => {
    expect(namedPath(DOCUMENT, path)).toBe(named);
  });
});
