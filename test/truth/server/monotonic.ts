/** What the machine's monotonic clock shows less what `performance.now` does, us. */
const originUs = readOrigin();

/** us of the machine's monotonic clock (CLOCK_MONOTONIC on Linux), which all processes of a machine share. */
export function monotonicUs(): number {
  return originUs + performance.now() * 1000;
}

/** What the wall clock shows less what the monotonic clock does, us. Waits for the next ms, because the wall clock has whole ones. */
export function wallClockOffsetUs(): number {
  const beganMs = Date.now();
  while (Date.now() === beganMs);
  return Date.now() * 1000 - monotonicUs();
}

/** The reading that took least of several: the first ones of a process take up to a few ms, in which time goes on. */
function readOrigin(): number {
  let found = 0;
  let shortestMs = Number.POSITIVE_INFINITY;
  for (let left = 20; left > 0; left--) {
    const beforeMs = performance.now();
    const monotonic = process.hrtime.bigint();
    const afterMs = performance.now();
    if (afterMs - beforeMs >= shortestMs) continue;
    shortestMs = afterMs - beforeMs;
    found = Number(monotonic / 1000n) - ((beforeMs + afterMs) / 2) * 1000;
  }
  return found;
}
