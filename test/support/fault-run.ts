import { expect } from 'vitest';
import type { ScenarioDocument } from '../../src/shared/scenario/schema';
import type { RunReport } from '../../src/shared/stats/report';

type NodeType = ScenarioDocument['nodeTypes'][number];
type RequestInput = NonNullable<NonNullable<NodeType['onStart']>[number]['request']>;

/** A fault of a backend, and what has to come of every request that it meets. */
export interface FaultCase {
  fault: string;
  /** The name of the error, or that nothing is wrong with it. */
  outcome: string;
  request?: Partial<RequestInput>;
}

export const COMPLETED = 'completed';

/** Longer than anything takes on a busy machine: only what never ends runs into the short one. */
const PATIENT_MS = 30_000;
const SHORT_MS = 300;

/** Each fault has a node of its own, which asks for it again and again for `durationSeconds` and at least once. */
export function faultScenario(
  target: ScenarioDocument['target'],
  cases: readonly FaultCase[],
  durationSeconds = 1,
): ScenarioDocument {
  return {
    nodeswarm: 1,
    name: 'faults',
    target: { timeoutMs: PATIENT_MS, connectTimeoutMs: PATIENT_MS, ...target },
    load: { nodes: cases.length, spawnRate: 1000, durationSeconds },
    nodeTypes: cases.map(({ fault, outcome, request }) => ({
      name: fault,
      fixedCount: 1,
      wait: { kind: 'constant', seconds: 0.3 },
      tasks: [
        {
          name: 'ask',
          steps: [
            {
              request: {
                path: pathOfFault(fault),
                name: fault,
                ...(outcome === 'ResponseTimeout' ? { timeoutMs: SHORT_MS } : {}),
                ...request,
              },
            },
          ],
        },
      ],
    })),
  };
}

/** The path under which a server shows a fault. */
export function pathOfFault(fault: string): string {
  return `/${encodeURIComponent(fault)}`;
}

/** Which fault a request asks for: the last part of its path. A proxy is asked for whole URLs. */
export function faultOfPath(path: string): string {
  return decodeURIComponent(path.slice(path.lastIndexOf('/') + 1));
}

/** What came of each fault, as `error` or `completed`; several, where requests fared differently. */
export function outcomesOf(report: RunReport): Record<string, string> {
  return Object.fromEntries(
    report.series.map(({ name, requests, failures }) => {
      const outcomes = report.failures.filter((failure) => failure.name === name).map(({ error }) => error);
      if (requests > failures) outcomes.push(COMPLETED);
      return [name, outcomes.sort().join(', ') || 'nothing'];
    }),
  );
}

/** Every request came out as it should, and none is unaccounted for. */
export function expectOutcomes(report: RunReport, cases: readonly FaultCase[]): void {
  expect(outcomesOf(report)).toEqual(Object.fromEntries(cases.map(({ fault, outcome }) => [fault, outcome])));
  // First: why a run ended otherwise says more than what was left open by it.
  expect(report.run).toMatchObject({ status: 'finished', statusReason: '', degraded: false });
  const { started, completed, failed, aborted } = report.accounting;
  expect({ started, aborted }).toEqual({ started: completed + failed, aborted: 0 });
  for (const { error, samples } of report.failures) {
    // Whoever reads it is told in a sentence what exactly happened.
    expect(samples[0]?.detail, error).not.toBe('');
  }
}
