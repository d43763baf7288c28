import { generatorProblems } from '../placeholder-generator';
import { type DocumentPath, type ProblemReport, quote } from '../problem';
import type { NodeType, PauseStep, Step, Wait } from '../schema';
import { nodeTypeSteps } from '../templated-text';
import { checkShownName, checkUnique, checkVariableName } from './name-rules';
import { checkRequest } from './request-rules';

/** A node type but for its templates. */
export function checkNodeType(nodeType: NodeType, index: number, report: ProblemReport): void {
  const path = ['nodeTypes', index];
  checkShownName(nodeType.name, [...path, 'name'], report);
  checkVariables(nodeType, path, report);
  checkWait(nodeType.wait, [...path, 'wait'], report);
  checkTasks(nodeType, path, report);
  for (const { step, path: place } of nodeTypeSteps(nodeType, index)) checkStep(step, place, report);
}

function checkVariables({ variables }: NodeType, path: DocumentPath, report: ProblemReport): void {
  const names = variables.map(({ name }) => name);
  checkUnique(names, [...path, 'variables'], 'variable', report);
  for (const [index, { name, generator }] of variables.entries()) {
    const place = [...path, 'variables', index];
    checkVariableName(name, [...place, 'name'], report);
    for (const { field, message, expected } of generatorProblems(generator)) {
      report.error([...place, 'generator', field], message, expected);
    }
  }
}

function checkWait(wait: Wait, path: DocumentPath, report: ProblemReport): void {
  if (wait.kind === 'between') checkRange(wait, path, report);
  if (wait.kind !== 'pacing' && wait.kind !== 'throughput') return;
  const seconds = wait.kind === 'pacing' ? wait.seconds : 1 / wait.perSecond;
  if (wait.jitterSeconds > seconds) {
    const message = `a jitter of ${wait.jitterSeconds} s is longer than the ${Number(seconds.toPrecision(3))} s from slot to slot`;
    report.warn([...path, 'jitterSeconds'], message, 'a jitter below the distance of the slots, or tasks run into the next slot');
  }
}

function checkTasks(nodeType: NodeType, path: DocumentPath, report: ProblemReport): void {
  const { tasks, onStart, onStop, wait } = nodeType;
  if (tasks.length + onStart.length + onStop.length === 0) {
    report.error(path, `${quote(nodeType.name)} has nothing to do`, 'at least one task, or a step on start or on stop');
  }
  const names = tasks.map(({ name }) => name);
  checkUnique(names, [...path, 'tasks'], 'task', report);
  for (const [index, { name, steps }] of tasks.entries()) {
    checkShownName(name, [...path, 'tasks', index, 'name'], report);
    const place = [...path, 'tasks', index, 'steps'];
    if (canBeInstant(wait) && !steps.some(takesTime)) {
      const message = `the task ${quote(name)} takes no time, and neither does the wait: a node would do nothing else, forever`;
      report.error(place, message, 'a request or a pause in the task, or a longer wait');
    } else if (steps.length === 0) {
      report.warn(place, `the task ${quote(name)} does nothing`, 'at least one step');
    }
  }
}

function canBeInstant(wait: Wait): boolean {
  switch (wait.kind) {
    case 'constant':
      return wait.seconds === 0;
    case 'between':
      return wait.maxSeconds === 0;
    case 'exponential':
      return wait.meanSeconds === 0;
    default:
      return false;
  }
}

function takesTime({ request, pause }: Step): boolean {
  return request !== undefined || (pause?.seconds ?? pause?.maxSeconds ?? 0) > 0;
}

/** A step but for its templates. */
export function checkStep({ request, pause }: Step, path: DocumentPath, report: ProblemReport): void {
  if ((request === undefined) === (pause === undefined)) {
    const message = request ? 'a step cannot be a request and a pause' : 'this step is neither a request nor a pause';
    report.error(path, message, 'exactly one of "request" and "pause"');
  }
  if (request) checkRequest(request, [...path, 'request'], report);
  if (pause) checkPause(pause, [...path, 'pause'], report);
}

function checkPause(pause: PauseStep, path: DocumentPath, report: ProblemReport): void {
  const { seconds, minSeconds, maxSeconds } = pause;
  const expected = 'either "seconds", or "minSeconds" and "maxSeconds"';
  const random = minSeconds !== undefined || maxSeconds !== undefined;
  if (seconds !== undefined && random) report.error(path, '"seconds" and a random pause cannot be together', expected);
  else if (seconds === undefined && !random) report.error(path, 'the length of the pause is missing', expected);
  else if (random && minSeconds === undefined)
    report.error([...path, 'minSeconds'], 'this is required with "maxSeconds"', expected);
  else if (random && maxSeconds === undefined)
    report.error([...path, 'maxSeconds'], 'this is required with "minSeconds"', expected);
  if (minSeconds !== undefined && maxSeconds !== undefined) checkRange({ minSeconds, maxSeconds }, path, report);
}

function checkRange(
  { minSeconds, maxSeconds }: { minSeconds: number; maxSeconds: number },
  path: DocumentPath,
  report: ProblemReport,
): void {
  if (minSeconds <= maxSeconds) return;
  const message = `minSeconds (${minSeconds}) is above maxSeconds (${maxSeconds})`;
  report.error([...path, 'maxSeconds'], message, `a maxSeconds of at least ${minSeconds}`);
}
