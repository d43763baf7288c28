import type { Wait } from '../../../../shared/scenario/schema';
import type { WaitPolicy } from '../wait-policy';
import { afterTask } from './after-task';

/** Uniform between two bounds after the task ends. */
export function between(wait: Extract<Wait, { kind: 'between' }>): WaitPolicy {
  const minUs = wait.minSeconds * 1e6;
  const spanUs = wait.maxSeconds * 1e6 - minUs;
  return afterTask((state) => minUs + state.random.float() * spanUs);
}
