import { describe, expect, it } from 'vitest';
import { baselineFor, comparisonOrder, suggestedReference } from '../../../src/renderer/features/history/baseline';
import { historyRow } from './history-rows';

const baseline = historyRow(3, { baseline: true });
const rows = [historyRow(9), historyRow(5), baseline, historyRow(2, { scenarioName: 'Other' }), historyRow(1)];

describe('what a run is held against', () => {
  it('is the baseline of its scenario, never itself', () => {
    expect(baselineFor(rows, historyRow(9))?.id).toBe(3);
    expect(baselineFor(rows, baseline)).toBeNull();
    expect(baselineFor(rows, historyRow(2, { scenarioName: 'Other' }))).toBeNull();
  });

  it('is the run before it where there is no baseline, else the one after it', () => {
    const plain = [historyRow(9), historyRow(5), historyRow(1), historyRow(7, { status: 'running' })];
    expect(suggestedReference(plain, historyRow(9))?.id).toBe(5);
    expect(suggestedReference(plain, historyRow(1))?.id).toBe(5);
    expect(suggestedReference([historyRow(1)], historyRow(1))).toBeNull();
  });

  it('stands first in a comparison, the others by age', () => {
    expect(comparisonOrder(rows, new Set([9, 1, 3]))).toEqual([3, 1, 9]);
    expect(comparisonOrder(rows, new Set([9, 5]))).toEqual([5, 9]);
  });
});
