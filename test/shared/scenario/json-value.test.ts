import { describe, expect, it } from 'vitest';
import { copyJsonValue } from '../../../src/shared/scenario/json-value';
import { parseScenario } from '../../../src/shared/scenario/parse';
import { problemsOf } from './documents';

describe('values built by a program', () => {
  it('are copied, leaving out what has no value', () => {
    expect(copyJsonValue({ a: [1, 'x', null, { b: undefined, c: true }] })).toEqual({
      value: { a: [1, 'x', null, { c: true }] },
    });
  });

  it('may share parts', () => {
    const shared = { x: 1 };
    expect(copyJsonValue({ a: shared, b: [shared, shared] })).toEqual({ value: { a: { x: 1 }, b: [{ x: 1 }, { x: 1 }] } });
  });

  it.each([
    [undefined, ''],
    [null, ''],
    [5, ''],
    [[], ''],
    [() => 1, ''],
    [10n, ''],
    [Symbol('x'), ''],
    [{ nodeswarm: 1, name: () => 'x' }, 'name'],
    [{ nodeswarm: 1, load: { nodes: Number.NaN } }, 'load.nodes'],
    [{ nodeswarm: 1, load: { nodes: Number.POSITIVE_INFINITY } }, 'load.nodes'],
    [{ nodeswarm: 1, load: { nodes: 10n } }, 'load.nodes'],
    [JSON.parse('{"nodeswarm":1,"target":{"__proto__":{"polluted":1}}}'), 'target.__proto__'],
  ])('that JSON cannot hold are problems: %o', (value, path) => {
    expect(problemsOf(value)[0]?.path).toBe(path);
  });

  it('may be endless: a problem, no crash', () => {
    const cycle: Record<string, unknown> = { nodeswarm: 1 };
    cycle.nodeTypes = [cycle];
    expect(parseScenario(cycle).ok).toBe(false);
    let deep: unknown = 1;
    for (let level = 0; level < 100_000; level++) deep = [deep];
    expect(problemsOf({ nodeswarm: 1, name: deep })[0]?.message).toContain('nested more than 100 deep');
    let wide: unknown = 1;
    for (let level = 0; level < 60; level++) wide = [wide, wide];
    expect(parseScenario({ nodeswarm: 1, name: wide }).ok).toBe(false);
  });
});
