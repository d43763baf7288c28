import { hostname } from 'node:os';

/** Without a second for this long, a run's process counts as gone. */
export const HEARTBEAT_LIMIT_MS = 15_000;

/** Who conducts a run, and when it was last heard of (epoch ms). */
export interface RunOwner {
  hostname: string;
  pid: number;
  heartbeatAt: number;
}

/** Whether a run that reads `running` has lost the process that conducts it. */
export function isOwnerGone(owner: RunOwner, now: number): boolean {
  // Of either sign: a heartbeat from the future is one from before the clock was set back.
  if (Math.abs(now - owner.heartbeatAt) > HEARTBEAT_LIMIT_MS) return true;
  return owner.hostname === hostname() && !isAlive(owner.pid);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it lives and belongs to somebody else.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
