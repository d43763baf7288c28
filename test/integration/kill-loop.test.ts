import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { killRound } from '../kill-loop/kill-round';
import { killRounds, planRounds } from '../kill-loop/kill-rounds';
import { prepareStandIn } from '../support/electron-stand-in/driver/launch';
import { tempFolder } from '../support/temp-folder';

// The long version is `npm run kill-loop`, also of the desktop app, each of whose rounds takes a browser of its own.
describe('processes that are killed at random moments', () => {
  it('leave a history that opens and is whole, a right status, and no process behind', { timeout: 300_000 }, async () => {
    const results = await killRounds(planRounds(12, 7, ['run', 'serve']), 4);
    expect(results.filter(({ problems }) => problems.length > 0)).toEqual([]);
    const outcomes = new Set(results.map(({ outcome }) => outcome));
    // Not all kills came too late, or before there was anything to lose.
    expect([...outcomes].filter((outcome) => /^(interrupted|finished)/.test(outcome)).length).toBeGreaterThan(1);
  });

  it('are no excuse for a run that was refused before anything was killed', { timeout: 60_000 }, async ({ onTestFinished }) => {
    const programs = await prepareStandIn();
    onTestFinished(() => programs.remove());
    const folder = tempFolder();
    writeFileSync(join(folder, 'file'), '');
    // A history that cannot be made: no shard is ever there to be killed.
    const lane = { folder, file: join(folder, 'file', 'runs.db'), known: new Map(), rounds: 0, programs };
    const { outcome, problems } = await killRound(lane, { host: 'run', victim: 'shard', from: 'start', delayMs: 0 });
    expect(outcome).toBe('over before the kill');
    expect(problems).toEqual([
      expect.stringMatching(/^a run to which nothing was done must end with code 0 \(exit 3; /),
      expect.stringMatching(/^a run to which nothing was done must be stored as finished/),
    ]);
  });
});
