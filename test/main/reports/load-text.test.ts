import { describe, expect, it } from 'vitest';
import { loadText } from '../../../src/main/reports/html/load-text';
import { makeRun } from '../../support/run-data';

describe('the load in a report', () => {
  it('is what the run was started with, and what it was edited to', () => {
    const { run, events } = makeRun({ nodes: 100, spawnRate: 10, durationSeconds: 2 }).data;
    expect(loadText({ run, events })).toBe('100 nodes, 10/s spawned');
    const edit = { atMs: 35_400, kind: 'edit' as const, text: '200 nodes at 5 a second' };
    expect(loadText({ run, events: [...events, edit] })).toBe(
      '100 nodes, 10/s spawned, edited at 0:35 to 200 nodes at 5 a second',
    );
  });
});
