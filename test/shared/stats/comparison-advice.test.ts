import { describe, expect, it } from 'vitest';
import type { ComparedSide, MeasureComparison, SeriesComparison } from '../../../src/shared/stats/comparison';
import { adviceOn, isWithoutVerdict } from '../../../src/shared/stats/comparison-advice';

function row(verdict: MeasureComparison['verdict'], requests: number, blockSeconds: number): SeriesComparison {
  const measure = { measure: 'median', verdict } as MeasureComparison;
  return {
    method: '',
    name: 'Aggregated',
    requests: { a: requests, b: requests },
    requestsPerSecond: { a: 1, b: 1 },
    blockSeconds: { a: 9, b: blockSeconds },
    measures: [measure],
  };
}

/** B, of whose steady seconds some were left out. */
function sides(invalidSeconds = 0) {
  const a: ComparedSide = { id: 1, name: 'A', startedAt: 0, seconds: 97, invalidSeconds: 0 };
  return { a, b: { ...a, id: 2, name: 'B', invalidSeconds } };
}

describe('what to do when there is not enough data', () => {
  it('goes by how long the blocks of the runs have to be', () => {
    expect(adviceOn({ ...sides(), rows: [row('not enough data', 100, 10)] })).toContain(
      'each needs about 2 minutes of steady load',
    );
    expect(adviceOn({ ...sides(), rows: [row('not enough data', 100, 76)] })).toContain('about 13 minutes');
  });

  it('reckons with as many seconds being left out again', () => {
    const rows = [row('not enough data', 100, 10)];
    expect(adviceOn({ ...sides(31), rows })).toContain('each needs about 3 minutes of steady load');
  });

  it('names the stretch first where one was chosen', () => {
    expect(adviceOn({ ...sides(), rows: [row('not enough data', 100, 10)] }, true)).toMatch(
      /^Choose a longer stretch, or run both/,
    );
  });

  it('asks for steady seconds where a run has none', () => {
    expect(adviceOn({ ...sides(), rows: [row('not enough data', 0, 10)] })).toContain('requests in steady seconds');
  });

  it('is silent where what has no verdict lacks something else than time', () => {
    expect(adviceOn({ ...sides(), rows: [row('not enough data', 100, 9), row('equivalent', 100, 9)] })).toBeNull();
    expect(adviceOn({ ...sides(), rows: [row('not enough data', 0, 76), row('equivalent', 100, 9)] })).toBeNull();
    // Minutes of a long run, some of which have few seconds that count: more blocks than the seconds would make.
    expect(adviceOn({ ...sides(), rows: [row('regression', 100, 60)] })).toBeNull();
  });

  it('says what the series take that the runs are too short for, when others have a verdict', () => {
    const rows = [row('not enough data', 100, 23), row('regression', 100, 9)];
    expect(adviceOn({ ...sides(), rows })).toBe(
      'To judge all series, run both for longer: judging by these runs, each needs about 4 minutes of steady load.',
    );
    expect(adviceOn({ ...sides(), rows }, true)).toMatch(/^To judge all series, choose a longer stretch, or run both/);
  });
});

it('is without a verdict only when nothing has one', () => {
  const rows = [row('not enough data', 100, 23), row('not enough data', 100, 10)];
  expect(isWithoutVerdict({ rows })).toBe(true);
  expect(isWithoutVerdict({ rows: [...rows, row('inconclusive', 100, 10)] })).toBe(false);
});
