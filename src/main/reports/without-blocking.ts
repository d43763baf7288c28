import { setImmediate } from 'node:timers/promises';

/** Longest stretch without a chance for anything else to run, as far as one item allows. */
const STRETCH_MS = 10;

/** The same items, with the event loop let in between whenever they have taken a while: a report must not freeze its host. */
export async function* withoutBlocking<T>(items: Iterable<T> | AsyncIterable<T>): AsyncGenerator<T> {
  let since = performance.now();
  for await (const item of items) {
    yield item;
    if (performance.now() - since < STRETCH_MS) continue;
    await setImmediate();
    since = performance.now();
  }
}
