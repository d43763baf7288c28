import type { NodeType, Step } from '../../shared/scenario/schema';
import type { Random } from './random';
import type { WaitPolicy } from './schedule/wait-policy';
import type { NodeTypeProgram } from './template/program';
import type { CompiledRequest, Exchange } from './transport/transport';

/** A step, ready to be carried out by any node of its type. `series`: index in `listSeries(scenario)`. */
export type CompiledStep<E extends Exchange> =
  | { kind: 'request'; request: CompiledRequest<E>; series: number }
  | { kind: 'pause'; minUs: number; maxUs: number };

/** A task, ready to be carried out. */
export interface CompiledTask<E extends Exchange> {
  /** Task name, `onStart` or `onStop`. */
  name: string;
  /** Index in `listTasks(scenario)`; -1 for onStart and onStop. */
  id: number;
  steps: CompiledStep<E>[];
}

/** A node type compiled once; its nodes share it. */
export class NodeTypeEngine<E extends Exchange> {
  readonly onStart: CompiledTask<E>;
  readonly onStop: CompiledTask<E>;
  private readonly tasks: CompiledTask<E>[];
  /** Upper ends of the tasks' shares of [0, 1). */
  private readonly shares: number[];
  /** For each of as many equal parts of [0, 1) as there are tasks: a task that is not behind any that is drawn in it. */
  private readonly firstInPart: number[];

  constructor(
    readonly index: number,
    readonly nodeType: NodeType,
    readonly program: NodeTypeProgram,
    readonly wait: WaitPolicy,
    firstTaskId: number,
    compileStep: (step: Step) => CompiledStep<E>,
  ) {
    const compile = (name: string, id: number, steps: Step[]) => ({ name, id, steps: steps.map(compileStep) });
    this.onStart = compile('onStart', -1, nodeType.onStart);
    this.tasks = nodeType.tasks.map((task, index) => compile(task.name, firstTaskId + index, task.steps));
    this.onStop = compile('onStop', -1, nodeType.onStop);
    const total = nodeType.tasks.reduce((sum, task) => sum + task.weight, 0);
    let end = 0;
    this.shares = nodeType.tasks.map((task) => {
      end += task.weight / total;
      return end;
    });
    this.firstInPart = this.shares.map((_, part) => {
      // One part lower, because the part of a number is rounded.
      const from = (part - 1) / this.shares.length;
      return Math.max(
        0,
        this.shares.findIndex((share) => share > from),
      );
    });
  }

  /** false: its nodes only start and stop. */
  get hasTasks(): boolean {
    return this.tasks.length > 0;
  }

  /** A task drawn with probability weight / sum of weights, as fast from a thousand as from two (Chen and Asau, "On generating random variates from an empirical distribution", 1974). */
  drawTask(random: Random): CompiledTask<E> {
    const last = this.tasks.length - 1;
    // Nothing to draw, and no need to fetch the node's random numbers from memory.
    if (last === 0) return this.tasks[0] as CompiledTask<E>;
    const drawn = random.float();
    let index = this.firstInPart[Math.floor(drawn * this.shares.length)] ?? 0;
    while (index < last && drawn >= (this.shares[index] as number)) index++;
    const task = this.tasks[index];
    if (!task) throw new Error(`node type ${this.nodeType.name} has no tasks to draw from`);
    return task;
  }
}
