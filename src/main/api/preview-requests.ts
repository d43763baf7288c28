import { ApiError } from '../../shared/api/reply';
import type { RenderedRequest } from '../../shared/api/types';
import { fleetChanges, peakNodes, planLoad } from '../../shared/scenario/load';
import type { Scenario, Step } from '../../shared/scenario/schema';
import type { FileAccess } from '../runs/file-access';
import { gatherMaterials } from '../runs/preparation';
import type { Scope } from '../swarm/template/scope';
import { TaskException } from '../swarm/template/task-exception';
import { HttpExchange } from '../swarm/transport/http/http-exchange';
import { urlOf } from '../swarm/transport/http/redirect';
import { DryNodeType, type DryStep } from './dry-node';
import { type StepsPlace, stepsAt } from './scenario-source';

export interface PreviewRequest {
  scenario: Scenario;
  access: FileAccess;
  place: StepsPlace;
  /** Index in the steps of the place. */
  step: number;
  /** Numbers in the fleet. */
  nodes: readonly number[];
  seed: number;
  secret: (name: string) => string | undefined;
}

/** Only a transport tells an exchange's owner anything. */
const NOBODY = { exchangeDone: () => {} };

/**
 * What nodes would send in a step, the first time they come to it: they draw what onStart and the steps before it draw, in the same
 * order, so that it is what a run with the same seed sends. Instead of values that only answers bring stands `<name>`. Secrets are
 * masked, whether they are set or not.
 */
export async function previewRequests(preview: PreviewRequest): Promise<RenderedRequest[]> {
  const { scenario, access, place, step: index, nodes, seed } = preview;
  const { nodeType, steps } = stepsAt(scenario, place);
  const shown = steps[index];
  if (!shown) throw new ApiError('not-found', `There is no step number ${index + 1} at that place.`);
  if (!shown.request) throw new ApiError('refused', `Step number ${index + 1} is a pause; it sends nothing.`);
  const materials = await gatherMaterials(scenario, access, (name) => preview.secret(name) ?? `unset secret ${name}`);
  const dry = new DryNodeType(scenario, nodeType, materials, seed);
  const before = place.task === 'onStart' ? [] : nodeType.onStart;
  return nodes.map((node) => {
    const scope = dry.createScope(node);
    const spawnUs = spawnTimeUs(scenario, node);
    scope.beginTask(spawnUs);
    for (const step of before) passOver(step, dry, scope);
    if (place.task !== 'onStart') scope.beginTask(spawnUs);
    for (const step of steps.slice(0, index)) passOver(step, dry, scope);
    return renderStep(dry.stepOf(shown), dry, scope);
  });
}

/** A request as people read it, after it was rendered into an exchange. */
export function renderedRequest(node: number, exchange: HttpExchange, step: DryStep, dry: DryNodeType): RenderedRequest {
  const { requestHead, requestBody } = step.request.describe(exchange);
  return {
    node,
    method: exchange.method,
    url: dry.mask.maskSecrets(urlOf(exchange)),
    head: requestHead,
    body: requestBody,
  };
}

/** Draws what the step draws, and takes it that its answer brings what is extracted from it. */
function passOver(step: Step, dry: DryNodeType, scope: Scope): void {
  const compiled = dry.stepOf(step);
  if (!compiled) return;
  try {
    compiled.request.prepare(new HttpExchange(NOBODY), scope);
  } catch (error) {
    if (!(error instanceof TaskException)) throw error;
  }
  for (const { variable } of compiled.step.extract) scope.set(dry.program.variableSlot(variable), `<${variable}>`);
}

function renderStep(step: DryStep | null, dry: DryNodeType, scope: Scope): RenderedRequest {
  if (!step) throw new Error('a step without a request was to be rendered');
  const exchange = new HttpExchange(NOBODY);
  try {
    step.request.prepare(exchange, scope);
  } catch (error) {
    if (!(error instanceof TaskException)) throw error;
    throw new ApiError('refused', `Node ${scope.node} could not send this: ${dry.mask.maskSecrets(error.message)}.`);
  }
  return renderedRequest(scope.node, exchange, step, dry);
}

/** When the plan spawns a node, us of the run's clock; 0 for one that it never spawns. */
function spawnTimeUs(scenario: Scenario, node: number): number {
  const { segments } = planLoad(scenario.load);
  if (node >= peakNodes(segments)) return 0;
  for (const segment of segments) {
    for (const change of fleetChanges(segment, 0, 1)) {
      if (change.spawn && change.node === node) return Math.round(change.atSeconds * 1e6);
    }
  }
  return 0;
}
