import { ApiError } from '../../shared/api/reply';
import { FleetComposition } from '../../shared/scenario/fleet';
import { peakNodes, planLoad } from '../../shared/scenario/load';
import { listFiles } from '../../shared/scenario/references';
import type { NodeType, RequestStep, Scenario, Step } from '../../shared/scenario/schema';
import { errorMessage } from '../../shared/text/error-text';
import type { Materials } from '../runs/preparation';
import { CsvSharing } from '../swarm/template/csv-places';
import { NodeTypeProgram } from '../swarm/template/program';
import type { Scope } from '../swarm/template/scope';
import type { HttpExchange } from '../swarm/transport/http/http-exchange';
import { compileHttpRequest } from '../swarm/transport/http/http-request';
import { SecretMask } from '../swarm/transport/http/secret-mask';
import type { CompiledRequest } from '../swarm/transport/transport';

/** A request step of a node type with what the engine makes of it. */
export interface DryStep {
  step: RequestStep;
  request: CompiledRequest<HttpExchange>;
}

/**
 * One node type of a scenario, compiled as a shard compiles it (all of its steps, in the document's order), so that a node draws the same
 * values from the same seed.
 */
export class DryNodeType {
  readonly program: NodeTypeProgram;
  readonly mask: SecretMask;
  private readonly compiled = new Map<Step, DryStep>();

  /** Throws an `ApiError` with one sentence when a step cannot be carried out. */
  constructor(scenario: Scenario, nodeType: NodeType, materials: Materials, seed: number) {
    const { csv, secrets } = materials;
    this.mask = new SecretMask(Object.values(secrets));
    try {
      const fleetSize = peakNodes(planLoad(scenario.load).segments);
      const sharing = new CsvSharing(new FleetComposition(scenario.nodeTypes), fleetSize);
      // Types that share a file share its rows, so the others count too.
      scenario.nodeTypes.forEach((type, index) => {
        for (const file of listFiles({ ...scenario, nodeTypes: [type] }).csv.keys()) sharing.placesFor(file, index);
      });
      const csvPlaces = (file: string) => sharing.placesFor(file, scenario.nodeTypes.indexOf(nodeType));
      this.program = new NodeTypeProgram(nodeType, { seed, csv, secrets, fleetSize, csvPlaces });
      for (const step of [...nodeType.onStart, ...nodeType.tasks.flatMap(({ steps }) => steps), ...nodeType.onStop]) {
        if (!step.request) continue;
        const context = { target: scenario.target, program: this.program, mask: this.mask, buffers: null };
        this.compiled.set(step, { step: step.request, request: compileHttpRequest(step.request, context) });
      }
    } catch (error) {
      throw new ApiError('refused', errorMessage(error));
    }
  }

  /** null for a pause. */
  stepOf(step: Step): DryStep | null {
    return this.compiled.get(step) ?? null;
  }

  createScope(node: number): Scope {
    return this.program.createScope(node);
  }
}
