import { describe, expect, it } from 'vitest';
import {
  formatBytes,
  formatClock,
  formatCount,
  formatFigure,
  formatLatency,
  formatMark,
  formatPercent,
  formatShare,
  formatShort,
  formatShortPercent,
  NO_VALUE,
  plural,
} from '../../../src/renderer/ui/format';

const digits = (text: string) => text.replace(/[\s,.\u00a0\u202f]/g, '');

describe('figures', () => {
  it('have three significant digits, whole ones from a thousand on', () => {
    expect(formatFigure(41.26)).toBe((41.3).toLocaleString());
    expect(formatFigure(0.012345)).toBe((0.0123).toLocaleString(undefined, { maximumSignificantDigits: 3 }));
    expect(digits(formatFigure(1234.5))).toMatch(/^123[45]$/);
    expect(formatFigure(0)).toBe('0');
  });

  it('keep their width while they change: always three digits, unless somebody chose them', () => {
    const three = { minimumSignificantDigits: 3 };
    expect(formatFigure(44)).toBe((44).toLocaleString(undefined, three));
    expect(formatFigure(1.2)).toBe((1.2).toLocaleString(undefined, three));
    expect(formatFigure(999.7)).toBe((1000).toLocaleString());
    expect(formatShort(44)).toBe('44');
    expect(formatShort(2.5)).toBe((2.5).toLocaleString());
  });

  it('have room as marks of an axis, however large they are', () => {
    expect(formatMark(15_000)).toBe((15_000).toLocaleString());
    for (const large of [100_000, 800_000, 1_250_000, 2_000_000_000]) expect(formatMark(large).length).toBeLessThan(8);
    expect(formatMark(800_000)).toBe((800_000).toLocaleString(undefined, { notation: 'compact' }));
  });

  it('say nothing where there is nothing', () => {
    for (const nothing of [null, undefined, Number.NaN, Number.POSITIVE_INFINITY]) expect(formatFigure(nothing)).toBe(NO_VALUE);
    expect(formatCount(null)).toBe(NO_VALUE);
    expect(formatLatency(null)).toBe(NO_VALUE);
    expect(formatBytes(undefined)).toBe(NO_VALUE);
    expect(formatClock(null)).toBe(NO_VALUE);
  });
});

describe('shares', () => {
  it('never round something to nothing, nor nearly all to all', () => {
    expect(formatPercent(0)).toBe('0 %');
    expect(formatPercent(0.000001)).toMatch(/^< /);
    expect(formatPercent(0.99999)).toMatch(/^> /);
    expect(formatPercent(1)).toBe('100 %');
    expect(formatPercent(0.125)).toBe(`${(12.5).toLocaleString()} %`);
  });

  it('keep three digits where they were measured, so that they stand below each other; not where they were chosen', () => {
    const digits = (value: number) => value.toLocaleString(undefined, { minimumSignificantDigits: 3 });
    expect(formatPercent(0.045)).toBe(`${digits(4.5)} %`);
    expect(formatPercent(0.64)).toBe(`${digits(64)} %`);
    expect(formatShortPercent(0.75)).toBe('75 %');
  });

  it('are unknown of nothing', () => {
    expect(formatShare(0, 0)).toBe(NO_VALUE);
    expect(formatShare(1, 4)).toBe(`${(25).toLocaleString(undefined, { minimumFractionDigits: 1 })} %`);
  });
});

describe('clocks', () => {
  it.each([
    [0, '00:00'],
    [59.9, '00:59'],
    [60, '01:00'],
    [3_599, '59:59'],
    [3_600, '1:00:00'],
    [90_061, '25:01:01'],
    [-1, '00:00'],
  ])('%d s is %s', (seconds, text) => {
    expect(formatClock(seconds)).toBe(text);
  });
});

describe('bytes', () => {
  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [999.6, '1 KB'],
    [1_500, `${(1.5).toLocaleString()} KB`],
    [999_600, '1 MB'],
    [2e9, '2 GB'],
    [5e15, `${(5_000).toLocaleString()} TB`],
  ])('%d is %s', (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text);
  });
});

it('names latencies with their unit, seconds from ten on', () => {
  expect(formatLatency(41.26)).toBe(`${(41.3).toLocaleString()} ms`);
  expect(formatLatency(12_340)).toBe(`${(12.3).toLocaleString()} s`);
});

it('counts in words', () => {
  expect(plural(1, 'run')).toBe('1 run');
  expect(plural(2, 'run')).toBe('2 runs');
  expect(plural(2, 'series', 'series')).toBe('2 series');
});
