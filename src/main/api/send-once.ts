import { ApiError } from '../../shared/api/reply';
import type { SendOnceStep } from '../../shared/api/types';
import { planLoad } from '../../shared/scenario/load';
import type { NodeType, Scenario, Step } from '../../shared/scenario/schema';
import { errorMessage } from '../../shared/text/error-text';
import type { FileAccess } from '../runs/file-access';
import { gatherMaterials, type Materials } from '../runs/preparation';
import { RunClock } from '../swarm/clock';
import type { ShardPlan } from '../swarm/messages';
import { TimerWheel } from '../swarm/schedule/timer-wheel';
import type { Scope } from '../swarm/template/scope';
import { TaskException } from '../swarm/template/task-exception';
import { HttpExchange } from '../swarm/transport/http/http-exchange';
import { HttpTransport } from '../swarm/transport/http/http-transport';
import type { Channel } from '../swarm/transport/transport';
import { DryNodeType, type DryStep } from './dry-node';
import { expectationResults } from './expectation-results';
import { renderedRequest } from './preview-requests';
import { type StepsPlace, stepsAt } from './scenario-source';

export interface SendOnceRequest {
  scenario: Scenario;
  access: FileAccess;
  place: StepsPlace;
  secret: (name: string) => string | undefined;
  /** Hosts beyond the user's own network that may be sent to. */
  mayTest: string[];
}

/** Ends what is being sent, because the program ends. */
export type OnAbort = (abort: () => void) => void;

/** Node 0 and its surroundings, for a list of steps. */
interface Sender {
  dry: DryNodeType;
  scope: Scope;
  send(step: DryStep): Promise<HttpExchange>;
}

/**
 * Carries out a list of steps once, as node 0 would, with the engine's own transport in this process. Pauses are skipped. A task whose
 * node needs what onStart brings (extracted values, cookies) has onStart carried out before it, unseen. A step that cannot be
 * carried out is the last one.
 */
export async function sendOnce(request: SendOnceRequest, onAbort: OnAbort): Promise<SendOnceStep[]> {
  const { scenario, access, place, secret, mayTest } = request;
  const { nodeType, steps } = stepsAt(scenario, place);
  const materials = await gatherMaterials(scenario, access, secret);
  const dry = new DryNodeType(scenario, nodeType, materials, 0);
  const clock = new RunClock();
  const wheel = new TimerWheel(clock);
  const transport = openTransport(scenario, { ...materials, mayTest }, clock, wheel);
  wheel.start();
  const channel = transport.openChannel(0);
  const scope = dry.createScope(0);
  const sender: Sender = { dry, scope, send: (step) => exchangeOf(step, scope, channel, onAbort) };
  try {
    scope.beginTask(0);
    if (place.task !== 'onStart' && needsOnStart(scenario, nodeType)) await carryOutUnseen(nodeType.onStart, sender);
    if (place.task !== 'onStart') scope.beginTask(clock.nowUs());
    return await carryOut(steps, sender);
  } finally {
    channel.close();
    transport.destroy();
    wheel.stop();
  }
}

function openTransport(
  scenario: Scenario,
  given: Materials & { mayTest: string[] },
  clock: RunClock,
  wheel: TimerWheel,
): HttpTransport {
  const { segments } = planLoad(scenario.load);
  const plan: ShardPlan = {
    scenario,
    seed: 0,
    shard: 0,
    shardCount: 1,
    load: segments,
    durationSeconds: null,
    stopTimeoutSeconds: 0,
    maxRequestsPerSecond: null,
    ...given,
  };
  try {
    return new HttpTransport(plan, clock, wheel);
  } catch (error) {
    throw new ApiError('refused', errorMessage(error));
  }
}

function needsOnStart({ target }: Scenario, { onStart }: NodeType): boolean {
  return target.cookies || onStart.some(({ request }) => request && request.extract.length > 0);
}

async function carryOutUnseen(steps: readonly Step[], sender: Sender): Promise<void> {
  const done = await carryOut(steps, sender);
  const trouble = done.find(({ error, exception }) => error ?? exception);
  if (!trouble) return;
  const why = trouble.exception ?? `${trouble.error?.name}: ${trouble.error?.detail}`;
  throw new ApiError('refused', `Before this task a node runs onStart, whose step number ${trouble.step + 1} failed: ${why}`);
}

async function carryOut(steps: readonly Step[], sender: Sender): Promise<SendOnceStep[]> {
  const done: SendOnceStep[] = [];
  for (const [index, step] of steps.entries()) {
    const compiled = sender.dry.stepOf(step);
    done.push(compiled ? await carryOutStep(index, compiled, sender) : nothingSent(index));
    if (done.at(-1)?.exception) break;
  }
  return done;
}

async function carryOutStep(index: number, step: DryStep, { dry, scope, send }: Sender): Promise<SendOnceStep> {
  let exchange: HttpExchange;
  try {
    exchange = await send(step);
  } catch (error) {
    return { ...nothingSent(index), exception: exceptionText(error, dry) };
  }
  const expectations = expectationResults(step.step.expect, exchange, dry.mask);
  step.request.judge(exchange);
  const result: SendOnceStep = {
    step: index,
    request: renderedRequest(0, exchange, step, dry),
    response: responseOf(exchange, step),
    error: exchange.error === null ? null : { name: exchange.error, detail: dry.mask.maskSecrets(exchange.errorDetail) },
    exception: null,
    timing: timingOf(exchange),
    extracted: [],
    expectations,
  };
  if (exchange.error !== null) return result;
  try {
    step.request.extract(exchange, scope);
  } catch (error) {
    return { ...result, exception: exceptionText(error, dry) };
  }
  for (const { variable } of step.step.extract) {
    const value = scope.get(dry.program.variableSlot(variable));
    result.extracted.push({ variable, value: typeof value === 'string' ? dry.mask.maskSecrets(value) : value });
  }
  return result;
}

function nothingSent(step: number): SendOnceStep {
  return {
    step,
    request: null,
    response: null,
    error: null,
    exception: null,
    timing: null,
    extracted: [],
    expectations: [],
  };
}

/** Sends one request. Rejects with `TaskException` when it cannot be rendered, with an `ApiError` when the program ends. */
function exchangeOf(step: DryStep, scope: Scope, channel: Channel<HttpExchange>, onAbort: OnAbort): Promise<HttpExchange> {
  return new Promise((resolve, reject) => {
    const exchange = new HttpExchange({ exchangeDone: () => resolve(exchange) });
    step.request.prepare(exchange, scope);
    // All of the answer is to be seen, whatever its status.
    exchange.capture = true;
    exchange.expectsStatus = () => false;
    onAbort(() => {
      channel.abort();
      reject(new ApiError('unavailable', 'Nodeswarm is closing; the request was canceled.'));
    });
    channel.send(exchange);
  });
}

function exceptionText(error: unknown, dry: DryNodeType): string {
  if (!(error instanceof TaskException)) throw error;
  return dry.mask.maskSecrets(error.message);
}

function responseOf(exchange: HttpExchange, step: DryStep): SendOnceStep['response'] {
  const { status, responseHead, responseBody } = step.request.describe(exchange);
  return status === null ? null : { status, head: responseHead, body: responseBody, bodyBytes: exchange.bodyBytes };
}

/** The parts add up to the total. After redirects, `firstByteMs` holds all answers but the last one's body. */
function timingOf({ sentUs, connectUs, tlsUs, firstByteUs, doneUs }: HttpExchange): NonNullable<SendOnceStep['timing']> {
  const connected = Math.max(0, connectUs);
  const answered = firstByteUs >= 0;
  return {
    connectMs: connectUs < 0 ? null : (connectUs - Math.max(0, tlsUs)) / 1000,
    tlsMs: tlsUs < 0 ? null : tlsUs / 1000,
    firstByteMs: answered ? (firstByteUs - sentUs - connected) / 1000 : null,
    bodyMs: answered ? (doneUs - firstByteUs) / 1000 : null,
    totalMs: (doneUs - sentUs) / 1000,
  };
}
