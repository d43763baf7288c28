import { describe, expect, it } from 'vitest';
import { OutageWatch } from '../../../src/main/runs/outage-watch';
import type { FailureGroup, RunSecond, SeriesDelta } from '../../../src/shared/stats/frame';
import { EMPTY_HISTOGRAM } from '../../../src/shared/stats/histogram';

const SERIES = [
  { method: 'POST', name: '/data' },
  { method: 'GET', name: '/health' },
];

type Happened = { completed?: number; failures?: [error: string, firstMs: number, lastMs: number, occurrences: number][] };

/** A second in which these requests came to their end, by series. */
function second(number: number, ...happened: Happened[]): RunSecond {
  const failures: FailureGroup[] = [];
  const series: SeriesDelta[] = [];
  happened.forEach(({ completed = 0, failures: failed = [] }, index) => {
    for (const [error, firstMs, lastMs, occurrences] of failed) {
      failures.push({ series: index, error, occurrences, firstMs, lastMs, samples: [] });
    }
    series.push({
      series: index,
      phase: 'steady',
      started: 0,
      completed,
      failed: failed.reduce((sum, [, , , occurrences]) => sum + occurrences, 0),
      aborted: 0,
      missed: 0,
      resent: 0,
      bodyBytes: 0,
      latency: EMPTY_HISTOGRAM,
      responseFromSchedule: EMPTY_HISTOGRAM,
      connect: EMPTY_HISTOGRAM,
    });
  });
  return {
    second: number,
    lengthSeconds: 1,
    phase: 'steady',
    nodes: 1,
    plannedNodes: 1,
    series,
    tasks: [],
    failures,
    exceptions: [],
    health: {
      valid: true,
      reasons: [],
      scheduleLag: EMPTY_HISTOGRAM,
      eventLoopUtilizationMean: 0,
      eventLoopUtilizationMax: 0,
    },
    shards: [],
  };
}

function recoveriesOf(seconds: RunSecond[]) {
  const watch = new OutageWatch(SERIES);
  return seconds.flatMap((each) => watch.add(each));
}

describe('OutageWatch', () => {
  it('counts from the first to the last failure, within the seconds in which it began and ended', () => {
    expect(
      recoveriesOf([
        second(3, { completed: 5, failures: [['ConnectionRefused', 3500, 3950, 5]] }),
        second(4, { failures: [['ConnectionRefused', 4050, 4950, 10]] }),
        second(5, { failures: [['ConnectionRefused', 5050, 5950, 10]] }),
        second(6, { completed: 4, failures: [['ConnectionRefused', 6050, 6700, 6]] }),
        second(7, { completed: 10 }),
      ]),
    ).toEqual([{ atMs: 6700, text: 'POST /data answers again after 3.2 s of failures' }]);
  });

  it('leaves out what failed otherwise before, and ends at the second that is answered again', () => {
    expect(
      recoveriesOf([
        second(0, { completed: 5, failures: [['HTTP 500', 100, 100, 1]] }),
        second(1, { failures: [['ConnectTimeout', 1200, 1900, 4]] }),
        second(2, { completed: 10 }),
      ]),
    ).toEqual([{ atMs: 2000, text: 'POST /data answers again after 0.8 s of failures' }]);
  });

  it('tells each series by itself, and is not ended by seconds without a request', () => {
    expect(
      recoveriesOf([
        second(0, { completed: 5 }, { failures: [['HTTP 503', 10, 900, 2]] }),
        second(1, { completed: 5 }),
        second(2, { completed: 5 }, { failures: [['HTTP 503', 2500, 2500, 1]] }),
        second(3, { completed: 5 }, {}),
        second(4, { completed: 5 }, { completed: 1 }),
      ]),
    ).toEqual([{ atMs: 4000, text: 'GET /health answers again after 4.0 s of failures' }]);
  });

  it('is silent on a few failures, on mixed seconds, and on an outage that does not end', () => {
    expect(
      recoveriesOf([
        second(0, { failures: [['HTTP 500', 100, 600, 2]] }),
        second(1, { completed: 1 }),
        second(2, { completed: 1, failures: [['HTTP 500', 2000, 2900, 50]] }),
        second(3, { failures: [['HTTP 500', 3000, 3900, 50]] }),
      ]),
    ).toEqual([]);
  });

  it('marks the first hundred recoveries of a series only, and says so', () => {
    const seconds = Array.from({ length: 300 }, (_, number) =>
      number % 2 === 0
        ? second(number, { failures: [['ConnectionReset', number * 1000, number * 1000 + 500, 3]] })
        : second(number, { completed: 1 }),
    );
    const recoveries = recoveriesOf(seconds);
    expect(recoveries).toHaveLength(100);
    expect(recoveries.at(-1)?.text).toBe(
      'POST /data answers again after 1.0 s of failures; further recoveries of it are not marked',
    );
  });
});
