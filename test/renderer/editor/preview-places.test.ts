import { describe, expect, test } from 'vitest';
import { ERROR_NAMES } from '../../../src/main/swarm/transport/http/error-names';
import { readableBody, readHead } from '../../../src/renderer/features/editor/model/message-text';
import { removeEntry } from '../../../src/renderer/features/editor/model/outline-edits';
import { sendAdvice, timingParts } from '../../../src/renderer/features/editor/model/send-advice';
import { previewPlaceOf, stepsPlaceOf } from '../../../src/renderer/features/editor/model/steps-place';
import { tutorial } from './tutorial';

describe('what is previewed at a line', () => {
  const at = (...path: (string | number)[]) => previewPlaceOf(tutorial(), { path });

  test('is the request itself, or the first of its list', () => {
    expect(at('nodeTypes', 0, 'tasks', 1, 'steps', 0)).toMatchObject({ place: { nodeType: 0, task: 1 }, step: 0 });
    expect(at('nodeTypes', 0, 'tasks', 2)).toMatchObject({ place: { nodeType: 0, task: 2 }, step: 0 });
    expect(at('nodeTypes', 0, 'onStart')).toMatchObject({ place: { nodeType: 0, task: 'onStart' }, step: 0 });
    expect(at('nodeTypes', 0, 'onStop')).toBeNull();
  });

  test('is the first request of the node type, or of all, where the line has none', () => {
    expect(at('nodeTypes', 0, 'variables', 0)).toMatchObject({ place: { nodeType: 0, task: 0 }, step: 0 });
    expect(at('target')).toMatchObject({ place: { nodeType: 0, task: 0 } });
    expect(previewPlaceOf(removeEntry(tutorial(), ['nodeTypes', 0])?.document, { path: ['target'] })).toBeNull();
  });

  test('skips pauses', () => {
    const document = { nodeTypes: [{ tasks: [{ steps: [{ pause: { seconds: 1 } }, { request: { path: '/' } }] }] }] };
    expect(previewPlaceOf(document, { path: ['nodeTypes', 0, 'tasks', 0, 'steps', 0] })).toMatchObject({ step: 1 });
    expect(stepsPlaceOf({ path: ['nodeTypes', 0, 'tasks', 0, 'steps', 0] })).toMatchObject({ step: 0 });
    expect(stepsPlaceOf({ path: ['load'] })).toBeNull();
  });
});

test('a head is read line by line', () => {
  expect(readHead('HTTP/1.1 200 OK\r\nA: b:c\r\nSet-Cookie: x\r\nSet-Cookie: y\r\n\r\n')).toEqual({
    firstLine: 'HTTP/1.1 200 OK',
    headers: [
      { name: 'A', value: 'b:c' },
      { name: 'Set-Cookie', value: 'x' },
      { name: 'Set-Cookie', value: 'y' },
    ],
  });
});

test('bodies are laid out when they are JSON', () => {
  expect(readableBody('{"a":1}')).toBe('{\n  "a": 1\n}');
  expect(readableBody('{"a":')).toBe('{"a":');
  expect(readableBody('12')).toBe('12');
});

test('failures say what to do; timing leaves out what there was not', () => {
  expect(sendAdvice('ConnectionRefused')).toMatch(/Start the backend/);
  expect(sendAdvice('TlsError: certificate expired')).toMatch(/certificate/);
  for (const name of [...Object.values(ERROR_NAMES), 'ProxyError: closed', 'MalformedResponse: bad location']) {
    expect(sendAdvice(name), name).not.toBeNull();
  }
  expect(sendAdvice('Expectation: latency')).toBeNull();
  expect(timingParts({ connectMs: 1, tlsMs: null, firstByteMs: 2, bodyMs: 0 }).map(({ key }) => key)).toEqual([
    'connect',
    'firstByte',
    'body',
  ]);
});
