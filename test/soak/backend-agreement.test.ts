import { describe, expect, it } from 'vitest';
import { EMPTY_HISTOGRAM } from '../../src/shared/stats/histogram';
import type { RunReport } from '../../src/shared/stats/report';
import { RunTotals } from '../../src/shared/stats/totals';
import { backendLines, countsSince } from './backend-agreement';
import { noCounts, type PathCounts } from './server/backend-fault';

/** A run of one series: so many of each, and failures by error. */
function lines(
  counted: { completed: number; failures?: Record<string, number>; aborted?: number },
  backend: Partial<PathCounts>,
) {
  const { completed, failures = {}, aborted = 0 } = counted;
  const failed = Object.values(failures).reduce((sum, times) => sum + times, 0);
  const totals = new RunTotals();
  totals.addDelta({
    ...{ series: 0, phase: 'steady', started: completed + failed + aborted, completed, failed, aborted },
    ...{
      missed: 0,
      resent: 0,
      bodyBytes: 0,
      latency: EMPTY_HISTOGRAM,
      responseFromSchedule: EMPTY_HISTOGRAM,
      connect: EMPTY_HISTOGRAM,
    },
  });
  const report = {
    series: [{ method: 'GET', name: '/greet' }],
    failures: Object.entries(failures).map(([error, occurrences]) => ({ method: 'GET', name: '/greet', error, occurrences })),
  } as unknown as RunReport;
  return backendLines(report, totals, { greet: { ...noCounts(), ...backend } });
}

const verdicts = (...args: Parameters<typeof lines>) => [...new Set(lines(...args).map(({ verdict }) => verdict))];

describe('the run and its backend', () => {
  it('agree when every answer was counted', () => {
    expect(verdicts({ completed: 8, failures: { 'HTTP 503': 2 } }, { received: 10, answered: 8, answered503: 2 })).toEqual([
      'ok',
    ]);
  });

  it('may differ by what was lost on the way, and by no more', () => {
    const counted = { completed: 8, failures: { ConnectionRefused: 1, ResponseTimeout: 1 } };
    expect(verdicts(counted, { received: 9, answered: 9 })).toEqual(['ok']);
    expect(verdicts(counted, { received: 7, answered: 7 })).toEqual(['FAILED']);
    expect(verdicts(counted, { received: 11, answered: 11 })).toEqual(['FAILED']);
  });

  it.each([
    ['a 200 that was never written', { completed: 8 }, { received: 8, answered: 7 }],
    ['a 200 that was not counted', { completed: 8, failures: { 'HTTP 503': 1 } }, { received: 9, answered: 9, answered503: 1 }],
    ['a 503 that was never written', { completed: 8, failures: { 'HTTP 503': 1 } }, { received: 9, answered: 8 }],
    [
      'a failure that the backend did not cause',
      { completed: 8, failures: { 'Expectation: body json $.status': 1 } },
      { received: 9, answered: 9 },
    ],
  ])('do not agree on %s', (_, counted, backend) => {
    expect(verdicts(counted, backend)).toEqual(['FAILED']);
  });

  it('counts since a moment are differences', () => {
    const before = { greet: { ...noCounts(), received: 3 } };
    const now = { greet: { ...noCounts(), received: 10 }, data: { ...noCounts(), received: 4 } };
    const since = countsSince(now, before);
    expect(since.greet?.received).toBe(7);
    expect(since.data?.received).toBe(4);
  });
});
