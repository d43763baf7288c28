import { createHash } from 'node:crypto';
import { arch, availableParallelism, cpus, hostname, platform, totalmem } from 'node:os';
import { version } from '../../../package.json';
import type { Scenario } from '../../shared/scenario/schema';
import { serializeScenario } from '../../shared/scenario/serialize';
import type { Machine, RunRecord } from '../../shared/stats/run';

/** The machine this runs on. */
export function describeMachine(): Machine {
  return {
    hostname: hostname(),
    platform: platform(),
    arch: arch(),
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    memoryBytes: totalmem(),
  };
}

/** What made a run. */
export function describeVersions(): RunRecord['versions'] {
  return { nodeswarm: version, node: process.versions.node };
}

/** SHA-256 over the canonical JSON of a scenario, first 16 hex digits: equal exactly when two runs ran the same document. */
export function hashScenario(scenario: Scenario): string {
  return createHash('sha256').update(serializeScenario(scenario)).digest('hex').slice(0, 16);
}
