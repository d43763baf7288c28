import { describe, expect, it } from 'vitest';
import { differenceText, runDifferences } from '../../../src/shared/stats/run-differences';
import { runRecord } from './simulated-run';

describe('what differs between two runs', () => {
  it('is nothing between a run and its repetition', () => {
    expect(runDifferences(runRecord(1), runRecord(2, { startedAt: 5, name: 'again', note: 'x' }))).toEqual([]);
  });

  it('names scenario, options, machine and versions field by field', () => {
    const a = runRecord(1);
    const scenario = structuredClone(a.scenario);
    scenario.load.nodes = 200;
    const b = runRecord(2, {
      scenario,
      options: { ...a.options, nodes: 200, seed: 8 },
      machine: { ...a.machine, cores: 8 },
      versions: { ...a.versions, node: '26.0.0' },
    });
    expect(runDifferences(a, b)).toEqual([
      { area: 'scenario', path: 'load.nodes', a: 100, b: 200 },
      { area: 'options', path: 'seed', a: 7, b: 8 },
      { area: 'machine', path: 'cores', a: 2, b: 8 },
      { area: 'versions', path: 'node', a: '24.21.0', b: '26.0.0' },
    ]);
  });

  it('names an option that only the options tell', () => {
    const a = runRecord(1);
    expect(runDifferences(a, runRecord(2, { options: { ...a.options, nodes: 200 } }))).toEqual([
      { area: 'options', path: 'nodes', a: 100, b: 200 },
    ]);
  });

  it('writes values as one reads them', () => {
    expect([undefined, '', 'text', 5, null, false, []].map(differenceText)).toEqual([
      'not set',
      '(empty)',
      'text',
      '5',
      'null',
      'false',
      '[]',
    ]);
  });
});
