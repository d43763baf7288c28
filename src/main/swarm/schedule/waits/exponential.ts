import type { Wait } from '../../../../shared/scenario/schema';
import type { WaitPolicy } from '../wait-policy';
import { afterTask } from './after-task';

/** Exponentially distributed after the task ends: arrivals without memory. */
export function exponential(wait: Extract<Wait, { kind: 'exponential' }>): WaitPolicy {
  const meanUs = wait.meanSeconds * 1e6;
  return afterTask((state) => state.random.exponential(meanUs));
}
