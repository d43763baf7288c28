import { describe, expect, it } from 'vitest';
import type { MeasureComparison, SeriesComparison } from '../../../src/shared/stats/comparison';
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

describe('what to do when there is not enough data', () => {
  it('goes by how long the blocks of the runs have to be', () => {
    expect(adviceOn({ rows: [row('not enough data', 100, 10)] })).toContain('about 2 minutes of steady load each');
    expect(adviceOn({ rows: [row('not enough data', 100, 76)] })).toContain('about 13 minutes');
  });

  it('asks for steady seconds where a run has none', () => {
    expect(adviceOn({ rows: [row('not enough data', 0, 10)] })).toContain('requests in steady seconds');
  });

  it('is silent as soon as one measure has a verdict', () => {
    expect(adviceOn({ rows: [row('not enough data', 100, 10), row('equivalent', 100, 10)] })).toBeNull();
  });
});
