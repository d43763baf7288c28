// Not the global of the same name: that is looked up at each use, which takes a third of the time.
import { performance } from 'node:perf_hooks';

/**
 * The clock of a shard: whole microseconds of the monotonic clock since the run's start in this process.
 * Shards share no clock; each counts from the moment it was told to start.
 */
export class RunClock {
  private originMs = performance.now();

  /** Makes now the run's time zero. */
  restart(): void {
    this.originMs = performance.now();
  }

  /** us since the run's start. */
  nowUs(): number {
    return Math.round((performance.now() - this.originMs) * 1000);
  }
}
