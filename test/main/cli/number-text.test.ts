import { describe, expect, it } from 'vitest';
import { countOf, durationText, msText, rateText, shareText } from '../../../src/main/cli/number-text';

describe('numbers as text', () => {
  it('shows ms with as many digits as mean something', () => {
    expect([0.512, 9.994, 9.996, 12.34, 99.94, 99.96, 1234.5].map(msText)).toEqual([
      '0.51',
      '9.99',
      '10.0',
      '12.3',
      '99.9',
      '100',
      '1,235',
    ]);
    expect(msText(null)).toBe('–');
    expect(msText(Number.NaN)).toBe('–');
  });

  it('shows rates', () => {
    expect([0, 0.2, 0.96, 19.94, 999.9, 12345.6].map(rateText)).toEqual(['0.0', '0.20', '1.0', '19.9', '999.9', '12,346']);
  });

  it('never shows a small part as none, nor a large one as all', () => {
    expect(shareText(0, 10)).toBe('0 %');
    expect(shareText(1, 1_000_000)).toBe('< 0.01 %');
    expect(shareText(999_999, 1_000_000)).toBe('> 99.99 %');
    expect(shareText(1, 8)).toBe('12.5 %');
    expect(shareText(1, 12)).toBe('8.33 %');
    expect(shareText(10, 10)).toBe('100 %');
    expect(shareText(0, 0)).toBe('0 %');
  });

  it('shows durations and counts', () => {
    expect([0, 0.4, 6, 6.25, 59.6, 60, 125, 3600, 3780].map(durationText)).toEqual([
      '0 s',
      '0.4 s',
      '6 s',
      '6.3 s',
      '1 min',
      '1 min',
      '2 min 5 s',
      '1 h',
      '1 h 3 min',
    ]);
    expect([countOf(1, 'node'), countOf(2, 'node'), countOf(0, 'series', 'series')]).toEqual(['1 node', '2 nodes', '0 series']);
  });
});
