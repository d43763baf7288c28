import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ROUTE_NAMES } from '../../../src/shared/api/route-names';
import { ApiHost } from './support/api-host';
import { brokenInputs, shapedInputs } from './support/route-inputs';

const SEED = 20_261_126;
const CODES = ['not-found', 'refused', 'confirmation-required', 'needs-consent', 'conflict', 'unavailable'];

/** All that a call could have changed. */
async function stateOf(host: ApiHost) {
  const kept = readdirSync(host.folder).filter((name) => name.endsWith('.json'));
  return {
    runs: await host.call('runs.list', {}),
    info: await host.call('app.info', {}),
    current: await host.call('runs.current', {}),
    kept: kept.map((name) => [name, readFileSync(join(host.folder, name), 'utf8')]),
    files: [[...host.files.documents], [...host.files.states], [...host.files.recent], host.files.exports.length],
    events: host.events.length,
  };
}

async function hostWithRuns(): Promise<ApiHost> {
  const host = new ApiHost();
  for (let run = 0; run < 3; run++) await host.storeRun({ durationSeconds: 3 });
  return host;
}

it('refuses whatever breaks the schema of a route, says which field, and does nothing', async () => {
  const host = await hostWithRuns();
  const before = await stateOf(host);
  for (const name of ROUTE_NAMES) {
    await fc.assert(
      fc.asyncProperty(brokenInputs(name), async (input) => {
        const error = await host.refusal(name, input);
        expect(error.code, name).toBe('invalid-input');
        expect(error.message).toMatch(/^[a-z]+\.[a-zA-Z]+ was called with invalid input: .+\.$/s);
        expect(error.details?.length).toBeGreaterThan(0);
      }),
      { seed: SEED, numRuns: 80 },
    );
  }
  expect(await stateOf(host)).toEqual(before);
  expect(host.logged).toEqual([]);
});

it('answers whatever has the right shape and no sense; what is refused has changed nothing', { timeout: 30_000 }, async () => {
  const host = await hostWithRuns();
  let before = await stateOf(host);
  const outcomes = { done: 0, refused: 0 };
  for (const name of ROUTE_NAMES) {
    await fc.assert(
      fc.asyncProperty(shapedInputs(name), async (input) => {
        const reply = await host.api.call(name, input);
        // It travels as JSON.
        expect(JSON.parse(JSON.stringify(reply))).toMatchObject({ ok: reply.ok });
        const after = await stateOf(host);
        if (reply.ok) {
          outcomes.done++;
        } else {
          expect(CODES, `${name}: ${reply.error.message}`).toContain(reply.error.code);
          expect(reply.error.message).not.toBe('');
          expect(after, name).toEqual(before);
          outcomes.refused++;
        }
        before = after;
        expect(after.current, 'a run was started').toBe(null);
      }),
      { seed: SEED, numRuns: 25 },
    );
  }
  expect(host.logged).toEqual([]);
  // Both happen often, or nothing was tried.
  expect(outcomes.done).toBeGreaterThan(100);
  expect(outcomes.refused).toBeGreaterThan(100);
});
