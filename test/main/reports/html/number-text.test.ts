import { describe, expect, it } from 'vitest';
import { clock, counted, decimal, duration, moment, percent } from '../../../../src/main/reports/html/number-text';

describe('numbers in words', () => {
  it('decimal: thousands separated, decimals fixed, a dash for nothing', () => {
    expect([decimal(1234567.891, 1), decimal(0, 2), decimal(null, 1), decimal(Number.NaN, 1)]).toEqual([
      '1,234,567.9',
      '0.00',
      '–',
      '–',
    ]);
  });

  it('percent: tells nothing from almost nothing', () => {
    expect([percent(0), percent(0.00001), percent(0.0123), percent(1), percent(Number.NaN)]).toEqual([
      '0.00 %',
      '< 0.01 %',
      '1.23 %',
      '100.00 %',
      '–',
    ]);
  });

  it('clock and duration', () => {
    expect([clock(0), clock(7.9), clock(754), clock(3723)]).toEqual(['0:00', '0:07', '12:34', '1:02:03']);
    expect([duration(0.2), duration(60), duration(150), duration(3661), duration(7200)]).toEqual([
      '0 s',
      '1 min',
      '2 min 30 s',
      '1 h 1 min 1 s',
      '2 h',
    ]);
    expect([counted(1, 'second', 'seconds'), counted(2000, 'second', 'seconds')]).toEqual(['1 second', '2,000 seconds']);
  });

  it('moment: reads back as the same second, whatever zone the machine is in', () => {
    const epochMs = Date.UTC(2026, 2, 14, 9, 26, 53);
    const match = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d) UTC([+-]\d\d:\d\d)?$/.exec(moment(epochMs));
    expect(Date.parse(`${match?.[1]}T${match?.[2]}${match?.[3] ?? 'Z'}`)).toBe(epochMs);
  });
});
