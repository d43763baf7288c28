import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { newScenario } from '../../../src/shared/scenario/defaults';
import { parseScenario } from '../../../src/shared/scenario/parse';
import { serializeScenario } from '../../../src/shared/scenario/serialize';
import { documentWith, type LooseValue, smallDocument, valid } from './documents';

/** Objects of a value with their keys in reverse order. */
function reversed(value: LooseValue): LooseValue {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, entry]) => [key, reversed(entry)] as const)
      .reverse(),
  );
}

const request = 'nodeTypes[0].tasks[0].steps[0].request';

describe('serializeScenario', () => {
  it.each([
    [smallDocument()],
    [
      documentWith({
        'target.tls': { insecure: true },
        'target.baseUrl': 'https://a',
        'target.auth': { kind: 'bearer', token: '{{secret.T}}' },
        'target.headers': { b: '2', a: '1' },
        'nodeTypes[0].wait': { kind: 'throughput', perSecond: 2, onOverrun: 'shift', align: 'clock' },
        'nodeTypes[0].fixedCount': 3,
        load: { stages: [{ nodes: 3, rampSeconds: 0, holdSeconds: 5 }], stopTimeoutSeconds: 0 },
        [`${request}.expect`]: { status: [204, '2xx'], bodyJson: [{ path: '$.a', equals: null }], maxLatencyMs: 5 },
        [`${request}.extract`]: [{ variable: 't', regex: 'x', group: 0 }],
        [`${request}.followRedirects`]: true,
      }),
    ],
  ])('gives back the same scenario when it is read: %#', (document) => {
    const { scenario } = valid(document);
    expect(valid(serializeScenario(scenario)).scenario).toEqual(scenario);
  });

  it('gives back the samples', async () => {
    for (const sample of ['iot-backend', 'fleet-telemetry', 'login-and-publish']) {
      const { scenario } = valid(await readFile(`resources/scenarios/${sample}.nodeswarm.json`, 'utf8'));
      const text = serializeScenario(scenario);
      expect(valid(text).scenario).toEqual(scenario);
      expect(serializeScenario(valid(text).scenario)).toBe(text);
    }
  });

  it('leaves out what equals its default', () => {
    const explicit = documentWith({
      'target.keepAlive': true,
      'target.tls': { insecure: false },
      'nodeTypes[0].weight': 1,
      'nodeTypes[0].wait.onOverrun': 'skip',
      'nodeTypes[0].onStop': [],
      [`${request}.method`]: 'GET',
      [`${request}.expect`]: {},
    });
    const text = serializeScenario(valid(explicit).scenario);
    expect(text).toBe(serializeScenario(valid(smallDocument()).scenario));
    expect(text).not.toMatch(/keepAlive|tls|onOverrun|onStop|"method": "GET"|expect|refresh/);
    const standardWait = valid(documentWith({ 'nodeTypes[0].wait': undefined })).scenario;
    expect(serializeScenario(standardWait)).not.toContain('wait');
  });

  it('is the same text however the keys were ordered, but keeps the order of headers', () => {
    const document = documentWith({ 'target.headers': { b: '2' } });
    expect(serializeScenario(valid(reversed(document)).scenario)).toBe(serializeScenario(valid(document).scenario));
    const text = (headers: LooseValue) => serializeScenario(valid(documentWith({ 'target.headers': headers })).scenario);
    expect(text({ b: '2', a: '1' })).not.toBe(text({ a: '1', b: '2' }));
  });
});

describe('newScenario', () => {
  it('is valid, without a warning', () => {
    expect(parseScenario(newScenario())).toEqual({ ok: true, scenario: newScenario(), warnings: [] });
  });
});
