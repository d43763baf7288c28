import type { RunEvent } from './frame';

/** As many edits are told one by one; of more, the number and the last. */
const TOLD_EDITS = 2;

/**
 * How a run's load was edited while it was on, to be said after what it started with: "edited at 0:35 to 200 nodes at 5 a second". null where it never was.
 * `clock` writes seconds since the start of the run.
 */
export function loadEditsText(events: readonly RunEvent[], clock: (seconds: number) => string): string | null {
  const edits = events.filter(({ kind }) => kind === 'edit');
  const last = edits.at(-1);
  if (!last) return null;
  const told = ({ atMs, text }: RunEvent) => `at ${clock(atMs / 1000)} to ${text}`;
  if (edits.length > TOLD_EDITS) return `edited ${edits.length} times, last ${told(last)}`;
  return `edited ${edits.map(told).join(' and ')}`;
}
