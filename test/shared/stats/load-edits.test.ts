import { describe, expect, it } from 'vitest';
import type { RunEvent } from '../../../src/shared/stats/frame';
import { loadEditsText } from '../../../src/shared/stats/load-edits';

const edit = (atMs: number, nodes: number): RunEvent => ({ atMs, kind: 'edit', text: `${nodes} nodes at 5 a second` });
const clock = (seconds: number) => `${Math.floor(seconds)} s`;

describe('the edits of a load', () => {
  it('are nothing where there were none', () => {
    expect(loadEditsText([{ atMs: 5000, kind: 'stop', text: 'stopped by the user' }], clock)).toBeNull();
  });

  it('are told with their times', () => {
    expect(loadEditsText([edit(35_100, 200)], clock)).toBe('edited at 35 s to 200 nodes at 5 a second');
    expect(loadEditsText([edit(35_100, 200), { atMs: 40_000, kind: 'spawn-done', text: '' }, edit(60_000, 50)], clock)).toBe(
      'edited at 35 s to 200 nodes at 5 a second and at 60 s to 50 nodes at 5 a second',
    );
  });

  it('are counted where there were many', () => {
    expect(loadEditsText([edit(1000, 2), edit(2000, 3), edit(3000, 4)], clock)).toBe(
      'edited 3 times, last at 3 s to 4 nodes at 5 a second',
    );
  });
});
