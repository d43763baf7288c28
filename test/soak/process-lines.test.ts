import { describe, expect, it } from 'vitest';
import { databaseGrowthLine, heldTrend, idleLine } from './process-lines';

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

describe('what is held', () => {
  const climbing = (count: number) => Array.from({ length: count }, (_, i) => ({ x: i / 30, y: 24e6 + 1000 * i * i }));

  it('of a run too short to tell says how many values there are, not none', () => {
    expect(heldTrend([climbing(6)])).toMatchObject({ points: 6, halfWidth: Number.POSITIVE_INFINITY });
  });

  it('is judged piece by piece where a line says nothing', () => {
    const found = heldTrend([climbing(100)]);
    expect(found.slope).toBeGreaterThan(0);
    expect(Number.isFinite(found.halfWidth)).toBe(true);
  });
});

describe('growth of the database', () => {
  const SECONDS = 1200;
  /** Looked at every 5 s, in pages. */
  const verdictOf = (documentedOf: (second: number) => number, bytesOf: (second: number) => number) => {
    const documented = Array.from({ length: SECONDS }, (_, second) => documentedOf(second));
    let bytes = 1e6;
    const sizes = documented.map((_, second) => {
      bytes += bytesOf(second);
      return { x: second + 1, y: Math.ceil(bytes / 2048) * 2048 };
    });
    return databaseGrowthLine(
      sizes.filter(({ x }) => x % 5 === 0),
      documented,
    ).verdict;
  };
  const isLate = (second: number) => second >= SECONDS / 2;

  it('is even where every second takes alike', () => {
    expect(
      verdictOf(
        () => 1600,
        () => 1500,
      ),
    ).toBe('ok');
  });

  it('is even where a second takes more because there is more in it', () => {
    const bytes = (second: number) => (isLate(second) ? 3000 : 1500);
    expect(verdictOf(bytes, bytes)).toBe('ok');
  });

  it('is not even where a second takes more and there is no more in it, or grows with the run', () => {
    expect(
      verdictOf(
        () => 1500,
        (second) => (isLate(second) ? 1800 : 1500),
      ),
    ).toBe('FAILED');
    expect(
      verdictOf(
        () => 1500,
        (second) => 1500 + second,
      ),
    ).toBe('FAILED');
  });
});
