import type { Wait } from '../../../../shared/scenario/schema';
import { isObject, type JsonObject } from './document-value';

/** A kind of wait as the menu shows it. */
export const WAIT_CHOICES: readonly { value: Wait['kind']; label: string; description: string }[] = [
  { value: 'pacing', label: 'Pacing', description: 'Tasks start at a fixed interval, however long they take.' },
  { value: 'throughput', label: 'Throughput', description: 'A fixed number of tasks a second, for each node.' },
  { value: 'constant', label: 'Constant', description: 'The same time after each task.' },
  { value: 'between', label: 'Random', description: 'A random time after each task, between two bounds.' },
  { value: 'exponential', label: 'Exponential', description: 'A random time after each task, exponentially distributed.' },
];

const FALLBACK_SECONDS = 5;

/** A wait of another kind that keeps the length of the one before: seconds stay seconds, a rate becomes the time between. */
export function waitOfKind(kind: Wait['kind'], before: unknown): JsonObject {
  const seconds = secondsOf(before);
  const grid = gridOf(before);
  switch (kind) {
    case 'constant':
      return { kind, seconds };
    case 'between':
      return { kind, minSeconds: round(seconds / 2), maxSeconds: round(seconds * 1.5) };
    case 'exponential':
      return { kind, meanSeconds: seconds };
    case 'pacing':
      return { kind, seconds: seconds || FALLBACK_SECONDS, ...grid };
    case 'throughput':
      return { kind, perSecond: round(1 / (seconds || FALLBACK_SECONDS)), ...grid };
  }
}

/** The typical length of a wait in seconds. */
function secondsOf(wait: unknown): number {
  if (!isObject(wait)) return FALLBACK_SECONDS;
  const { seconds, minSeconds, maxSeconds, meanSeconds, perSecond } = wait;
  if (typeof seconds === 'number') return seconds;
  if (typeof meanSeconds === 'number') return meanSeconds;
  if (typeof perSecond === 'number' && perSecond > 0) return round(1 / perSecond);
  if (typeof minSeconds === 'number' && typeof maxSeconds === 'number') return round((minSeconds + maxSeconds) / 2);
  return FALLBACK_SECONDS;
}

/** What pacing and throughput have in common. */
function gridOf(wait: unknown): JsonObject {
  if (!isObject(wait)) return {};
  const keys = ['onOverrun', 'jitterSeconds', 'align'].filter((key) => wait[key] !== undefined);
  return Object.fromEntries(keys.map((key) => [key, wait[key]]));
}

function round(value: number): number {
  return Number(value.toPrecision(6));
}
