import type { SecondView } from '../../shared/api/types';

/** The seconds of the run that is on, as charts draw them. Outside React: a second a second would make it render for nothing. */
export interface RunCourseBuffer {
  /** null: no run yet. */
  readonly runId: number | null;
  readonly length: number;
  /** 0 is the oldest that is kept. */
  at(index: number): SecondView | undefined;
  last(): SecondView | undefined;
  /** Oldest first. */
  toArray(): SecondView[];
  /** Takes a second in. One of another run empties the buffer first; one that is there already is replaced. */
  push(runId: number, second: SecondView): void;
  clear(): void;
  /** Tells of changes, at most once in an animation frame. Returns what ends it. */
  subscribe(listener: () => void): () => void;
}

/** The last hour; what is older is read from the store. */
const CAPACITY = 3_600;

export function createRunCourse(
  capacity: number = CAPACITY,
  nextFrame: (callback: () => void) => void = (callback) => requestAnimationFrame(callback),
): RunCourseBuffer {
  let ring: SecondView[] = [];
  let start = 0;
  let runId: number | null = null;
  let scheduled = false;
  const listeners = new Set<() => void>();

  function changed(): void {
    if (scheduled) return;
    scheduled = true;
    nextFrame(() => {
      scheduled = false;
      for (const listener of [...listeners]) listener();
    });
  }

  function at(index: number): SecondView | undefined {
    return index < 0 || index >= ring.length ? undefined : ring[(start + index) % ring.length];
  }

  return {
    get runId() {
      return runId;
    },
    get length() {
      return ring.length;
    },
    at,
    last: () => at(ring.length - 1),
    toArray: () => [...ring.slice(start), ...ring.slice(0, start)],
    push(id, second) {
      if (id !== runId) {
        ring = [];
        start = 0;
        runId = id;
      }
      const last = at(ring.length - 1);
      if (last && second.second < last.second) return;
      if (last && second.second === last.second) ring[(start + ring.length - 1) % ring.length] = second;
      else if (ring.length < capacity) ring.push(second);
      else {
        ring[start] = second;
        start = (start + 1) % capacity;
      }
      changed();
    },
    clear() {
      ring = [];
      start = 0;
      runId = null;
      changed();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** The one of the app. */
export const runCourse: RunCourseBuffer = createRunCourse();
