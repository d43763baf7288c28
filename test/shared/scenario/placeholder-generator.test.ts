import { describe, expect, it } from 'vitest';
import { generatorProblems } from '../../../src/shared/scenario/placeholder-generator';
import { type Generator, generatorSchema } from '../../../src/shared/scenario/schema';

describe('generatorProblems', () => {
  it.each<[object, string, string]>([
    [{ kind: 'randomInteger', min: 2, max: 1 }, 'max', 'min (2) is above max (1)'],
    [{ kind: 'randomInteger', min: -(2 ** 53 - 1), max: 2 ** 53 - 1 }, 'max', 'min and max are too far apart'],
    [{ kind: 'randomNumber', min: 0.2, max: 0.1 }, 'max', 'min (0.2) is above max (0.1)'],
    [{ kind: 'randomNumber', min: -1.7e308, max: 1.7e308 }, 'max', 'min and max are too far apart'],
    [{ kind: 'gaussian', mean: 0, standardDeviation: 1, min: 1, max: -1 }, 'max', 'min (1) is above max (-1)'],
    [{ kind: 'choice', values: [1, 2], weights: [1] }, 'weights', '1 weights for 2 values'],
    [{ kind: 'choice', values: [1, 2], weights: [0, 0] }, 'weights', 'all weights are 0'],
    [{ kind: 'timestamp', offsetSeconds: 1e12 }, 'offsetSeconds', 'offsetSeconds (1000000000000) is more than a thousand years'],
    [{ kind: 'randomWalk', start: 0, step: 1, min: 2, max: 1 }, 'max', 'min (2) is above max (1)'],
    [{ kind: 'randomWalk', start: 0, step: 1, min: 1 }, 'start', 'start (0) is below min (1)'],
    [{ kind: 'randomWalk', start: 5, step: 1, max: 4 }, 'start', 'start (5) is above max (4)'],
    [{ kind: 'battery', drainPerHour: 1, rechargePerHour: 1, full: 3, empty: 3 }, 'empty', 'empty (3) must be below full (3)'],
    [{ kind: 'battery', drainPerHour: 1, rechargePerHour: 1, start: 101 }, 'start', 'start (101) is above full (100)'],
    [{ kind: 'battery', drainPerHour: 1, rechargePerHour: 1, start: -1 }, 'start', 'start (-1) is below empty (0)'],
  ])('%j', (generator, field, message) => {
    const [problem] = generatorProblems(generatorSchema.parse(generator));
    expect(problem).toMatchObject({ field, message });
    expect(problem?.expected).not.toBe('');
  });

  it.each<Generator>([
    { kind: 'constant', value: null },
    { kind: 'randomInteger', min: 1, max: 1 },
    { kind: 'randomNumber', min: -1, max: 1 },
    { kind: 'gaussian', mean: 50, standardDeviation: 0, max: 10 },
    { kind: 'choice', values: [1, 2], weights: [0, 0.5] },
    { kind: 'randomWalk', start: 1, step: 1, min: 1, max: 1 },
    { kind: 'battery', drainPerHour: 1, rechargePerHour: 1, full: 4.2, empty: 3, start: 4.2 },
    { kind: 'timestamp', format: 'iso', offsetSeconds: -3600 },
    { kind: 'uuid' },
  ])('has nothing against %j', (generator) => {
    expect(generatorProblems(generator)).toEqual([]);
  });
});
