import type { RunReport } from '../../src/shared/stats/report';
import type { RunTotals } from '../../src/shared/stats/totals';
import { type BackendCounts, noCounts, type PathCounts } from './server/backend-fault';
import { lineOf, type SoakLine } from './verdict';

/** Errors of requests that were lost on the way, or whose answer was: the backend may have counted them or not. */
const ON_THE_WAY = /^(Connection|ConnectTimeout|ResponseTimeout|Network)/;

/** The difference of two counts. */
export function countsSince(now: BackendCounts, before: BackendCounts): BackendCounts {
  return Object.fromEntries(
    Object.entries(now).map(([path, counts]) => {
      const earlier = before[path] ?? noCounts();
      const keys = Object.keys(counts) as (keyof PathCounts)[];
      return [path, Object.fromEntries(keys.map((key) => [key, counts[key] - earlier[key]])) as unknown as PathCounts];
    }),
  );
}

/**
 * Holds what the run counted against what the backend did. For each series, with `lost` requests failed on the way or aborted:
 * received <= started + sent again, started - received <= lost; 200s and 503s counted by the run are at most those that the backend wrote, and
 * at most `lost` fewer; answers that break HTTP likewise.
 */
export function backendLines(report: RunReport, totals: RunTotals, counts: BackendCounts): SoakLine[] {
  const sums = {
    started: 0,
    received: 0,
    completed: 0,
    answered: 0,
    failed503: 0,
    answered503: 0,
    malformedHere: 0,
    malformed: 0,
    lost: 0,
  };
  const wrong: string[] = [];
  report.series.forEach(({ method, name }, index) => {
    const { started, completed, resent, aborted } = totals.select(index);
    const path = counts[name.slice(1)] ?? noCounts();
    const failures = report.failures.filter((failure) => failure.method === method && failure.name === name);
    const occurrences = (of: (error: string) => boolean) =>
      failures.reduce((sum, { error, occurrences: times }) => sum + (of(error) ? times : 0), 0);
    const lost = occurrences((error) => ON_THE_WAY.test(error)) + aborted;
    const failed503 = occurrences((error) => error === 'HTTP 503');
    const malformedHere = occurrences((error) => error.startsWith('MalformedResponse'));
    const known = occurrences(() => true) - lost + aborted - failed503 - malformedHere;
    if (known !== 0) wrong.push(`${name}: ${known} failures that the backend did not cause`);
    if (path.received > started + resent) wrong.push(`${name}: ${path.received} received of ${started} started`);
    if (started - path.received > lost) wrong.push(`${name}: ${started - path.received} not received, ${lost} lost`);
    const pairs = [
      ['200s', completed, path.answered],
      ['503s', failed503, path.answered503],
      ['malformed answers', malformedHere, path.malformed],
    ] as const;
    for (const [what, here, there] of pairs)
      if (here > there || there - here > lost) wrong.push(`${name}: ${here} ${what} of ${there}, ${lost} lost`);
    sums.started += started;
    sums.received += path.received;
    sums.completed += completed;
    sums.answered += path.answered;
    sums.failed503 += failed503;
    sums.answered503 += path.answered503;
    sums.malformedHere += malformedHere;
    sums.malformed += path.malformed;
    sums.lost += lost;
  });
  const fine = wrong.length === 0;
  return [
    lineOf(
      'requests started here, received by the backend',
      `${sums.started}, ${sums.received}`,
      `at most ${sums.lost} lost`,
      fine,
    ),
    lineOf('200s counted here, written by the backend', `${sums.completed}, ${sums.answered}`, `at most ${sums.lost} lost`, fine),
    lineOf(
      '503s counted here, written by the backend',
      `${sums.failed503}, ${sums.answered503}`,
      `at most ${sums.lost} lost`,
      fine,
    ),
    lineOf(
      'malformed answers counted here, written',
      `${sums.malformedHere}, ${sums.malformed}`,
      `at most ${sums.lost} lost`,
      fine,
    ),
    lineOf('the same for each series', wrong.length === 0 ? 'agree' : wrong.slice(0, 3).join('; '), 'agree', fine),
  ];
}
