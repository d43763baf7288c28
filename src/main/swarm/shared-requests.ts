import type { RequestStep } from '../../shared/scenario/schema';
import type { NodeTypeProgram } from './template/program';
import type { CompiledRequest, Exchange } from './transport/transport';

/**
 * The requests of one node type, compiled: steps that say the same but for their name in the statistics share one, and with it its buffers. A
 * thousand that are drawn in turn would each wait for memory that no cache holds.
 */
export class SharedRequests<E extends Exchange> {
  private readonly byContent = new Map<string, CompiledRequest<E>>();

  /** `compile`: is given steps without their name. */
  constructor(
    private readonly program: NodeTypeProgram,
    private readonly compile: (step: RequestStep) => CompiledRequest<E>,
  ) {}

  /** Throws what `compile` does. */
  compiled({ name: _name, ...content }: RequestStep): CompiledRequest<E> {
    const key = JSON.stringify(content);
    const shared = this.byContent.get(key);
    if (shared) return shared;
    const { stateCount } = this.program;
    const request = this.compile(content);
    // A generator with a state, such as a counter, counts the requests of its own step.
    if (this.program.stateCount === stateCount) this.byContent.set(key, request);
    return request;
  }
}
