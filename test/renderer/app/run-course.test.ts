import { expect, it, vi } from 'vitest';
import { createRunCourse } from '../../../src/renderer/app/run-course';
import type { SecondView } from '../../../src/shared/api/types';

function second(index: number, nodes = 1): SecondView {
  const total = { requests: 0, failures: 0, p50: null, p90: null, p95: null, p99: null, max: null };
  return {
    second: index,
    lengthSeconds: 1,
    phase: 'steady',
    nodes,
    plannedNodes: nodes,
    valid: true,
    reasons: [],
    scheduleLagP99Ms: null,
    eventLoopUtilization: 0,
    total,
    series: [],
    heat: [],
  };
}

const numbers = (course: ReturnType<typeof createRunCourse>) => course.toArray().map((view) => view.second);

it('keeps the newest seconds in order, however many come', () => {
  const course = createRunCourse(4, () => {});
  for (let index = 0; index < 11; index++) course.push(1, second(index));
  expect(numbers(course)).toEqual([7, 8, 9, 10]);
  expect(course.at(0)?.second).toBe(7);
  expect(course.last()?.second).toBe(10);
  expect(course.at(4)).toBeUndefined();
  expect(course.at(-1)).toBeUndefined();
});

it('replaces the newest second, also when the ring is full, and leaves out older ones', () => {
  const course = createRunCourse(3, () => {});
  for (let index = 0; index < 5; index++) course.push(1, second(index));
  course.push(1, second(4, 9));
  course.push(1, second(2, 9));
  expect(numbers(course)).toEqual([2, 3, 4]);
  expect(course.last()?.nodes).toBe(9);
  expect(course.at(0)?.nodes).toBe(1);
});

it('begins anew with another run', () => {
  const course = createRunCourse(3, () => {});
  for (let index = 0; index < 5; index++) course.push(1, second(index));
  course.push(2, second(0));
  expect(course.runId).toBe(2);
  expect(numbers(course)).toEqual([0]);
  course.clear();
  expect(course.runId).toBeNull();
  expect(course.length).toBe(0);
});

it('tells of changes once a frame', () => {
  const frames: (() => void)[] = [];
  const course = createRunCourse(10, (callback) => frames.push(callback));
  const listener = vi.fn();
  const end = course.subscribe(listener);
  course.push(1, second(0));
  course.push(1, second(1));
  expect(frames).toHaveLength(1);
  frames.shift()?.();
  expect(listener).toHaveBeenCalledTimes(1);
  course.push(1, second(2));
  end();
  frames.shift()?.();
  expect(listener).toHaveBeenCalledTimes(1);
});
