import type { ApiClient } from '../../../src/shared/api/client';
import type { ApiEventName, ApiEvents } from '../../../src/shared/api/events';
import type { HeatColumn, RunCourse, RunSnapshot, SecondView } from '../../../src/shared/api/types';
import type { Phase } from '../../../src/shared/stats/frame';
import { buildReport } from '../../../src/shared/stats/report';
import type { RunRecord } from '../../../src/shared/stats/run';
import { makeRun, type RunDataOptions } from '../../support/run-data';

/** A second of a run with one series that had all the requests. */
export function secondFixture(
  second: number,
  {
    requests = 10,
    max = 50,
    phase = 'steady',
    valid = true,
    reasons = [],
    heat = [],
    plannedNodes = 5,
  }: {
    requests?: number;
    max?: number | null;
    plannedNodes?: number;
    phase?: Phase;
    valid?: boolean;
    reasons?: string[];
    heat?: HeatColumn;
  } = {},
): SecondView {
  const figures = { requests, failures: 0, p50: 10, p90: 20, p95: 25, p99: 40, max };
  return {
    second,
    lengthSeconds: 1,
    phase,
    nodes: 5,
    plannedNodes,
    valid,
    reasons,
    scheduleLagP99Ms: 1,
    eventLoopUtilization: 0.2,
    total: figures,
    series: [figures],
    heat,
  };
}

/** The stored course of a run of `length` seconds: 10, 11, 12, … requests. */
export function courseFixture(length: number): RunCourse {
  const column = <T>(value: (second: number) => T) => Array.from({ length }, (_, second) => value(second));
  return {
    second: column((second) => second),
    lengthSeconds: column(() => 1),
    phase: column(() => 'steady' as const),
    nodes: column(() => 5),
    plannedNodes: column(() => 5),
    valid: column(() => true),
    scheduleLagP99Ms: column(() => 1),
    reasons: [],
    requests: column((second) => 10 + second),
    failures: column(() => 0),
    p50: column(() => 10),
    p90: column(() => 20),
    p95: column(() => 25),
    p99: column(() => 40),
    max: column(() => 50),
  };
}

/** A snapshot as main makes it, of a run of made-up numbers. */
export function snapshotFixture(record: Partial<RunRecord> = {}, options: Partial<RunDataOptions> = {}): RunSnapshot {
  const { data } = makeRun({ durationSeconds: 30, nodes: 10, spawnRate: 5, ...options, run: record });
  const running = data.run.status === 'running';
  return {
    report: buildReport(data),
    record: data.run,
    series: data.series,
    events: data.events,
    current: running
      ? {
          total: { requestsPerSecond: 20, failuresPerSecond: 1 },
          series: data.series.map(() => ({ requestsPerSecond: 5, failuresPerSecond: 0.25 })),
          times: { median: 11, p95: 22, p99: 33 },
        }
      : null,
    elapsedSeconds: 12,
    plannedSeconds: 30,
    stopping: false,
    historyBehind: null,
  };
}

/** An API that answers what the test says, notes what it was asked, and tells events. */
export class ScriptedApi implements ApiClient {
  online = true;
  readonly calls: { name: string; input: unknown }[] = [];
  readonly answers: Record<string, (input: unknown) => unknown> = {};
  private readonly listeners = new Map<string, Set<(event: never) => void>>();
  private readonly onlineListeners = new Set<(online: boolean) => void>();

  async call(name: string, input: unknown): Promise<never> {
    this.calls.push({ name, input });
    const answer = this.answers[name];
    if (!answer) throw new Error(`The test has no answer to ${name}.`);
    return (await answer(input)) as never;
  }

  on<Name extends ApiEventName>(name: Name, listener: (event: ApiEvents[Name]) => void): () => void {
    const known = this.listeners.get(name) ?? new Set();
    known.add(listener as (event: never) => void);
    this.listeners.set(name, known);
    return () => known.delete(listener as (event: never) => void);
  }

  onOnlineChange(listener: (online: boolean) => void): () => void {
    this.onlineListeners.add(listener);
    return () => this.onlineListeners.delete(listener);
  }

  tell<Name extends ApiEventName>(name: Name, event: ApiEvents[Name]): void {
    for (const listener of this.listeners.get(name) ?? []) listener(event as never);
  }

  comeBack(): void {
    for (const listener of this.onlineListeners) listener(true);
  }

  count(name: string): number {
    return this.calls.filter((call) => call.name === name).length;
  }

  get listening(): number {
    return [...this.listeners.values()].reduce((sum, set) => sum + set.size, 0) + this.onlineListeners.size;
  }
}
