const originUs = Number(process.hrtime.bigint() / 1000n) - performance.now() * 1000;

/** us of the machine's monotonic clock (CLOCK_MONOTONIC on Linux), which all processes of a machine share. */
export function monotonicUs(): number {
  return originUs + performance.now() * 1000;
}
