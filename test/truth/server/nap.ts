/** Nobody ever wakes it: to wait for it is to sleep. */
const pillow = new Int32Array(new SharedArrayBuffer(4));

/** Sleeps, with all of the process, for `ms` or some 0.03 ms more. Also for less than the whole ms that a timer takes at least. */
export function nap(ms: number): void {
  Atomics.wait(pillow, 0, 0, ms);
}
