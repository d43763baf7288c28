import { describe, expect, it } from 'vitest';
import { valueAt } from '../../../src/renderer/charts/time-column';
import { RunColumns } from '../../../src/renderer/features/live/model/run-columns';
import { HEAT_ROWS } from '../../../src/shared/stats/heat';
import { MAX_REASONS } from '../../../src/shared/stats/validity';
import { courseFixture, secondFixture } from './run-fixture';

describe('the columns of a run', () => {
  it('keeps what a second brings, of all series together and of those that are asked for', () => {
    const columns = new RunColumns();
    columns.keepSeries(0);
    columns.keepSeries(1);
    columns.putSecond(secondFixture(0, { requests: 10 }));
    columns.putSecond(secondFixture(1, { requests: 12, heat: [[3, 12]] }));
    expect(columns.endSecond).toBe(2);
    expect(valueAt(columns.column('requests', null), 1)).toBe(12);
    expect(valueAt(columns.column('requests', 0), 1)).toBe(12);
    // Nothing happened in the second series: no requests, and no percentile of them.
    expect(valueAt(columns.column('requests', 1), 1)).toBe(0);
    expect(valueAt(columns.column('p95', 1), 1)).toBeNaN();
    expect(columns.heatCounts[1 * HEAT_ROWS + 3]).toBe(12);
    // Nobody draws the third.
    expect(columns.column('requests', 2).length).toBe(0);
  });

  it('knows whether there were requests in a stretch, of all series together and of one that is kept', () => {
    const columns = new RunColumns();
    columns.keepSeries(0);
    columns.keepSeries(1);
    for (const second of [0, 1, 2, 3]) columns.putSecond(secondFixture(second, second === 2 ? {} : { requests: 0, max: null }));
    expect(columns.hasRequests({ from: 0, to: 60 }, null)).toBe(true);
    expect(columns.hasRequests({ from: 0, to: 60 }, 0)).toBe(true);
    expect(columns.hasRequests({ from: 0, to: 60 }, 1)).toBe(false);
    expect(columns.hasRequests({ from: 0, to: 2 }, null)).toBe(false);
    expect(columns.hasRequests({ from: 2.5, to: 2.6 }, null)).toBe(true);
    expect(columns.hasRequests({ from: 3, to: 60 }, null)).toBe(false);
  });

  it('knows which second of a series is missing until the store has it', () => {
    const columns = new RunColumns();
    for (const second of [0, 1, 2, 3]) {
      if (second === 3) columns.keepSeries(0);
      columns.putSecond(secondFixture(second));
    }
    columns.putSeriesCourse(0, courseFixture(2));
    expect(columns.hasSeriesGaps(0)).toBe(true);
    columns.putSeriesCourse(0, courseFixture(3));
    expect(columns.hasSeriesGaps(0)).toBe(false);
    expect(valueAt(columns.column('requests', 0), 3)).toBe(10);
  });

  it.each(['live', 'stored'])('draws no rate of the part of a second that a run ends with (%s)', (from) => {
    const columns = new RunColumns();
    if (from === 'live') {
      columns.keepSeries(0);
      columns.putSecond(secondFixture(0, { requests: 10 }));
      columns.putSecond({ ...secondFixture(1, { requests: 4 }), lengthSeconds: 0.4 });
    } else {
      const course = { ...courseFixture(2), lengthSeconds: [1, 0.4] };
      columns.putCourse(course);
      columns.putSeriesCourse(0, course);
    }
    for (const series of [null, 0]) {
      expect(valueAt(columns.column('requests', series), 0)).toBe(10);
      expect(valueAt(columns.column('requests', series), 1)).toBeNaN();
      expect(valueAt(columns.column('failures', series), 1)).toBeNaN();
      // What its requests took is as true as that of any others.
      expect(valueAt(columns.column('p95', series), 1)).toBe(25);
    }
    expect(columns.lastValues('requests', 60)).toEqual([10, null]);
  });

  it('joins what came live with what the store had before, in any order', () => {
    const columns = new RunColumns();
    columns.keepSeries(0);
    columns.putSecond(secondFixture(3, { requests: 33 }));
    expect(columns.hasGaps()).toBe(true);
    columns.putCourse(courseFixture(3));
    expect(columns.hasGaps()).toBe(false);
    expect(Array.from(columns.column('requests', null).values).slice(0, 4)).toEqual([10, 11, 12, 33]);
    // Of the series, the seconds before are not known until they are read.
    expect(valueAt(columns.column('requests', 0), 1)).toBeNaN();
    columns.putSeriesCourse(0, courseFixture(3));
    expect(valueAt(columns.column('requests', 0), 1)).toBe(11);
    expect(valueAt(columns.column('requests', 0), 3)).toBe(33);
  });

  it('grows beyond its first room without losing anything', () => {
    const columns = new RunColumns();
    columns.keepSeries(0);
    for (let second = 0; second < 2500; second++)
      columns.putSecond(secondFixture(second, { requests: second, heat: [[7, second]] }));
    for (const second of [0, 1023, 1024, 2499]) {
      expect(valueAt(columns.column('requests', null), second)).toBe(second);
      expect(valueAt(columns.column('requests', 0), second)).toBe(second);
      expect(columns.heatCounts[second * HEAT_ROWS + 7]).toBe(second);
    }
  });

  it('lets the oldest seconds go when it is full, and keeps the others in their places', () => {
    const columns = new RunColumns(100);
    for (let second = 0; second < 250; second++) {
      columns.putSecond(secondFixture(second, { requests: second, heat: [[7, second]], valid: second !== 240 }));
    }
    expect(columns.length).toBeLessThanOrEqual(100);
    expect(columns.endSecond).toBe(250);
    for (let second = columns.firstSecond; second < 250; second++) {
      expect(valueAt(columns.column('requests', null), second)).toBe(second);
      expect(columns.heatCounts[(second - columns.firstSecond) * HEAT_ROWS + 7]).toBe(second);
    }
    expect(columns.limitedStretches()).toEqual([{ from: 240, to: 241 }]);
    // What comes late for a second that is gone changes nothing.
    columns.putSecond(secondFixture(1, { requests: 9 }));
    expect(columns.endSecond).toBe(250);
  });

  it('names the stretches that are not steady and those that cannot be trusted, with the reasons', () => {
    const columns = new RunColumns();
    for (let second = 0; second < 6; second++) {
      columns.putSecond(
        secondFixture(second, {
          phase: second < 2 ? 'ramp' : second === 5 ? 'cooldown' : 'steady',
          valid: second !== 3 && second !== 4,
          reasons: second === 3 || second === 4 ? ['sent late'] : [],
        }),
      );
    }
    expect(columns.unsteadyStretches()).toEqual([
      { from: 0, to: 2 },
      { from: 5, to: 6 },
    ]);
    expect(columns.limitedStretches()).toEqual([{ from: 3, to: 5 }]);
    expect(columns.reasonsAt(3)).toEqual(['sent late']);
    expect(columns.phaseAt(0)).toBe('ramp');
  });

  it('keeps the reasons of the newest limited seconds only', () => {
    const columns = new RunColumns();
    const put = (second: number, valid = false) =>
      columns.putSecond(secondFixture(second, { valid, reasons: valid ? [] : [`sent ${second} ms late`] }));
    for (let second = 0; second < MAX_REASONS + 2; second++) put(second);
    expect(columns.reasonsAt(1)).toEqual([]);
    expect(columns.reasonsAt(2)).toEqual(['sent 2 ms late']);
    expect(columns.reasonsAt(MAX_REASONS + 1)).toEqual([`sent ${MAX_REASONS + 1} ms late`]);
    expect(columns.limitedStretches()).toEqual([{ from: 0, to: MAX_REASONS + 2 }]);
    // Told once more, as valid: nothing is left of it, and no other is lost.
    put(MAX_REASONS, true);
    expect(columns.reasonsAt(MAX_REASONS)).toEqual([]);
    expect(columns.reasonsAt(2)).toEqual(['sent 2 ms late']);
  });

  it('takes reasons from the store, as many as it keeps of a run that is on', () => {
    const columns = new RunColumns();
    const late = (second: number) => [`sent ${second} ms late`];
    const put = (second: number) => columns.putSecond(secondFixture(second, { valid: false, reasons: late(second) }));
    // Who comes late hears of the newest second first.
    put(400);
    const valid = Array.from({ length: 400 }, () => false);
    const reasons = valid.map((_, second): [number, string[]] => [second, late(second)]);
    columns.putCourse({ ...courseFixture(400), valid, reasons });
    expect(columns.reasonsAt(400)).toEqual(late(400));
    expect(columns.reasonsAt(401 - MAX_REASONS)).toEqual(late(401 - MAX_REASONS));
    expect(columns.reasonsAt(400 - MAX_REASONS)).toEqual([]);
    put(401);
    expect(columns.reasonsAt(401)).toEqual(late(401));
    expect(columns.reasonsAt(401 - MAX_REASONS)).toEqual([]);
  });

  it('draws the last minute, and the outline of all, by the highest of each stretch', () => {
    const columns = new RunColumns();
    for (let second = 0; second < 10; second++)
      columns.putSecond(secondFixture(second, { requests: second === 4 ? 100 : second }));
    expect(columns.lastValues('requests', 3)).toEqual([7, 8, 9]);
    expect(columns.outline('requests', 5)).toEqual([1, 3, 100, 7, 9]);
  });
});
