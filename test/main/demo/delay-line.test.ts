import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { DelayLine, nowUs } from '../../../src/main/demo/delay-line';

describe('DelayLine', () => {
  it('runs every action, in order of time, and none early', async () => {
    const line = new DelayLine();
    const startUs = nowUs();
    const ran: { dueUs: number; atUs: number }[] = [];
    // A fixed scatter of 400 times over 60 ms, many of them within the same millisecond.
    const dues = Array.from({ length: 400 }, (_, index) => startUs + ((index * 7919) % 60_000) + 0.5);
    await new Promise<void>((resolve) => {
      for (const dueUs of dues) {
        line.at(dueUs, () => {
          ran.push({ dueUs, atUs: nowUs() });
          if (ran.length === dues.length) resolve();
        });
      }
    });
    expect(ran.map(({ dueUs }) => dueUs)).toEqual([...dues].sort((a, b) => a - b));
    for (const { dueUs, atUs } of ran) expect(atUs).toBeGreaterThanOrEqual(dueUs);
  });

  it('serves equal times in order of arrival', async () => {
    const line = new DelayLine();
    const dueUs = nowUs() + 3000;
    const ran: number[] = [];
    await new Promise<void>((resolve) => {
      for (let index = 0; index < 50; index++) {
        line.at(dueUs, () => {
          ran.push(index);
          if (index === 49) resolve();
        });
      }
    });
    expect(ran).toEqual(Array.from({ length: 50 }, (_, index) => index));
  });

  it('lets a sooner appointment overtake one that is waited for', async () => {
    const line = new DelayLine();
    const ran: string[] = [];
    const base = nowUs();
    await new Promise<void>((resolve) => {
      line.at(base + 40_000, () => {
        ran.push('late');
        resolve();
      });
      line.at(base + 5_000, () => ran.push('soon'));
    });
    expect(ran).toEqual(['soon', 'late']);
  });

  it('runs at once what has passed and nothing that was dropped', async () => {
    const line = new DelayLine();
    let ran = 0;
    line.at(nowUs() - 1, () => ran++);
    expect(ran).toBe(1);
    line.at(nowUs() + 2_000, () => ran++);
    line.clear();
    await sleep(10);
    expect(ran).toBe(1);
  });
});
