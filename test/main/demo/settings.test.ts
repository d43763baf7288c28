import { describe, expect, it } from 'vitest';
import { DemoSettingError, drawLatencyUs, parseCapacity, parseErrorPercent, parseLatency } from '../../../src/main/demo/settings';
import { Random } from '../../../src/main/swarm/random';

describe('settings of the demo backend', () => {
  it('reads a fixed latency in ms', () => {
    expect(parseLatency('50')).toEqual({ kind: 'fixed', ms: 50 });
    expect(parseLatency(' 0.5 ')).toEqual({ kind: 'fixed', ms: 0.5 });
  });

  it('reads a lognormal latency', () => {
    expect(parseLatency('lognormal:20:200')).toEqual({ kind: 'lognormal', medianMs: 20, p99Ms: 200 });
  });

  it.each([
    ['fast', /neither milliseconds \(50\) nor lognormal/],
    ['', /neither milliseconds/],
    ['50ms', /neither milliseconds/],
    ['-1', /neither milliseconds/],
    ['1e3', /neither milliseconds/],
    ['50:60', /neither milliseconds/],
    ['lognormal', /needs two numbers/],
    ['lognormal:20', /needs two numbers/],
    ['lognormal:20:x', /needs two numbers/],
    ['lognormal:20:30:40', /needs two numbers/],
    ['lognormal:0:10', /median above 0/],
    ['lognormal:200:20', /not above its p99/],
    ['700000', /0 to 600000 ms/],
  ])('refuses latency %j with a sentence', (text, sentence) => {
    expect(() => parseLatency(text)).toThrow(DemoSettingError);
    expect(() => parseLatency(text)).toThrow(sentence);
  });

  it('reads percentages and rates, and says what is wrong with others', () => {
    expect(parseErrorPercent('2.5')).toBe(2.5);
    expect(parseErrorPercent('100%')).toBe(100);
    expect(() => parseErrorPercent('101')).toThrow('errors must be a percentage from 0 to 100, not "101"');
    expect(() => parseErrorPercent('some')).toThrow('not "some"');
    expect(parseCapacity('200')).toBe(200);
    expect(() => parseCapacity('0')).toThrow('above 0, not "0"');
    expect(() => parseCapacity('lots')).toThrow('not "lots"');
  });

  it('draws a lognormal with the median and the 99 % quantile that were asked for', () => {
    const random = new Random(7, 0, 'values');
    const drawn = Array.from(
      { length: 100_000 },
      () => drawLatencyUs({ kind: 'lognormal', medianMs: 20, p99Ms: 200 }, random) / 1000,
    );
    drawn.sort((a, b) => a - b);
    expect(drawn[50_000]).toBeGreaterThan(19.5);
    expect(drawn[50_000]).toBeLessThan(20.5);
    expect(drawn[99_000]).toBeGreaterThan(185);
    expect(drawn[99_000]).toBeLessThan(215);
  });
});
