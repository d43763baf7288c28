import type { Scalar } from '../../../shared/scenario/schema';
import { NO_TIME } from '../clock';
import { Random } from '../random';
import type { Draw } from './generators/compiled-generator';
import { TaskException } from './task-exception';

/** What all nodes of a type share about their variables; slot = index. */
export interface ScopeLayout {
  readonly seed: number;
  readonly names: readonly string[];
  /** Draws the variable's values; null for one that only an extraction fills. */
  readonly draws: readonly (Draw | null)[];
  /** Whether a drawn value is kept (refresh `node` and `task`) or not (`use`). */
  readonly kept: readonly boolean[];
  /** Slots with refresh `task`. */
  readonly taskSlots: readonly number[];
  /** Numbers that generators keep for a node. */
  readonly stateCount: number;
}

const NO_VALUES: (Scalar | undefined)[] = [];
const NO_STATE: number[] = [];

/**
 * One node's variables and the state of its generators. Values are drawn when they are first used, in the order of use, from the
 * node's own random stream: the same seed gives the same node the same values, on whatever shard it is.
 */
export class Scope {
  /** The node's number in the fleet, from 0. */
  readonly node: number;
  readonly random: Random;
  /** Numbers of generators (turns, levels); NaN until first used. */
  readonly state: number[];
  /** The run's clock at which signals (sine, battery) are evaluated, us. */
  signalTimeUs = NO_TIME;
  /** `signalTimeUs` of the node's first task, us; `NO_TIME` before. */
  bornUs = NO_TIME;
  private readonly layout: ScopeLayout;
  private readonly values: (Scalar | undefined)[];

  constructor(layout: ScopeLayout, node: number) {
    this.layout = layout;
    this.node = node;
    this.random = new Random(layout.seed, node, 'values');
    this.values = layout.names.length === 0 ? NO_VALUES : new Array<Scalar | undefined>(layout.names.length).fill(undefined);
    this.state = layout.stateCount === 0 ? NO_STATE : new Array<number>(layout.stateCount).fill(Number.NaN);
  }

  /**
   * A new task (or onStart, onStop) begins: variables with refresh `task` will be drawn anew. `signalTimeUs`: the time of the run's clock
   * that sine and battery are evaluated at; the first call is the node's birth, from which its battery drains.
   */
  beginTask(signalTimeUs: number): void {
    this.signalTimeUs = signalTimeUs;
    if (this.bornUs === NO_TIME) this.bornUs = signalTimeUs;
    const { taskSlots } = this.layout;
    for (let index = 0; index < taskSlots.length; index++) this.values[taskSlots[index] as number] = undefined;
  }

  /**
   * Puts an extracted value into a variable. It takes the place of what the variable's generator draws: until the next task with refresh
   * `task`, else for good.
   */
  set(slot: number, value: Scalar): void {
    this.values[slot] = value;
  }

  /** The value of a variable. Throws `TaskException` when nothing was extracted into it yet or its generator has no value left. */
  get(slot: number): Scalar {
    const value = this.values[slot];
    return value === undefined ? this.draw(slot) : value;
  }

  private draw(slot: number): Scalar {
    const draw = this.layout.draws[slot];
    if (!draw) {
      throw new TaskException(`the variable "${this.layout.names[slot]}" has no value: nothing was extracted into it yet`);
    }
    const value = draw(this);
    if (this.layout.kept[slot]) this.values[slot] = value;
    return value;
  }
}
