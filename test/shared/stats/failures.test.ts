import { describe, expect, it } from 'vitest';
import { ExceptionLedger, FailureLedger } from '../../../src/shared/stats/failures';
import type { ExceptionGroup, FailureGroup, FailureSample } from '../../../src/shared/stats/frame';

function sample(atMs: number): FailureSample {
  return {
    atMs,
    node: 1,
    nodeType: 'IoTNode',
    task: 'send_data',
    requestHead: 'POST /data HTTP/1.1',
    requestBody: '{}',
    status: 503,
    responseHead: 'HTTP/1.1 503',
    responseBody: '',
    latencyMs: 12,
    detail: 'expected status 2xx, got 503',
  };
}

function failures(series: number, error: string, occurrences: number, samplesAt: number[]): FailureGroup {
  const samples = samplesAt.map(sample);
  return { series, error, occurrences, firstMs: Math.min(...samplesAt), lastMs: Math.max(...samplesAt), samples };
}

function exceptions(step: number, count: number, nodes: number[], atMs = 10): ExceptionGroup {
  return { message: 'nothing found', nodeType: 'IoTNode', task: 'login', step, count, firstMs: atMs, lastMs: atMs + 5, nodes };
}

describe('FailureLedger', () => {
  it('adds up by series and error and keeps the five earliest samples', () => {
    const ledger = new FailureLedger();
    ledger.add([failures(0, 'HTTP 503', 4, [300, 100, 500]), failures(1, 'HTTP 503', 1, [50])]);
    ledger.add([failures(0, 'HTTP 503', 6, [200, 400, 600]), failures(0, 'ConnectionReset', 2, [70])]);
    const listed = ledger.list();
    expect(listed.map(({ series, error, occurrences }) => [series, error, occurrences])).toEqual([
      [0, 'HTTP 503', 10],
      [1, 'HTTP 503', 1],
      [0, 'ConnectionReset', 2],
    ]);
    expect([listed[0]?.firstMs, listed[0]?.lastMs]).toEqual([100, 600]);
    expect(listed[0]?.samples.map(({ atMs }) => atMs)).toEqual([100, 200, 300, 400, 500]);
  });

  it('neither changes what it was given nor lets its list be changed', () => {
    const given = failures(0, 'HTTP 500', 1, [9]);
    const ledger = new FailureLedger();
    ledger.add([given]);
    ledger.add([failures(0, 'HTTP 500', 2, [3])]);
    expect(given).toEqual(failures(0, 'HTTP 500', 1, [9]));
    ledger.list()[0]?.samples.pop();
    expect(ledger.list()[0]?.samples).toHaveLength(2);
  });

  it('keeps at most five samples of a single group', () => {
    const ledger = new FailureLedger();
    ledger.add([failures(0, 'HTTP 500', 9, [9, 8, 7, 6, 5, 4, 3])]);
    expect(ledger.list()[0]?.samples.map(({ atMs }) => atMs)).toEqual([3, 4, 5, 6, 7]);
  });
});

describe('ExceptionLedger', () => {
  it('adds up by message, node type, task and step and names the first twenty nodes', () => {
    const ledger = new ExceptionLedger();
    ledger.add([exceptions(0, 3, [4, 5, 4]), exceptions(1, 1, [9])]);
    ledger.add([
      exceptions(
        0,
        30,
        Array.from({ length: 30 }, (_, i) => i),
        5,
      ),
    ]);
    const [first, second] = ledger.list();
    expect([first?.count, first?.firstMs, first?.lastMs]).toEqual([33, 5, 15]);
    expect(first?.nodes).toEqual([4, 5, 0, 1, 2, 3, ...Array.from({ length: 14 }, (_, i) => i + 6)]);
    expect(second?.count).toBe(1);
  });
});
