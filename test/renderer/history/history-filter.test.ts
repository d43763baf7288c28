import { describe, expect, it } from 'vitest';
import {
  filteredRuns,
  type HistoryFilter,
  isFiltering,
  NO_FILTER,
  scenarioNames,
} from '../../../src/renderer/features/history/history-filter';
import { historyRow } from './history-rows';

const rows = [
  historyRow(4, { name: 'Nightly', note: 'after the index was added', host: 'https://staging.example' }),
  historyRow(3, { scenarioName: 'Firmware update', status: 'stopped', degraded: true }),
  historyRow(2, { status: 'interrupted' }),
  historyRow(1, { scenarioName: 'Firmware update', status: 'failed' }),
];
const ids = (change: Partial<HistoryFilter>) => filteredRuns(rows, { ...NO_FILTER, ...change }).map(({ id }) => id);

describe('the filter of the history', () => {
  it('lets everything through when nothing is asked for', () => {
    expect(ids({})).toEqual([4, 3, 2, 1]);
    expect(ids({ text: '   ' })).toEqual([4, 3, 2, 1]);
    expect(isFiltering({ ...NO_FILTER, text: '  ' })).toBe(false);
    expect(isFiltering({ ...NO_FILTER, status: 'failed' })).toBe(true);
  });

  it('finds all words, anywhere in name, note, scenario, host and number, in any case', () => {
    expect(ids({ text: 'nightly INDEX' })).toEqual([4]);
    expect(ids({ text: 'staging' })).toEqual([4]);
    expect(ids({ text: 'firmware' })).toEqual([3, 1]);
    expect(ids({ text: '#2' })).toEqual([2]);
    expect(ids({ text: 'nightly firmware' })).toEqual([]);
  });

  it('filters by scenario and status together', () => {
    expect(ids({ scenario: 'Firmware update' })).toEqual([3, 1]);
    expect(ids({ scenario: 'Firmware update', status: 'failed' })).toEqual([1]);
    expect(ids({ status: 'degraded' })).toEqual([3]);
    expect(ids({ status: 'interrupted', scenario: 'Firmware update' })).toEqual([]);
  });

  it('offers each scenario once, in order', () => {
    expect(scenarioNames(rows)).toEqual(['Firmware update', 'IoT backend']);
  });
});
