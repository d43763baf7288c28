import { closeSync, openSync } from 'node:fs';
import { devNull } from 'node:os';

/** Descriptors that a shard needs for other things than connections. */
export const DESCRIPTORS_IN_RESERVE = 64;

/**
 * Makes room for `connections` in this process's table of descriptors, before the run's clock starts. Linux doubles the table when it is full, and the thread
 * that opens one more then sleeps for 5 to 25 ms until no processor can be looking at the old table (`expand_fdtable` of Linux's fs/file.c,
 * which waits for an RCU grace period if the process has threads). A fleet would be held up so at its 256th, 512th, 1,024th connection, and so on. The table
 * never shrinks, so it is enough to have had them open once.
 */
export function makeDescriptorRoom(connections: number): void {
  if (process.platform !== 'linux') return;
  const open: number[] = [];
  try {
    for (let left = connections + DESCRIPTORS_IN_RESERVE; left > 0; left--) open.push(openSync(devNull, 'r'));
  } catch {
    // As many as may be open at all. What cannot be opened in the run is told there, by the name of its error.
  }
  for (const descriptor of open) closeSync(descriptor);
}
