import { runAsChild } from '../../../src/main/process/child-port';
import type { ChildMain } from '../../../src/main/process/process-host';
import { monotonicUs } from './monotonic';
import { nap } from './nap';

/** Somebody could not run though it was due to. us of the monotonic clock. */
export interface HoldUp {
  endUs: number;
  lengthUs: number;
}

/** To wake up is dear: at twice the rate it would take a tenth of the processor. */
const PERIOD_MS = 0.5;
/** To wake up takes up to so long by itself. */
const USUAL_US = 150;
/** It tells what it saw each time it has looked so often. */
const LOOKS = 10;

/**
 * A process that does nothing but look at the clock every 0.5 ms and tell when it could not. Given priority over everything else on a processor,
 * it sees what the machine does to processes there, and nothing of what they do to each other.
 */
export const canaryMain: ChildMain<never, HoldUp> = (port) => {
  const look = () => {
    for (let left = LOOKS; left > 0; left--) {
      const fromUs = monotonicUs();
      nap(PERIOD_MS);
      const endUs = monotonicUs();
      const lengthUs = endUs - fromUs - PERIOD_MS * 1000;
      if (lengthUs > USUAL_US) port.post({ endUs, lengthUs });
    }
    setImmediate(look);
  };
  look();
};

if (process.env.NODESWARM_PROCESS_NAME) runAsChild(canaryMain);
