import type { RunSecond } from '../../shared/stats/frame';

/** The stored seconds with those that could not be stored in between; both ascending. */
export async function* inOrder(stored: AsyncIterable<RunSecond>, unstored: readonly RunSecond[]): AsyncGenerator<RunSecond> {
  let next = 0;
  for await (const second of stored) {
    for (let missing = unstored[next]; missing && missing.second < second.second; missing = unstored[next]) {
      yield missing;
      next++;
    }
    yield second;
  }
  yield* unstored.slice(next);
}
