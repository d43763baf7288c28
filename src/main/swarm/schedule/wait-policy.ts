import type { Wait } from '../../../shared/scenario/schema';
import type { Random } from '../random';
import { between } from './waits/between';
import { constant } from './waits/constant';
import { exponential } from './waits/exponential';
import { pacing, throughput } from './waits/pacing';

/** A node's place in its schedule. All times us of the run's clock. */
export interface WaitState {
  readonly random: Random;
  /** When the plan spawned the node. */
  spawnUs: number;
  /** Time of the grid's slot 0; for waits with a grid. */
  gridOriginUs: number;
  /** The slot whose task runs now. */
  slot: number;
  /** Slots that passed unused since this was last read and set to zero. */
  missedSlots: number;
}

/** When a node's tasks start. One object serves all nodes of a type. */
export interface WaitPolicy {
  /** The intended start of the first task; `freeUs` is when `onStart` ended. */
  first(state: WaitState, freeUs: number): number;
  /** The intended start of the next task, after one that ended at `freeUs`. In the past when the node has to catch up. */
  next(state: WaitState, freeUs: number): number;
  /** Slots that passed up to `stopUs` while the node's last task was running and that nobody will use any more. */
  missedAtStop(state: WaitState, stopUs: number): number;
  /** The time that signals are evaluated at: the slot of a grid, otherwise the intended start. */
  signalTimeUs(state: WaitState, intendedUs: number): number;
}

/** What a policy needs to know of the run. */
export interface WaitContext {
  /** Wall clock at the run's time zero, epoch us: for `align: "clock"`. */
  wallClockAtStartUs: number;
}

/** Makes the policy of one kind of wait. A new wait is a file in `waits/`, its schema, and a line here. */
type WaitFactories = { [Kind in Wait['kind']]: (wait: Extract<Wait, { kind: Kind }>, context: WaitContext) => WaitPolicy };

const FACTORIES: WaitFactories = { constant, between, exponential, pacing, throughput };

/** The policy of a wait. */
export function createWaitPolicy(wait: Wait, context: WaitContext): WaitPolicy {
  const factory = FACTORIES[wait.kind] as (wait: Wait, context: WaitContext) => WaitPolicy;
  return factory(wait, context);
}
