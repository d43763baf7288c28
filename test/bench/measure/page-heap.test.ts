import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { heapParts } from './page-heap';

/** A process that holds something takes a snapshot of its heap. */
function snapshotOf(held: string): string {
  const program = `globalThis.held = ${held}; require('node:v8').getHeapSnapshot().pipe(process.stdout);`;
  return execFileSync('node', ['-e', program], { encoding: 'utf8', maxBuffer: 100e6 });
}

test('a snapshot tells data from what is behind typed arrays, and both from code', () => {
  const nothing = heapParts(snapshotOf('null'));
  const objects = heapParts(snapshotOf('Array.from({ length: 20_000 }, (_, i) => ({ name: "object " + i }))'));
  const buffer = heapParts(snapshotOf('new Float64Array(250_000)'));
  // An object with a string of its own takes 48 bytes at least.
  expect(objects.data - nothing.data).toBeGreaterThan(20_000 * 48);
  expect(buffer.buffers - nothing.buffers).toBeGreaterThan(1_900_000);
  expect(nothing.code).toBeGreaterThan(100_000);
  expect(Math.abs(buffer.data - nothing.data)).toBeLessThan(100_000);
  expect(Math.abs(objects.code - nothing.code)).toBeLessThan(100_000);
});
