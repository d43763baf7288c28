import { differences } from './document-differences';
import type { RunRecord } from './run';

/** Where a difference between two runs lies. */
export type DifferenceArea = 'scenario' | 'options' | 'machine' | 'versions';

/** One field that two runs do not share; `undefined` where a run has no such field. */
export interface RunDifference {
  area: DifferenceArea;
  /** Within the area, as `differences` writes it: `nodeTypes[IoTNode].wait.seconds`, `nodes`, `cores`. */
  path: string;
  a: unknown;
  b: unknown;
}

const AREAS: readonly DifferenceArea[] = ['scenario', 'options', 'machine', 'versions'];

/** Options that a scenario (as it was run) says too, and where: named there when they differ, and not a second time. */
const SAID_BY_SCENARIO: Record<string, string> = {
  nodes: 'load',
  spawnRate: 'load',
  durationSeconds: 'load',
  stopTimeoutSeconds: 'load',
  host: 'target.baseUrl',
};

/** What two runs were made with, field by field, as far as it differs. */
export function runDifferences(a: RunRecord, b: RunRecord): RunDifference[] {
  const all = AREAS.flatMap((area) => differences(a[area], b[area]).map((difference) => ({ area, ...difference })));
  return all.filter(({ area, path }) => {
    const place = area === 'options' ? SAID_BY_SCENARIO[path] : undefined;
    return !place || !all.some((other) => other.area === 'scenario' && other.path.startsWith(place));
  });
}

/** A field's value in a line: text as it is, everything else as JSON, `not set` where there is none. */
export function differenceText(value: unknown): string {
  if (value === undefined) return 'not set';
  if (typeof value === 'string') return value === '' ? '(empty)' : value;
  return JSON.stringify(value);
}
