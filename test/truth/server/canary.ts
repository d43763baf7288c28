import { runAsChild } from '../../../src/main/process/child-port';
import type { ChildMain } from '../../../src/main/process/process-host';
import { monotonicUs } from './monotonic';

/** A timer came late. us of the monotonic clock. */
export interface HoldUp {
  endUs: number;
  lengthUs: number;
}

const PERIOD_MS = 1;
/** Node rounds its timers to whole ms, so they come up to this much after the ms by themselves. */
const USUAL_US = 600;

/**
 * A process that does nothing but look at the clock every ms and tell when it could not. Given priority over the engine on the engine's own processor,
 * it sees what the machine does to processes there, and nothing of what the engine does.
 */
export const canaryMain: ChildMain<never, HoldUp> = (port) => {
  let lookedUs = monotonicUs();
  setInterval(() => {
    const nowUs = monotonicUs();
    const lengthUs = nowUs - lookedUs - PERIOD_MS * 1000;
    lookedUs = nowUs;
    if (lengthUs > USUAL_US) port.post({ endUs: nowUs, lengthUs });
  }, PERIOD_MS);
};

if (process.env.NODESWARM_PROCESS_NAME) runAsChild(canaryMain);
