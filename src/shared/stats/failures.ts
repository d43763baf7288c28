import type { ExceptionGroup, FailureGroup } from './frame';

/** Samples kept of one (series, error) pair: the earliest. */
export const MAX_FAILURE_SAMPLES = 5;
/** Nodes named for one exception: the first that it happened to. */
export const MAX_EXCEPTION_NODES = 20;

/** Adds up failures reported by several shards, frames or seconds, by (series, error). What is added is copied, never kept. */
export class FailureLedger {
  private readonly groups = new Map<string, FailureGroup>();

  add(groups: readonly FailureGroup[]): void {
    for (const group of groups) {
      const key = JSON.stringify([group.series, group.error]);
      const known = this.groups.get(key);
      if (known) mergeFailures(known, group);
      else this.groups.set(key, { ...group, samples: earliest(group.samples) });
    }
  }

  /** Everything so far, in the order of first report. */
  list(): FailureGroup[] {
    return [...this.groups.values()].map((group) => ({ ...group, samples: [...group.samples] }));
  }
}

/** Adds up exceptions by (message, node type, task, step). What is added is copied, never kept. */
export class ExceptionLedger {
  private readonly groups = new Map<string, ExceptionGroup>();

  add(groups: readonly ExceptionGroup[]): void {
    for (const group of groups) {
      const key = JSON.stringify([group.message, group.nodeType, group.task, group.step]);
      const known = this.groups.get(key);
      if (known) mergeExceptions(known, group);
      else this.groups.set(key, { ...group, nodes: firstNodes(group.nodes) });
    }
  }

  /** Everything so far, in the order of first report. */
  list(): ExceptionGroup[] {
    return [...this.groups.values()].map((group) => ({ ...group, nodes: [...group.nodes] }));
  }
}

function mergeFailures(into: FailureGroup, group: FailureGroup): void {
  into.occurrences += group.occurrences;
  into.firstMs = Math.min(into.firstMs, group.firstMs);
  into.lastMs = Math.max(into.lastMs, group.lastMs);
  if (group.samples.length > 0) into.samples = earliest([...into.samples, ...group.samples]);
}

function mergeExceptions(into: ExceptionGroup, group: ExceptionGroup): void {
  into.count += group.count;
  into.firstMs = Math.min(into.firstMs, group.firstMs);
  into.lastMs = Math.max(into.lastMs, group.lastMs);
  into.nodes = firstNodes([...into.nodes, ...group.nodes]);
}

function earliest(samples: readonly FailureGroup['samples'][number][]): FailureGroup['samples'] {
  return [...samples].sort((a, b) => a.atMs - b.atMs).slice(0, MAX_FAILURE_SAMPLES);
}

function firstNodes(nodes: readonly number[]): number[] {
  return [...new Set(nodes)].slice(0, MAX_EXCEPTION_NODES);
}
