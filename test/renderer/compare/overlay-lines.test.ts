import { describe, expect, it } from 'vitest';
import {
  haveRequests,
  type OverlaidRun,
  overlayBackdrop,
  overlayEnd,
  overlayLines,
} from '../../../src/renderer/features/compare/overlay-lines';
import type { RunCourse } from '../../../src/shared/api/types';
import type { Phase } from '../../../src/shared/stats/frame';

function course(phases: Phase[], change: Partial<RunCourse> = {}): RunCourse {
  const numbers = phases.map((_, second) => second);
  const none = phases.map(() => null);
  return {
    second: numbers,
    lengthSeconds: phases.map(() => 1),
    phase: phases,
    nodes: numbers,
    plannedNodes: numbers,
    valid: phases.map(() => true),
    scheduleLagP99Ms: none,
    reasons: [],
    requests: numbers,
    failures: phases.map(() => 0),
    p50: none,
    p90: none,
    p95: none,
    p99: none,
    max: none,
    ...change,
  };
}

const a: OverlaidRun = {
  id: 12,
  place: 0,
  series: null,
  course: course(['ramp', 'steady', 'steady', 'cooldown'], { p95: [1, null, 3, 4] }),
};
const b: OverlaidRun = {
  id: 14,
  place: 1,
  series: null,
  course: course(['ramp', 'ramp', 'steady', 'steady', 'steady', 'cooldown'], { valid: [true, true, true, true, false, true] }),
};

describe('runs one over the other', () => {
  it('have a line each with letter and colour; percentiles are never averaged', () => {
    const [lineA, lineB] = overlayLines([a, b], 'p95');
    expect(lineA).toMatchObject({ id: '12', label: 'A run 12', combine: 'highest' });
    expect(lineB).toMatchObject({ id: '14', label: 'B run 14', color: 'var(--accent)' });
    expect([...Array.from(lineA?.column().values ?? [])]).toEqual([1, Number.NaN, 3, 4]);
    expect(overlayLines([a], 'requests')[0]?.combine).toBe('mean');
  });

  it('have no rate in the part of a second that a run ends with', () => {
    const partial = { ...a, course: { ...a.course, lengthSeconds: [1, 1, 1, 0.2], requests: [5, 6, 7, 1] } };
    const values = (measure: 'requests' | 'p95') => Array.from(overlayLines([partial], measure)[0]?.column().values ?? []);
    expect(values('requests')).toEqual([5, 6, 7, Number.NaN]);
    expect(values('p95')).toEqual([1, Number.NaN, 3, 4]);
  });

  it('have requests where any of them has', () => {
    const idle = { ...a, course: { ...a.course, requests: [0, 0, 3, 0] } };
    expect(haveRequests([idle, b], { from: 0, to: 6 })).toBe(true);
    expect(haveRequests([idle], { from: 0, to: 2 })).toBe(false);
    expect(haveRequests([idle], { from: 2.4, to: 2.6 })).toBe(true);
    expect(haveRequests([idle], { from: 3, to: 6 })).toBe(false);
  });

  it('end with the longest run', () => {
    expect(overlayEnd([a, b])).toBe(6);
    expect(overlayEnd([])).toBe(1);
  });

  it('are shaded where any of them is not steady or not valid', () => {
    expect(overlayBackdrop([a, b])).toEqual({
      shaded: [
        { from: 0, to: 2 },
        { from: 3, to: 4 },
        { from: 5, to: 6 },
      ],
      limited: [{ from: 4, to: 5 }],
      marks: [],
    });
  });
});
