import { spawnSync } from 'node:child_process';
import { availableParallelism } from 'node:os';

/** Where the server and the client of a measurement run. */
export interface Cores {
  /** nginx, unless said otherwise. */
  server: number;
  /** The client under test. */
  client: number;
}

/** The first and the last processor. Throws when there is no second one, or no way to tie a process to one. */
export function findCores(): Cores {
  const count = availableParallelism();
  if (count < 2)
    throw new Error('the bench needs two processors, one for the server and one for the client, and this machine has one');
  if (spawnSync('taskset', ['--version'], { stdio: 'ignore' }).status !== 0)
    throw new Error('the bench ties processes to processors with taskset (Linux, package util-linux), which is not here');
  return { server: 0, client: count - 1 };
}
