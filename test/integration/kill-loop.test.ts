import { describe, expect, it } from 'vitest';
import { killRounds, planRounds } from '../kill-loop/kill-rounds';

// The long version is `npm run kill-loop`, also of the desktop app, each of whose rounds takes a browser of its own.
describe('processes that are killed at random moments', () => {
  it('leave a history that opens and is whole, a right status, and no process behind', { timeout: 300_000 }, async () => {
    const results = await killRounds(planRounds(12, 7, ['run', 'serve']), 4);
    expect(results.filter(({ problems }) => problems.length > 0)).toEqual([]);
    const outcomes = new Set(results.map(({ outcome }) => outcome));
    // Not all kills came too late, or before there was anything to lose.
    expect([...outcomes].filter((outcome) => /^(interrupted|finished)/.test(outcome)).length).toBeGreaterThan(1);
  });
});
