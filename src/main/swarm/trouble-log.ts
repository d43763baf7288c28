import { MAX_EXCEPTION_NODES, MAX_FAILURE_SAMPLES } from '../../shared/stats/failures';
import type { ExceptionGroup, FailureGroup, FailureSample } from '../../shared/stats/frame';

/** What went wrong since the last frame, grouped: failed requests with a few samples, and steps that could not be carried out. */
export class TroubleLog {
  private failures = new Map<string, FailureGroup>();
  private exceptions = new Map<string, ExceptionGroup>();
  /** Samples taken in the whole run, so that a million equal failures cost one string each, not a sample. */
  private readonly samplesTaken = new Map<string, number>();

  /** Counts a failed request. `sampleOf` is called only when a sample of its kind is still wanted. */
  failure(series: number, error: string, atMs: number, sampleOf: () => FailureSample): void {
    const key = `${series} ${error}`;
    let group = this.failures.get(key);
    if (!group) {
      group = { series, error, occurrences: 0, firstMs: atMs, lastMs: atMs, samples: [] };
      this.failures.set(key, group);
    }
    group.occurrences++;
    group.lastMs = atMs;
    const taken = this.samplesTaken.get(key) ?? 0;
    if (taken < MAX_FAILURE_SAMPLES) {
      this.samplesTaken.set(key, taken + 1);
      group.samples.push(sampleOf());
    }
  }

  /** Counts a step that could not be carried out. */
  exception(message: string, nodeType: string, task: string, step: number, node: number, atMs: number): void {
    const key = JSON.stringify([message, nodeType, task, step]);
    let group = this.exceptions.get(key);
    if (!group) {
      group = { message, nodeType, task, step, count: 0, firstMs: atMs, lastMs: atMs, nodes: [] };
      this.exceptions.set(key, group);
    }
    group.count++;
    group.lastMs = atMs;
    if (group.nodes.length < MAX_EXCEPTION_NODES && !group.nodes.includes(node)) group.nodes.push(node);
  }

  /** Everything since the last call. */
  take(): { failures: FailureGroup[]; exceptions: ExceptionGroup[] } {
    if (this.failures.size === 0 && this.exceptions.size === 0) return { failures: [], exceptions: [] };
    const taken = { failures: [...this.failures.values()], exceptions: [...this.exceptions.values()] };
    this.failures = new Map();
    this.exceptions = new Map();
    return taken;
  }
}
