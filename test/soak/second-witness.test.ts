import { describe, expect, it } from 'vitest';
import type { ApiEvents } from '../../src/shared/api/events';
import type { RunCourse } from '../../src/shared/api/types';
import type { SecondPercentiles } from '../../src/shared/stats/summary';
import { SecondWitness } from './second-witness';

type Event = ApiEvents['run.second'];

const figures = (requests: number, failures = 0): SecondPercentiles => ({
  ...{ requests, failures, p50: 5, p90: 9, p95: 10, p99: 11, max: 12 },
});

/** A second of a run with one series, and the totals that come with it. Only what a witness looks at. */
function told(second: number, requests: number, totalRequests: number): Event {
  return {
    runId: 7,
    second: {
      ...{ second, lengthSeconds: 1, phase: 'steady', nodes: 10, plannedNodes: 10, valid: true, scheduleLagP99Ms: 1 },
      ...{ total: figures(requests), series: [figures(requests)], heat: [[3, requests]] },
    },
    snapshot: {
      report: {
        total: { name: 'Aggregated', requests: totalRequests, failures: 0 },
        series: [{ name: '/data', requests: totalRequests, failures: 0 }],
      },
      current: { total: { requestsPerSecond: totalRequests / (second + 1), failuresPerSecond: 0 } },
    },
  } as unknown as Event;
}

function course(requests: number[]): RunCourse {
  const each = <T>(value: T) => requests.map(() => value);
  return {
    second: requests.map((_, second) => second),
    lengthSeconds: each(1),
    ...{ phase: each('steady' as const), nodes: each(10), plannedNodes: each(10), valid: each(true), scheduleLagP99Ms: each(1) },
    reasons: [],
    ...{ requests, failures: each(0), p50: each(5), p90: each(9), p95: each(10), p99: each(11), max: each(12) },
  };
}

function witnessOf(...events: Event[]): SecondWitness {
  const witness = new SecondWitness(7);
  for (const event of events) witness.hear(event);
  return witness;
}

describe('a witness of a run', () => {
  it('has nothing to say where everything adds up', () => {
    const witness = witnessOf(told(0, 4, 4), told(1, 6, 10));
    expect(witness.live.different).toEqual([]);
    expect(witness.requestsOf(0)).toBe(10);
    expect(witness.compareCourse(0, course([4, 6])).different).toEqual([]);
    expect(witness.compareHeat([[[3, 4]], [[3, 6]]]).different).toEqual([]);
  });

  it.each([
    ['a second is missing', [told(0, 4, 4), told(2, 6, 10)], 'number of second 2: 2 instead of 1'],
    ['a second comes twice', [told(0, 4, 4), told(0, 4, 8)], 'number of second 0: 0 instead of 1'],
    ['totals are not the sum', [told(0, 4, 4), told(1, 6, 11)], 'requests of Aggregated until second 1: 11 instead of 10'],
    ['rates are not those of the last seconds', [told(0, 4, 4), told(1, 6, 11)], 'current rate in second 1: 5.5 instead of 5'],
  ])('says so when %s', (_, events, sentence) => {
    expect(witnessOf(...events).live.different).toContain(sentence);
  });

  it('says what differs in a chart, and leaves alone what it has not heard yet', () => {
    const witness = witnessOf(told(0, 4, 4), told(1, 6, 10));
    expect(witness.compareCourse(1, course([4, 5, 99])).different).toEqual(['requests of line 1 in second 1: 5 instead of 6']);
    expect(witness.compareHeat([[[3, 4]], [[4, 6]]]).different).toEqual(['heat of second 1: [[4,6]] instead of [[3,6]]']);
  });

  it('says what another one heard otherwise', () => {
    const witness = witnessOf(told(0, 4, 4));
    expect(witness.compareHeard([told(0, 4, 4).second]).different).toEqual([]);
    expect(witness.compareHeard([told(0, 3, 3).second]).different).toHaveLength(2);
  });
});
