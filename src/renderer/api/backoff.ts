const FIRST_MS = 250;
const LONGEST_MS = 5_000;

/** How long to wait before try number `attempt` (0, 1, …): doubling up to 5 s, less up to a fifth at random, so that many tabs do not knock at once. */
export function backoffMs(attempt: number, random: () => number = Math.random): number {
  const full = Math.min(LONGEST_MS, FIRST_MS * 2 ** attempt);
  return full * (1 - random() * 0.2);
}
