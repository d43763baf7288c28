import { setTimeout as sleep } from 'node:timers/promises';

/** How often it is looked, ms. */
const EVERY_MS = 20;

/** Waits until something holds. Rejects when it does not within `seconds`: on a busy machine a process may take many to come up. */
export async function until(holds: () => boolean, seconds = 30): Promise<void> {
  const deadlineMs = performance.now() + seconds * 1000;
  while (!holds()) {
    if (performance.now() > deadlineMs) throw new Error(`waited ${seconds} s in vain`);
    await sleep(EVERY_MS);
  }
}
