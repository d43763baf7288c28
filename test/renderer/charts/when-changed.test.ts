import { describe, expect, it } from 'vitest';
import { whenChanged } from '../../../src/renderer/charts/when-changed';

describe('telling only what has changed', () => {
  it('hands the first value on, and then each that is another than the one before', () => {
    const told: (number | undefined)[] = [];
    const tell = whenChanged<number | undefined>((value) => told.push(value));
    for (const value of [undefined, undefined, 1, 1, 1, 2, 1]) tell(value);
    expect(told).toEqual([undefined, 1, 2, 1]);
  });
});
