import type { RequestStep, Scenario, Step } from './schema';

/** One row of the statistics: all requests of one method and name. */
export interface SeriesKey {
  method: string;
  name: string;
}

/** The name that a request has in the statistics: its own, or its path as written. */
export function seriesNameOf(request: RequestStep): string {
  return request.name ?? request.path;
}

/** Every step of the scenario in document order: onStart, tasks, onStop of each node type. */
export function* stepsOf(scenario: Scenario): Generator<Step> {
  for (const nodeType of scenario.nodeTypes) {
    yield* nodeType.onStart;
    for (const task of nodeType.tasks) yield* task.steps;
    yield* nodeType.onStop;
  }
}

/**
 * The series of a scenario, in document order. A series' index in this list is its id everywhere:
 * in shards, frames, the store and the reports of a run.
 */
export function listSeries(scenario: Scenario): SeriesKey[] {
  const seen = new Map<string, SeriesKey>();
  for (const { request } of stepsOf(scenario)) {
    if (!request) continue;
    const key = { method: request.method, name: seriesNameOf(request) };
    const id = seriesIdentity(key);
    if (!seen.has(id)) seen.set(id, key);
  }
  return [...seen.values()];
}

/** A series as it is called for people: "POST /data". */
export function seriesLabel({ method, name }: SeriesKey): string {
  return `${method} ${name}`;
}

/** A string that two keys share exactly when they are the same series. */
export function seriesIdentity(key: SeriesKey): string {
  return `${key.method} ${key.name}`;
}

/** A task's place among all tasks of a scenario; its index in the list is its id in frames and in the store. */
export interface TaskKey {
  nodeType: string;
  task: string;
  weight: number;
}

/** The tasks of a scenario in document order. */
export function listTasks(scenario: Scenario): TaskKey[] {
  return scenario.nodeTypes.flatMap((nodeType) =>
    nodeType.tasks.map((task) => ({ nodeType: nodeType.name, task: task.name, weight: task.weight })),
  );
}
