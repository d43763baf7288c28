import { describe, expect, it } from 'vitest';
import { changeText, intervalText, relativeChange } from '../../../src/renderer/features/compare/change-text';
import { intervalPlaces, intervalReach } from '../../../src/renderer/features/compare/interval-scale';
import { verdictGroups } from '../../../src/renderer/features/compare/verdict-groups';
import { outcomeTone, verdictCounts } from '../../../src/renderer/features/compare/verdict-words';
import type { MeasureComparison, SeriesComparison } from '../../../src/shared/stats/comparison';
import { AGGREGATED } from '../../../src/shared/stats/summary';

function measure(change: Partial<MeasureComparison>): MeasureComparison {
  return {
    measure: 'p95',
    unit: 'percent',
    a: 40,
    b: 55,
    change: 38,
    low: 31,
    high: 46,
    pValue: 0.001,
    verdict: 'regression',
    reason: '',
    ...change,
  };
}

function series(name: string, ...measures: MeasureComparison[]): SeriesComparison {
  const method = name === AGGREGATED.name ? AGGREGATED.method : 'POST';
  return {
    method,
    name,
    requests: { a: 100, b: 90 },
    requestsPerSecond: { a: 20, b: 18 },
    blockSeconds: { a: 10, b: 10 },
    measures,
  };
}

const equivalent = measure({ measure: 'median', change: 0.2, low: -1, high: 1.4, verdict: 'equivalent' });
const improved = measure({ measure: 'errorRate', unit: 'points', change: -2, low: -3, high: -1, verdict: 'improvement' });

describe('the table of verdicts', () => {
  const comparison = {
    rows: [series('/data', equivalent, measure({}), improved), series('/ota', equivalent), series('Aggregated', equivalent)],
  };

  it('has the measures of each series and its requests/s for information', () => {
    const groups = verdictGroups(comparison, 'all');
    expect(groups.map(({ name, isAggregated, lines }) => [name, isAggregated, lines.map((line) => line.label)])).toEqual([
      ['/data', false, ['Median', 'p95', 'Error rate', 'Requests/s']],
      ['/ota', false, ['Median', 'Requests/s']],
      ['Aggregated', true, ['Median', 'Requests/s']],
    ]);
    expect(groups[0]?.lines.at(-1)).toMatchObject({ a: 20, b: 18, change: -10, verdict: null });
  });

  it('has series without any request after the others, so that it begins with what tells something', () => {
    const unused = { ...series('/greet', equivalent), requests: { a: 0, b: 0 } };
    const groups = verdictGroups({ rows: [unused, ...comparison.rows] }, 'all');
    expect(groups.map(({ name }) => name)).toEqual(['/data', '/ota', '/greet', 'Aggregated']);
  });

  it('is cut down to regressions, or to changes of either kind', () => {
    const shown = (filter: 'regressions' | 'changes') =>
      verdictGroups(comparison, filter).flatMap(({ name, lines }) => lines.map((line) => `${name} ${line.measure}`));
    expect(shown('regressions')).toEqual(['/data p95']);
    expect(shown('changes')).toEqual(['/data p95', '/data errorRate']);
  });

  it('is bad as a whole as soon as one measure is worse', () => {
    expect(outcomeTone(comparison)).toBe('bad');
    expect(outcomeTone({ rows: [series('/a', improved, equivalent)] })).toBe('ok');
    expect(outcomeTone({ rows: [series('/a', measure({ verdict: 'inconclusive' }))] })).toBe('warn');
    expect(outcomeTone({ rows: [series('/a', equivalent)] })).toBe('neutral');
    expect(verdictCounts(comparison)).toEqual([
      { verdict: 'regression', count: 1 },
      { verdict: 'improvement', count: 1 },
      { verdict: 'equivalent', count: 3 },
    ]);
  });
});

describe('a change in words', () => {
  it('has its sign, two digits that tell and its unit', () => {
    expect(changeText(38.4, 'percent')).toBe('+38 %');
    expect(changeText(-3.84, 'percent')).toBe('−3.8 %');
    expect(changeText(0.123, 'points')).toBe('+0.12 points');
    expect(changeText(-0.001, 'points')).toBe('0 points');
    expect(changeText(null, 'points')).toBe('–');
    expect(intervalText(-3.2, 46.1, 'percent')).toBe('−3.2 % to 46 %');
    expect(intervalText(null, 1, 'percent')).toBe('–');
  });

  it('is not made up where A is zero or there is nothing', () => {
    expect(relativeChange(0, 5)).toBeNull();
    expect(relativeChange(null, 5)).toBeNull();
    expect(relativeChange(20, 25)).toBe(25);
  });
});

describe('interval bars', () => {
  it('share a scale that every change fits on and no single wide interval decides', () => {
    const line = (change: number, low: number, high: number) => ({ change, low, high, changeUnit: 'percent' as const });
    expect(intervalReach([line(1, -2, 4), line(38, 31, 46)], 'percent')).toBeCloseTo(Math.log(1.5));
    // The wide one alone would need ten times as much.
    expect(intervalReach([line(1, -2, 3), line(2, -2, 3), line(2, -90, 900)], 'percent')).toBeCloseTo(Math.log(1.2));
    expect(intervalReach([line(288, 57, 862), line(38, 35, 42)], 'percent')).toBeCloseTo(Math.log(10));
    expect(intervalReach([], 'points')).toBe(1);
  });

  it('are placed within it and say where they are cut; half as much is as far from zero as twice as much', () => {
    expect(intervalPlaces({ change: 0.5, low: -0.5, high: 1.5, changeUnit: 'points' }, 1)).toEqual({
      zero: 0.5,
      at: 0.75,
      low: 0.25,
      high: 1,
      cutLeft: false,
      cutRight: true,
    });
    const places = intervalPlaces({ change: 0, low: -50, high: 100, changeUnit: 'percent' }, Math.log(4));
    expect(places).toMatchObject({
      at: 0.5,
      low: expect.closeTo(0.25),
      high: expect.closeTo(0.75),
      cutLeft: false,
      cutRight: false,
    });
    expect(intervalPlaces({ change: null, low: null, high: null, changeUnit: 'points' }, 10)).toBeNull();
  });
});
