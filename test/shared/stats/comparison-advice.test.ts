import { describe, expect, it } from 'vitest';
import type { ComparedSide, MeasureComparison, SeriesComparison } from '../../../src/shared/stats/comparison';
import { adviceOn } from '../../../src/shared/stats/comparison-advice';

function row(verdict: MeasureComparison['verdict'], requests: number, blockSeconds: number): SeriesComparison {
  const measure = { measure: 'median', verdict } as MeasureComparison;
  return {
    method: '',
    name: 'Aggregated',
    requests: { a: requests, b: requests },
    requestsPerSecond: { a: 1, b: 1 },
    blockSeconds: { a: 10, b: blockSeconds },
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

  it('is silent as soon as one measure has a verdict', () => {
    expect(adviceOn({ ...sides(), rows: [row('not enough data', 100, 10), row('equivalent', 100, 10)] })).toBeNull();
  });
});
