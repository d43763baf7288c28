import type { WaitPolicy, WaitState } from '../wait-policy';

/** A wait that counts from the end of a task: nothing can be missed, and the first task starts at once. */
export function afterTask(drawUs: (state: WaitState) => number): WaitPolicy {
  return {
    first: (_state, freeUs) => freeUs,
    next: (state, freeUs) => freeUs + Math.round(drawUs(state)),
    missedAtStop: () => 0,
    signalTimeUs: (_state, intendedUs) => intendedUs,
  };
}
