import { describe, expect, it } from 'vitest';
import { strips } from '../../../src/renderer/charts/backdrop';

const box = { left: 100, right: 200, top: 0, bottom: 50 };

describe('strips behind a chart', () => {
  it('lie where their time is, and end with the plot', () => {
    const x = (second: number) => 100 + second * 10;
    const stretches = [
      { from: -2, to: 1 },
      { from: 4, to: 5 },
      { from: 9, to: 20 },
      { from: 30, to: 31 },
    ];
    expect(strips(stretches, box, x)).toEqual([
      { from: 100, to: 110 },
      { from: 140, to: 150 },
      { from: 190, to: 200 },
    ]);
  });

  it('can be seen however short they are, and never lie one over the other', () => {
    // An hour on 100 pixels, every third second: 36 seconds a pixel.
    const x = (second: number) => 100 + second / 36;
    const everyThird = Array.from({ length: 1200 }, (_, index) => ({ from: index * 3, to: index * 3 + 1 }));
    expect(strips(everyThird, box, x)).toHaveLength(1);
    const [one] = strips([{ from: 1800, to: 1801 }], box, x);
    expect((one?.to ?? 0) - (one?.from ?? 0)).toBe(2);
    const far = strips(
      [0, 600, 620, 1800].map((from) => ({ from, to: from + 1 })),
      box,
      x,
    );
    expect(far).toHaveLength(3);
    for (const [index, { from }] of far.entries()) if (index > 0) expect(from).toBeGreaterThan(far[index - 1]?.to ?? 0);
  });
});
