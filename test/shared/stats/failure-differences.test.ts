import { describe, expect, it } from 'vitest';
import { type FailureSource, failureDifferences } from '../../../src/shared/stats/failure-differences';

function source(requests: Record<string, number>, failures: [name: string, error: string, occurrences: number][]): FailureSource {
  return {
    series: Object.entries(requests).map(([name, count]) => ({ method: 'POST', name, requests: count })),
    failures: failures.map(([name, error, occurrences]) => ({ method: 'POST', name, error, occurrences })),
  };
}

describe('failures of two runs', () => {
  it('are new, gone, more, fewer or alike by their rate, not by their count', () => {
    const a = source({ '/data': 1000, '/ota': 1000 }, [
      ['/data', 'HTTP 503', 10],
      ['/data', 'Timeout', 20],
      ['/ota', 'HTTP 404', 5],
      ['/ota', 'Timeout', 30],
    ]);
    // Twice the requests: the same share of them is twice the count.
    const b = source({ '/data': 2000, '/ota': 2000 }, [
      ['/data', 'HTTP 503', 20],
      ['/data', 'Timeout', 100],
      ['/data', 'ConnectionReset', 1],
      ['/ota', 'Timeout', 10],
    ]);
    expect(failureDifferences(a, b)).toEqual([
      row('/data', 'ConnectionReset', 'new', [0, 1], [0, 0.0005]),
      row('/data', 'Timeout', 'more', [20, 100], [0.02, 0.05]),
      row('/ota', 'Timeout', 'fewer', [30, 10], [0.03, 0.005]),
      row('/ota', 'HTTP 404', 'gone', [5, 0], [0.005, 0]),
      row('/data', 'HTTP 503', 'alike', [10, 20], [0.01, 0.01]),
    ]);
  });

  it('have no rate where a run has no request of the series', () => {
    const [only] = failureDifferences(source({}, []), source({ '/new': 4 }, [['/new', 'HTTP 500', 1]]));
    expect(only).toEqual(row('/new', 'HTTP 500', 'new', [0, 1], [null, 0.25]));
  });

  it('keep the same error of two series apart', () => {
    const differences = failureDifferences(
      source({ '/a': 1, '/b': 1 }, [['/a', 'HTTP 500', 1]]),
      source({ '/a': 1, '/b': 1 }, [['/b', 'HTTP 500', 1]]),
    );
    expect(differences.map(({ name, change }) => [name, change])).toEqual([
      ['/b', 'new'],
      ['/a', 'gone'],
    ]);
  });
});

function row(name: string, error: string, change: string, [a, b]: number[], [rateA, rateB]: (number | null)[]) {
  return { method: 'POST', name, error, change, occurrences: { a, b }, rate: { a: rateA, b: rateB } };
}
