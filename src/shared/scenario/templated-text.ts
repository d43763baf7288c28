import type { DocumentPath } from './problem';
import type { NodeType, RequestStep, Scenario, Step, Target } from './schema';

/** A text of a scenario in which placeholders are filled in, with its place in the document. */
export interface TemplatedText {
  path: DocumentPath;
  text: string;
  /** What the text is part of: `path`, a header, a JSON body, or anything else. */
  role: 'path' | 'header' | 'json' | 'other';
}

/** A step with its place in the document. */
export interface PlacedStep {
  path: DocumentPath;
  step: Step;
}

/** The templated texts of the target: shared by all node types, so without variables. */
export function* targetTexts(target: Target): Generator<TemplatedText> {
  yield* entries(['target', 'headers'], target.headers, 'header');
  const { auth } = target;
  if (auth?.kind === 'basic') {
    yield { path: ['target', 'auth', 'username'], text: auth.username, role: 'other' };
    yield { path: ['target', 'auth', 'password'], text: auth.password, role: 'other' };
  } else if (auth?.kind === 'bearer') {
    yield { path: ['target', 'auth', 'token'], text: auth.token, role: 'header' };
  }
}

/** The templated texts of a request; `path` is the request's place. */
export function* requestTexts(request: RequestStep, path: DocumentPath): Generator<TemplatedText> {
  yield { path: [...path, 'path'], text: request.path, role: 'path' };
  yield* entries([...path, 'query'], request.query, 'other');
  yield* entries([...path, 'headers'], request.headers, 'header');
  const { body } = request;
  if (body?.kind === 'json') yield { path: [...path, 'body', 'text'], text: body.text, role: 'json' };
  else if (body?.kind === 'text') yield { path: [...path, 'body', 'text'], text: body.text, role: 'other' };
  else if (body?.kind === 'form') yield* entries([...path, 'body', 'fields'], body.fields, 'other');
}

/** All templated texts of a scenario, in document order. */
export function* scenarioTexts(scenario: Scenario): Generator<TemplatedText> {
  yield* targetTexts(scenario.target);
  for (const [index, nodeType] of scenario.nodeTypes.entries()) {
    for (const { step, path } of nodeTypeSteps(nodeType, index)) {
      if (step.request) yield* requestTexts(step.request, [...path, 'request']);
    }
  }
}

/** The steps of a node type in the order of a node's life: onStart, each task, onStop. */
export function* nodeTypeSteps(nodeType: NodeType, index: number): Generator<PlacedStep> {
  const path = ['nodeTypes', index];
  yield* stepsAt(nodeType.onStart, [...path, 'onStart']);
  for (const [task, { steps }] of nodeType.tasks.entries()) yield* stepsAt(steps, [...path, 'tasks', task, 'steps']);
  yield* stepsAt(nodeType.onStop, [...path, 'onStop']);
}

/** The steps of a list with their places. */
export function* stepsAt(steps: readonly Step[], path: DocumentPath): Generator<PlacedStep> {
  for (const [index, step] of steps.entries()) yield { step, path: [...path, index] };
}

function* entries(path: DocumentPath, texts: Record<string, string>, role: TemplatedText['role']): Generator<TemplatedText> {
  for (const [key, text] of Object.entries(texts)) yield { path: [...path, key], text, role };
}
