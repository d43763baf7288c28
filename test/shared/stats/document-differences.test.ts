import { describe, expect, it } from 'vitest';
import { differences } from '../../../src/shared/stats/document-differences';

describe('differences between documents', () => {
  it('are listed leaf by leaf', () => {
    const a = { load: { nodes: 100, spawnRate: 5 }, target: { headers: { 'x-tenant.id': 'a' } }, same: [1, { two: null }] };
    const b = { load: { nodes: 200, spawnRate: 5 }, target: { headers: { 'x-tenant.id': 'b' } }, same: [1, { two: null }] };
    expect(differences(a, b)).toEqual([
      { path: 'load.nodes', a: 100, b: 200 },
      { path: 'target.headers["x-tenant.id"]', a: 'a', b: 'b' },
    ]);
  });

  it('match members with names by name, others by place', () => {
    const task = (name: string, weight: number) => ({ name, weight, steps: [{ pause: 1 }] });
    const a = { tasks: [task('data', 10), task('health', 1)] };
    const b = { tasks: [task('ota', 1), task('health', 2), { ...task('data', 10), steps: [{ pause: 1 }, { pause: 2 }] }] };
    expect(differences(a, b)).toEqual([
      { path: 'tasks[data].steps[1].pause', a: undefined, b: 2 },
      { path: 'tasks[health].weight', a: 1, b: 2 },
      { path: 'tasks[ota].name', a: undefined, b: 'ota' },
      { path: 'tasks[ota].weight', a: undefined, b: 1 },
      { path: 'tasks[ota].steps[0].pause', a: undefined, b: 1 },
    ]);
  });

  it('match by place where two members share a name', () => {
    expect(
      differences(
        [
          { name: 'x', v: 1 },
          { name: 'x', v: 2 },
        ],
        [
          { name: 'x', v: 1 },
          { name: 'x', v: 3 },
        ],
      ),
    ).toEqual([{ path: '[1].v', a: 2, b: 3 }]);
  });

  it('tell apart what is missing, empty, null and of another kind', () => {
    expect(differences({ a: [], b: {}, c: null, d: 1 }, { b: [], c: {}, d: '1', e: {} })).toEqual([
      { path: 'a', a: [], b: undefined },
      { path: 'b', a: {}, b: [] },
      { path: 'c', a: null, b: {} },
      { path: 'd', a: 1, b: '1' },
      { path: 'e', a: undefined, b: {} },
    ]);
  });

  it('are none between equal documents', () => {
    expect(differences({ a: [{ name: 'x' }], b: {} }, { b: {}, a: [{ name: 'x' }] })).toEqual([]);
    expect(differences(1, 2)).toEqual([{ path: '', a: 1, b: 2 }]);
  });
});
