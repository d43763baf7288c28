import type { Wait } from '../../../../shared/scenario/schema';
import type { WaitPolicy } from '../wait-policy';
import { afterTask } from './after-task';

/** `seconds` after the task ends. */
export function constant(wait: Extract<Wait, { kind: 'constant' }>): WaitPolicy {
  const waitUs = wait.seconds * 1e6;
  return afterTask(() => waitUs);
}
