import { describe, expect, it } from 'vitest';
import { idleLine } from './process-lines';

describe('descriptors of what is idle', () => {
  const before = { socket: 6, pipe: 9, file: 3 };

  it.each([
    [before, 'ok'],
    // A browser's connection may still have been open before.
    [{ ...before, socket: 4 }, 'ok'],
    [{ ...before, file: 4 }, 'FAILED'],
    [{ ...before, socket: 4, pipe: 10 }, 'FAILED'],
    [{ ...before, 'anon_inode:[timerfd]': 1 }, 'FAILED'],
    // A process that is not there has none.
    [{}, 'FAILED'],
  ])('%j: %s', (after, verdict) => {
    expect(idleLine('host', before, after).verdict).toBe(verdict);
  });
});
