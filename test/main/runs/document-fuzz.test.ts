import { fork } from 'node:child_process';
import { describe, expect, it, onTestFinished } from 'vitest';
import { bundleEntry } from '../../support/bundle-entry';
import type { FuzzMessage, FuzzOutcome } from './support/document-fuzzer';

/** Documents in npm test; `npm run fuzz` takes 20,000. */
const DOCUMENTS = Number(process.env.NODESWARM_FUZZ_DOCUMENTS ?? 3000);
const SEED = Number(process.env.NODESWARM_FUZZ_SEED ?? 20_261_126);
/** Twenty documents that take longer than this hang, also on a machine that stands still for a minute: alone, one takes a millisecond. */
const STUCK_MS = 180_000;

/** Runs the fuzzer in a process of its own, because nothing else can end one that hangs. */
async function fuzz(documents: number, seed: number): Promise<FuzzOutcome> {
  const entry = await bundleEntry('test/main/runs/support/document-fuzzer.ts');
  onTestFinished(() => entry.remove());
  const child = fork(entry.file, [String(documents), String(seed)], { execArgv: ['--max-old-space-size=600'] });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  return await new Promise((resolve, reject) => {
    let at = 0;
    const stuck = () => reject(new Error(`the documents after ${at} of seed ${seed} take no end`));
    let watchdog = setTimeout(stuck, STUCK_MS);
    child.on('message', (message: FuzzMessage) => {
      clearTimeout(watchdog);
      if ('outcome' in message) return resolve(message.outcome);
      if ('failure' in message) return reject(new Error(`${message.failure}\n${message.document}`));
      at = message.at;
      watchdog = setTimeout(stuck, STUCK_MS);
    });
    child.on('exit', (code, signal) => {
      clearTimeout(watchdog);
      reject(new Error(`the fuzzer ended with ${signal ?? code} after document ${at} of seed ${seed}`));
    });
  });
}

describe('documents with mistakes of every kind, from their bytes to the requests of a node', () => {
  it('are refused with a message or accepted; none is a crash, none takes forever', { timeout: 3_600_000 }, async () => {
    const outcome = await fuzz(DOCUMENTS, SEED);
    console.info(`fuzz: ${JSON.stringify(outcome)}`);
    // Each way out was taken, so each was tried.
    expect(outcome.refused).toBeGreaterThan(DOCUMENTS / 4);
    expect(outcome.rendered).toBeGreaterThan(DOCUMENTS / 20);
    expect(outcome.unreadable).toBeGreaterThan(0);
    expect(outcome.refusedLater).toBeGreaterThan(0);
    const { documents, ...ways } = outcome;
    expect(Object.values(ways).reduce((sum, count) => sum + count, 0)).toBe(documents);
  });
});
