import type { Wait } from '../scenario/schema';
import { visibleText } from '../text/visible-text';
import type { Machine, RunRecord } from './run';

/** Of the scenario's hash: enough to tell two of the same name apart. */
const HASH_DIGITS = 8;

/** A field that two runs do not share and that may explain their difference, with each one's value in words. */
export interface ComparisonWarning {
  field: string;
  a: string;
  b: string;
}

/** A warning as a line: `nodes: A 100, B 200`. `letterOfB`: what the second run is called where more than two stand side by side. */
export function warningText({ field, a, b }: ComparisonWarning, letterOfB = 'B'): string {
  return `${field}: A ${a}, ${letterOfB} ${b}`;
}

/** What differs between two runs beside the backend. Empty when the runs were made alike. */
export function comparisonWarnings(a: RunRecord, b: RunRecord): ComparisonWarning[] {
  const fieldsOfA = fieldsOf(a);
  const fieldsOfB = fieldsOf(b);
  const warnings: ComparisonWarning[] = [];
  for (const field of new Set([...fieldsOfA.keys(), ...fieldsOfB.keys()])) {
    const valueA = fieldsOfA.get(field) ?? 'none';
    const valueB = fieldsOfB.get(field) ?? 'none';
    if (valueA !== valueB) warnings.push({ field, a: valueA, b: valueB });
  }
  return warnings;
}

function fieldsOf({ scenario, scenarioHash, options, machine, versions, status, degraded }: RunRecord): Map<string, string> {
  const { nodes, spawnRate, durationSeconds, host, shards } = options;
  return new Map([
    ['scenario', `${visibleText(scenario.name)} (${scenarioHash.slice(0, HASH_DIGITS)})`],
    ['host', host],
    ['nodes', String(nodes)],
    ['spawn rate', spawnRate === null ? 'stages' : `${spawnRate}/s`],
    ...scenario.nodeTypes.map((nodeType): [string, string] => [`wait of ${nodeType.name}`, describeWait(nodeType.wait)]),
    ['duration', durationSeconds === null ? 'until stopped' : `${durationSeconds} s`],
    ['shards', String(shards)],
    ['machine', describeMachine(machine)],
    ['Nodeswarm version', versions.nodeswarm],
    ['Node.js version', versions.node],
    ['status', degraded ? `${status}, degraded` : status],
  ]);
}

function describeWait(wait: Wait): string {
  switch (wait.kind) {
    case 'constant':
      return `constant ${wait.seconds} s`;
    case 'between':
      return `between ${wait.minSeconds} s and ${wait.maxSeconds} s`;
    case 'exponential':
      return `exponential ${wait.meanSeconds} s`;
    case 'pacing':
      return `pacing ${wait.seconds} s ${describeGrid(wait)}`;
    case 'throughput':
      return `throughput ${wait.perSecond}/s ${describeGrid(wait)}`;
  }
}

function describeGrid({ onOverrun, jitterSeconds, align }: Extract<Wait, { onOverrun: unknown }>): string {
  return `(${onOverrun}, jitter ${jitterSeconds} s, align ${align})`;
}

function describeMachine({ hostname, platform, arch, cpu, cores, memoryBytes }: Machine): string {
  return `${hostname} (${platform} ${arch}; ${cores} x ${cpu}; ${(memoryBytes / 2 ** 30).toFixed(1)} GiB)`;
}
