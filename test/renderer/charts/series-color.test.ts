import { describe, expect, it } from 'vitest';
import { styleSeries } from '../../../src/renderer/charts/series-color';
import { seriesIdentity } from '../../../src/shared/scenario/series';

const key = (name: string, method = 'POST') => ({ method, name });
const styleOf = (keys: ReturnType<typeof key>[], wanted: ReturnType<typeof key>) =>
  JSON.stringify(styleSeries(keys).get(seriesIdentity(wanted)));

describe('colours of series', () => {
  it('gives a series alone the same colour in any run', () => {
    const data = key('/data');
    expect(styleOf([data], data)).toBe(styleOf([data, key('/health')], data));
  });

  it('tells 32 series apart by colour and stroke', () => {
    const keys = Array.from({ length: 32 }, (_, i) => key(`/series/${i}`));
    const styles = new Set([...styleSeries(keys).values()].map((style) => JSON.stringify(style)));
    expect(styles.size).toBe(32);
  });

  it('uses all colours before it repeats one with another stroke', () => {
    const keys = Array.from({ length: 8 }, (_, i) => key(`/series/${i}`));
    const styles = [...styleSeries(keys).values()];
    expect(new Set(styles.map(({ color }) => color)).size).toBe(8);
    expect(styles.every(({ dash }) => dash.length === 0)).toBe(true);
  });

  it('takes a series that two runs share for one', () => {
    const data = key('/data');
    expect(styleSeries([data, key('/a'), data]).size).toBe(2);
  });

  it('still gives a style beyond all that can be told apart', () => {
    const keys = Array.from({ length: 100 }, (_, i) => key(`/series/${i}`));
    expect(styleSeries(keys).size).toBe(100);
  });
});
