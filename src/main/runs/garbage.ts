import { setFlagsFromString } from 'node:v8';

/**
 * How far the heap may grow, in percent of what was alive after the last full collection, while a run is on (figures in docs/benchmarks.md, "Tried and
 * dropped"). The seconds of a run are large arrays that live for a moment beside a small heap: left to itself, V8 marks that heap in full every second or two,
 * on threads that take time from the shards.
 */
const GROWTH_PERCENT = 400;

/** Lets garbage lie longer in this process, until `collectAsUsual`. */
export function collectSeldom(): void {
  setFlagsFromString(`--heap-growing-percent=${GROWTH_PERCENT}`);
}

/** V8 decides again how far the heap may grow. */
export function collectAsUsual(): void {
  setFlagsFromString('--heap-growing-percent=0');
}
