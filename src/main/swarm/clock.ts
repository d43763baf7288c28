// Not the global of the same name: that is looked up at each use, which takes a third of the time.
import { performance } from 'node:perf_hooks';

/**
 * Before all times: what a field of them begins with where there is one for each node, us. V8 keeps a field as a small integer while it has held nothing else,
 * and these end after 36 minutes (2^31 us): then all nodes are made over at once, and the code that knew them is compiled anew. A field that begins
 * empty is a pointer, and from then on each time that is written to it is a number for the garbage collector. Begun with this it is a double for good.
 */
export const NO_TIME = Number.NEGATIVE_INFINITY;

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
