import { describe, expect, it } from 'vitest';
import { growthLine, sameSlopeLine } from './verdict';

const trend = (slope: number, halfWidth: number, mean = 100e6) => ({ slope, halfWidth, mean, points: 100 });

describe('the verdict on memory', () => {
  it.each([
    [0, 0.5e6, 'ok'],
    [-5e6, 5e6, 'ok'],
    [0.9e6, 0.05e6, 'ok'],
    [0.9e6, 0.2e6, 'not long enough to tell'],
    [5e6, 4.5e6, 'not long enough to tell'],
    [5e6, 3.9e6, 'FAILED'],
    [0, Number.POSITIVE_INFINITY, 'not long enough to tell'],
  ])('%d ± %d bytes an hour of 100 MB: %s', (slope, halfWidth, verdict) => {
    expect(growthLine('host', trend(slope, halfWidth)).verdict).toBe(verdict);
  });

  it('says growth with its interval', () => {
    expect(growthLine('host', trend(2e6, 0.5e6)).figure).toBe('+2.0 ± 0.5 %/h of 100.0 MB');
  });
});

describe('the verdict on two halves', () => {
  it.each([
    [100, 1, 101, 1, 'ok'],
    [100, 1, 125, 1, 'FAILED'],
    [100, 1, 75, 1, 'FAILED'],
    [100, 20, 112, 20, 'not long enough to tell'],
    [100, Number.POSITIVE_INFINITY, 100, 1, 'not long enough to tell'],
    [0, 0, 0, 0, 'not long enough to tell'],
  ])('%d ± %d, then %d ± %d: %s', (first, firstHalf, second, secondHalf, verdict) => {
    expect(sameSlopeLine('database', trend(first, firstHalf), trend(second, secondHalf), 0.1).verdict).toBe(verdict);
  });
});
